"""Whom the helper of the demonstration may act for: two people, the one for a year, the other for some days more."""

import datetime as dt

from visavis.common import clock
from visavis.demo import roles
from visavis.jobseekers.models import Jobseeker
from visavis.mandates import services
from visavis.mandates.errands import Code
from visavis.mandates.services import Asked
from visavis.people.models import User

BEGUN = dt.timedelta(days=24)
SOME = [
    Code.READ_MESSAGES,
    Code.WRITE_MESSAGES,
    Code.READ_DOCUMENTS,
    Code.SEND_DOCUMENTS,
    Code.READ_APPOINTMENTS,
]


def lend() -> None:
    """Give her both mandates, each by a code, as people do."""
    helper, known = roles.person("helper"), roles.person("jobseeker")
    if helper is None or known is None:
        return
    _give(known, helper, Asked(365, [*Code]))
    others = Jobseeker.objects.looking().filter(counsellor__isnull=False).exclude(user=known)
    if other := others.select_related("user").order_by("pk").first():
        with clock.moved(clock.now() - BEGUN):
            _give(other.user, helper, Asked(31, SOME))


def _give(person: User, helper: User, asked: Asked) -> None:
    _row, code = services.offer(person=person, asked=asked, by=person)
    services.take(code=code, helper=helper)
