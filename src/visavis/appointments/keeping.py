"""What is past its time: appointments of two years ago, workshops and days that are over."""

import datetime as dt

from django.db.models import QuerySet

from visavis.appointments.models import Appointment, OtherDay, Workshop

KEPT = dt.timedelta(days=730)
A_YEAR = dt.timedelta(days=365)


def over(now: dt.datetime) -> QuerySet[Appointment]:
    """Find the appointments of two years ago."""
    return Appointment.objects.filter(ends_at__lt=now - KEPT)


def workshops(now: dt.datetime) -> QuerySet[Workshop]:
    """Find the workshops of two years ago of which no appointment is left."""
    return Workshop.objects.filter(ends_at__lt=now - KEPT, appointments__isnull=True)


def other_days(now: dt.datetime) -> QuerySet[OtherDay]:
    """Find the days of a year ago."""
    return OtherDay.objects.filter(day__lt=(now - A_YEAR).date())
