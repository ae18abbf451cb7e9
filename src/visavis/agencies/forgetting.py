"""What the night deletes of who came, was away and left."""

import datetime as dt

from visavis.agencies.models import Absence, Handover, Invitation
from visavis.common import clock

YEAR, MONTH = dt.timedelta(days=366), dt.timedelta(days=30)


def forget_absences() -> int:
    """Delete absences that ended a year ago; return how many."""
    return Absence.objects.filter(ends_on__lt=clock.today() - YEAR).delete()[0]


def forget_invitations() -> int:
    """Delete invitations that have not worked for a month; return how many."""
    return Invitation.objects.filter(at__lt=clock.now() - Invitation.LIFE - MONTH).delete()[0]


def forget_handovers() -> int:
    """Delete what was handed over a year ago; return how many."""
    return Handover.objects.filter(changed_at__lt=clock.now() - YEAR).delete()[0]
