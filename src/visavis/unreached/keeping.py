"""What is past its time: what was closed two years ago."""

import datetime as dt

from django.db.models import QuerySet

from visavis.unreached.models import Unreached

KEPT = dt.timedelta(days=731)


def closed(now: dt.datetime) -> QuerySet[Unreached]:
    """Find what was closed so long ago that nobody asks about it; what is open stays."""
    return Unreached.objects.filter(closed_at__lt=now - KEPT)
