"""What the night deletes of the stations."""

import datetime as dt

from django.db.models import QuerySet

from visavis.stations.models import Badge, HelpCall, Reservation, Sitting, Station

# Thirteen months: a month is compared with the same of the year before.
KEPT = dt.timedelta(days=396)
# As long as the journal keeps who gave it.
BADGES = dt.timedelta(days=367)


def sittings(now: dt.datetime) -> QuerySet[Sitting]:
    """Find the sittings that are past their time."""
    return Sitting.objects.filter(ended_at__lt=now - KEPT)


def calls(now: dt.datetime) -> QuerySet[HelpCall]:
    """Find the calls for help that are past their time."""
    return HelpCall.objects.filter(ended_at__lt=now - KEPT)


def badges(now: dt.datetime) -> QuerySet[Badge]:
    """Find the cards that opened nothing for long."""
    return Badge.objects.filter(ended_at__lt=now - BADGES)


def stations(now: dt.datetime) -> QuerySet[Station]:
    """Find the stations that are none for so long that no sitting of theirs is kept."""
    return Station.objects.filter(revoked_at__lt=now - KEPT - dt.timedelta(days=1))


def reservations(now: dt.datetime) -> QuerySet[Reservation]:
    """Find the places in line of another day."""
    return Reservation.objects.filter(at__lt=now - dt.timedelta(days=1))
