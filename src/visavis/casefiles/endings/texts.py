"""One word by text message: the follow-up goes on, or is taken up again; nothing else in the message."""

from django.utils.translation import gettext as _

from visavis.casefiles.endings import services, word
from visavis.casefiles.endings.enums import Side, State, Way
from visavis.casefiles.endings.services import Origin
from visavis.casefiles.models import Ending
from visavis.people.models import User


def stay_by_word(person: User, text: str) -> str:
    """Do what the word asks; return what stands in her thread of it, nothing where it is no such word."""
    if not word.is_it(text):
        return ""
    row = Ending.objects.unresolved().filter(person=person).first()
    if row is None:
        return ""
    origin = Origin(person, Side.PERSON, Way.SMS)
    if row.state == State.PROPOSED:
        services.stay(ending=row, origin=origin)
        return _("The person wants the follow-up to go on (answer by text message).")
    services.again(ending=row, origin=origin)
    return _("The person takes the follow-up up again (answer by text message).")
