"""What is past its time: mandates that ended, or never began, three years ago."""

import datetime as dt

from django.db.models import QuerySet

from visavis.mandates.enums import State
from visavis.mandates.models import Mandate

KEPT = dt.timedelta(days=3 * 365)


def past(now: dt.datetime) -> QuerySet[Mandate]:
    """Find the mandates that were over three years ago."""
    return Mandate.objects.filter(
        state__in=[State.ENDED, State.REVOKED, State.DROPPED], changed_at__lt=now - KEPT
    )
