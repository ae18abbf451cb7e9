"""How much may be held by who has said nobody who she is."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _

from visavis.common.errors import Refused
from visavis.people.limits import words
from visavis.tries.limits import DAY, HOUR, Limit, Share, knock

TEN_MINUTES = dt.timedelta(minutes=10)
# A town may stand behind one address; what is held is free again in ten minutes.
HOLDS = Limit("hold", Share(12, 120, TEN_MINUTES), Share(2_000, 20_000, DAY), Share(400, 4_000, HOUR))


class HeldOften(Refused):
    """Many times were held from here and not booked."""


def check(request: HttpRequest, kind_id: int) -> None:
    """Count one. Raises HeldOften."""
    wait = knock(request, HOLDS, f"kind {kind_id}")
    if wait is not None:
        said = _("Many times were chosen from here. Wait %(time)s and choose again, or call the agency.")
        raise HeldOften(said % {"time": words(wait)})
