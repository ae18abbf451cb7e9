"""A receipt as a PDF, to be handed over the counter."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from visavis.common import clock
from visavis.common.typesetting import typeset
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes.receipts import acts
from visavis.news.post.printing import sender_of
from visavis.people.models import User
from visavis.ui.dates import day

TEMPLATE = Path(__file__).parent / "receipt.typ"


def pdf(person: Jobseeker, by: User) -> bytes:
    """Typeset what somebody did for a person today, in her language. Raises NothingDone."""
    with override(person.user.language):
        lines = acts.of(person.user, by, person.agency.zone if person.agency else None)
        if not lines:
            raise acts.NothingDone
        sender = sender_of(person.user)
        said = {
            "lang": person.user.language,
            "title": _("What was done for you on %(day)s") % {"day": day(clock.today())},
            "name": person.user.name,
            "sender": list(sender.lines),
            "head": _("%(name)s did this for you today:") % {"name": by.name},
            "lines": [one.words for one in lines],
            "tail": _("Something is not right? Call us, or come to the counter."),
            "phone": sender.phone,
        }
        return typeset(TEMPLATE, "receipt", said)
