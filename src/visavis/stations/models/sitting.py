"""Who sits at a station now, who waits for one, who calls for help."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.models import User
from visavis.queues.models import Ticket
from visavis.stations.enums import End, Way
from visavis.stations.models.badge import Badge
from visavis.stations.models.station import Station


class Sitting(models.Model):
    """One row = one time at a station, from opening it to its wipe; nobody's once it is over."""

    # Nobody touches anything for so long: a warning, then the wipe.
    IDLE = dt.timedelta(minutes=2)
    WARNING = dt.timedelta(seconds=20)
    # The browser counts; the server waits a moment longer before it counts itself.
    GRACE = dt.timedelta(seconds=10)

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="sittings")
    way = models.CharField(max_length=6, choices=Way)
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    badge = models.ForeignKey(Badge, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The session in which she is signed in, by the name under which it rests: it ends with the sitting.
    session = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    # Whether it ends because the agency closes.
    to_closing = models.BooleanField(default=False)
    extensions = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=8, choices=End, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["station"], condition=Q(ended_at__isnull=True), name="one_sits_at_a_station"
            ),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ended_at__isnull=True), name="a_ticket_opens_one_station"
            ),
            models.UniqueConstraint(
                fields=["badge"], condition=Q(ended_at__isnull=True), name="a_badge_opens_one_station"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(badge=None, ticket=None, session=""),
                name="a_sitting_that_ended_is_nobodys",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False, end__in=End.values),
                name="why_a_sitting_ended_is_known",
            ),
        ]
        indexes = [models.Index(fields=["began_at"], name="sittings_by_time")]

    def __str__(self) -> str:
        return f"sitting {self.pk}"

    def over(self, at: dt.datetime) -> End | None:
        """Say why it is over at an instant, if it is."""
        if at >= self.ends_at:
            return End.CLOSING if self.to_closing else End.TIME
        return End.IDLE if at - self.used_at >= self.IDLE + self.WARNING + self.GRACE else None


class Reservation(models.Model):
    """One row = one ticket whose holder waits for a station; once one is free it is kept for her a few minutes.

    Kept in vain it names no station any more, and the hour until which it was kept.
    """

    KEPT_FOR = dt.timedelta(minutes=5)

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="reservations")
    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="reservation")
    at = models.DateTimeField(default=clock.now)
    station = models.ForeignKey(
        Station, on_delete=models.SET_NULL, null=True, blank=True, related_name="reservations"
    )
    kept_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["station"], name="a_station_is_kept_for_one"),
            models.CheckConstraint(
                condition=Q(station=None, kept_until=None) | Q(kept_until__isnull=False),
                name="a_station_is_kept_until_an_hour",
            ),
        ]

    def __str__(self) -> str:
        return f"reservation {self.pk}"

    @property
    def is_late(self) -> bool:
        """Say whether a station was kept for her in vain."""
        return self.kept_until is not None and self.kept_until <= clock.now()


class HelpCall(models.Model):
    """One row = one call for help from a station, until somebody of the agency goes there."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="calls")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["station"], condition=Q(ended_at__isnull=True), name="a_station_calls_once"
            )
        ]

    def __str__(self) -> str:
        return f"call for help {self.pk}"
