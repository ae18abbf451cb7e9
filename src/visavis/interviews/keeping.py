"""What the night deletes of interviews."""

import datetime as dt

from django.db.models import QuerySet

from visavis.interviews.models import Quality

# Thirteen months: a month is compared with the same of the year before.
KEPT = dt.timedelta(days=396)


def quality(now: dt.datetime) -> QuerySet[Quality]:
    """Find how rooms were carried, once it is past its time."""
    return Quality.objects.filter(month__lt=(now - KEPT).date())
