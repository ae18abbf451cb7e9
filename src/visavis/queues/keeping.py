"""What the night deletes of the queue."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from visavis.queues.models import Alarm, Ticket

# Thirteen months: a month is compared with the same of the year before.
KEPT = dt.timedelta(days=396)


def over(now: dt.datetime) -> QuerySet[Ticket]:
    """Find the tickets that are past their time."""
    return Ticket.objects.filter(day__lt=timezone.localdate(now) - KEPT)


def alarms(now: dt.datetime) -> QuerySet[Alarm]:
    """Find the alarms that are past their time, ended or not."""
    return Alarm.objects.filter(at__lt=now - KEPT)
