"""What is past its time: appointments and invitations of two years ago, workshops and days that are over."""

import datetime as dt

from django.db.models import QuerySet

from visavis.appointments.models import Appointment, Invitation, Meeting, OtherDay, TimesAsked, Workshop

KEPT = dt.timedelta(days=730)
A_YEAR = dt.timedelta(days=365)


def over(now: dt.datetime) -> QuerySet[Appointment]:
    """Find the appointments of two years ago."""
    return Appointment.objects.filter(ends_at__lt=now - KEPT)


def workshops(now: dt.datetime) -> QuerySet[Workshop]:
    """Find the workshops of two years ago of which no appointment is left."""
    return Workshop.objects.filter(ends_at__lt=now - KEPT, appointments__isnull=True)


def other_days(now: dt.datetime) -> QuerySet[OtherDay]:
    """Find the days of a year ago that do not come back."""
    return OtherDay.objects.once().filter(day__lt=(now - A_YEAR).date())


def invitations(now: dt.datetime) -> QuerySet[Invitation]:
    """Find the invitations whose last day was two years ago."""
    return Invitation.objects.filter(until__lt=(now - KEPT).date())


def times_asked(now: dt.datetime) -> QuerySet[TimesAsked]:
    """Find what was asked for a year ago."""
    return TimesAsked.objects.filter(until__lt=(now - A_YEAR).date())


def meetings(now: dt.datetime) -> QuerySet[Meeting]:
    """Find the meetings of two years ago."""
    return Meeting.objects.filter(ends_at__lt=now - KEPT)
