"""The receipt of a counter: each act that somebody of the service did for a person today, as the journal has it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message
from visavis.mailboxes.services import Written
from visavis.people import wording
from visavis.people.models import User
from visavis.ui import dates

# What the journal calls by nouns is said here as at the counter.
DONE = {
    Entry.Action.CREATED: pgettext_lazy("at the counter", "it is noted"),
    Entry.Action.CHANGED: pgettext_lazy("at the counter", "it is changed"),
    Entry.Action.DELETED: pgettext_lazy("at the counter", "it is taken out"),
}
MOST = 60
# A receipt says nothing of itself, nor of what was only kept aside, nor that an account is one of a jobseeker.
NOT_SAID = ("thread", "message", "draft", "membership")


class NothingDone(Refused):
    """Nothing was done for her today by who asks."""

    words = gettext_lazy("Nothing was done for this person today: there is nothing to write on a receipt.")


@dataclass(frozen=True)
class Deed:
    """One act: at which hour, what, and what was done with it."""

    hour: str
    what: str
    done: str

    @property
    def words(self) -> str:
        return _("%(hour)s – %(what)s: %(done)s") % {"hour": self.hour, "what": self.what, "done": self.done}


def of(person: User, by: User, zone: dt.tzinfo | None = None) -> list[Deed]:
    """Return what somebody did for a person today, oldest first; what was done twice in a minute stands once."""
    with timezone.override(zone or timezone.get_default_timezone()):
        begins = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
        rows = Entry.objects.about(person.pk).filter(actor_id=by.pk, action__in=DONE, at__gte=begins)
        found = [
            Deed(dates.hour(row.at), wording.thing(row.thing), str(DONE[Entry.Action(row.action)]))
            for row in rows.exclude(thing__in=NOT_SAID).order_by("pk")[:MOST]
        ]
    return list(dict.fromkeys(found))


def send(*, person: Jobseeker, form: uuid.UUID, by: User) -> Message:
    """Send the receipt into her letterbox: she is told by her channel; the same form once. Raises NothingDone."""
    with override(person.user.language):
        lines = of(person.user, by, person.agency.zone if person.agency else None)
        if not lines:
            raise NothingDone
        written = Written(body=text(lines, by), voice=Voice.OURS, author=by, form=form)
        subject = _("What was done for you on %(day)s") % {"day": dates.day(clock.today())}
        return services.begin(person=person.user, subject=subject, written=written, by=by)


def text(lines: Sequence[Deed], by: User) -> str:
    """Return the words of a receipt, in the language that is on."""
    head = _("%(name)s did this for you today:") % {"name": by.name}
    tail = _("Something is not right? Answer this message, call us, or come to the counter.")
    return "\n".join([head, "", *(one.words for one in lines), "", tail])
