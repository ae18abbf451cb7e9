"""Tell a person of minutes: word for word in her letterbox, and by her channel that something is there."""

from django.utils.translation import gettext, override

from visavis.casefiles.models import Minutes, MinutesVersion
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.services import Written
from visavis.people.models import User


def tell(minutes: Minutes, version: MinutesVersion, by: User) -> None:
    """Write minutes to the person: a conversation of their own, and each later version into it."""
    with override(minutes.person.language):
        written = Written(body=words(minutes, version), voice=Voice.OURS, author=by)
        if minutes.thread is not None:
            mailboxes.write(thread=minutes.thread, written=written, by=by)
            return
        subject = gettext("Minutes of our meeting")
    message = mailboxes.begin(person=minutes.person, subject=subject, written=written, by=by)
    minutes.thread = message.thread
    minutes.save(update_fields=["thread"])


def words(minutes: Minutes, version: MinutesVersion) -> str:
    """Return minutes as a message."""
    first = gettext("Here are the minutes of our meeting: %(when)s.")
    if version.number > 1:
        first = gettext("The minutes of our meeting have changed: %(when)s.")
    said = [first % {"when": minutes.when}, version.body.strip()]
    if version.agreed_lines:
        said.append("\n".join([gettext("What we agreed:"), *(f"– {one}" for one in version.agreed_lines)]))
    said.append(gettext("Is something wrong, or missing? Tell us: we put it right."))
    return "\n\n".join(said)
