"""How often one seat may ring: counted for the seat alone, for forty people may sit behind one address."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.interviews.models import Seat
from visavis.tries import limits, marks
from visavis.tries.limits import Share

RINGS = Share(12, 12, dt.timedelta(minutes=10))


class TooOften(Refused):
    """One seat rang more often than anybody needs to."""

    words = _("You have come and gone very often. Wait some minutes, or call the agency.")


def check(seat: Seat) -> None:
    """Count one ring of a seat. Raises TooOften."""
    if limits.count([(marks.mark("interview", "seat", str(seat.pk)), RINGS)]) is not None:
        raise TooOften
