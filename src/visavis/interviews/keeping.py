"""What the night deletes of interviews."""

import datetime as dt

from django.db.models import QuerySet

from visavis.interviews.models import Line

# Thirteen months: a month is compared with the same of the year before.
KEPT = dt.timedelta(days=396)


def lines(now: dt.datetime) -> QuerySet[Line]:
    """Find how rooms were carried, once it is past its time."""
    return Line.objects.filter(month__lt=(now - KEPT).date())
