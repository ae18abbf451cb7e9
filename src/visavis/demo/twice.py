"""The person whom one can be in the demonstration came once before, with a letter: she has a second file, by post."""

from visavis.demo import roles
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.services import Written
from visavis.people import services as people
from visavis.people.enums import Channel, Role

ADDRESS = "3 rue du Four\n26000 Valence"
SUBJECT, BODY = (
    "Ma lettre",
    "Bonjour, je cherche du travail près de chez moi. Pouvez-vous m’écrire ? Je n’ai pas de téléphone.",
)


def come_twice() -> None:
    """Open a second file for her, as reception did before she had an e-mail."""
    her = roles.person("jobseeker")
    first = Jobseeker.objects.filter(user=her).select_related("user", "agency", "commune").first()
    if first is None:
        return
    user = people.open_account(name=first.user.name, address=None, language="fr", channel=Channel.POST)
    people.give_role(user=user, role=Role.JOBSEEKER, by=None)
    user.postal_address = ADDRESS
    user.save()
    Jobseeker.objects.create(user=user, agency=first.agency, commune=first.commune, is_looking=False)
    mailboxes.begin(
        person=user, subject=SUBJECT, written=Written(body=BODY, voice=Voice.THEIRS, author=user), by=user
    )
