"""Reasons are kept as long as the readings they explain."""

from visavis.common import clock
from visavis.journal.services import KEPT_FOR
from visavis.noticing.models import Reason


def forget() -> int:
    """Delete what is past its time; return how much."""
    return Reason.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
