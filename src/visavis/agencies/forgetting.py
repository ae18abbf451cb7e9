"""What the night deletes of who came, was away and left."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from visavis.agencies.models import Absence, Handover, Invitation

YEAR, MONTH = dt.timedelta(days=366), dt.timedelta(days=30)


def absences(now: dt.datetime) -> QuerySet[Absence]:
    """Find the absences that ended a year ago."""
    return Absence.objects.filter(ends_on__lt=timezone.localdate(now) - YEAR)


def invitations(now: dt.datetime) -> QuerySet[Invitation]:
    """Find the invitations that have not worked for a month."""
    return Invitation.objects.filter(at__lt=now - Invitation.LIFE - MONTH)


def handovers(now: dt.datetime) -> QuerySet[Handover]:
    """Find what was handed over a year ago."""
    return Handover.objects.filter(changed_at__lt=now - YEAR)
