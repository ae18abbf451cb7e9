"""A counsellor's own calendar elsewhere, and when it says that she is busy."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.appointments.models.kind import STEP_MINUTES
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# A stretch of busy time lies within this many quanta, so that a search looks no further back.
MOST_LENGTH = 24 * 60 // STEP_MINUTES


class OutsideCalendarQuerySet(models.QuerySet["OutsideCalendar"]):
    """Which calendars are read, and whose."""

    def visible_to(self, actor: User) -> "OutsideCalendarQuerySet":
        """Her own only: nobody else learns where it is."""
        return self.filter(user=actor.pk)

    def fetched(self) -> "OutsideCalendarQuerySet":
        """Keep those that are fetched from an address, of whoever is a counsellor today."""
        works = Membership.objects.current().filter(role=Role.COUNSELLOR)
        return self.filter(is_file=False, user__is_active=True, user__in=works.values("user"))


class OutsideCalendar(models.Model):
    """One row = a counsellor's own calendar: fetched from an address, or read once from a file.

    `due_at` is the next try; `asked_at` says that a worker has it in hand. `refusal` is a code of `busy/services.py`,
    `unread` counts entries that were not understood, `conflicts` her appointments to come at which it says busy.
    """

    id = NumberedField(primary_key=True)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    # What it leads to is hers: sealed by her key, written into no log.
    address = EncryptedText(blank=True, max_length=1000, person="user_id")
    is_file = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=12, blank=True)
    unread = models.PositiveIntegerField(default=0)
    conflicts = models.PositiveIntegerField(default=0)

    objects = OutsideCalendarQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_at"], name="outside_calendars_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(address__sealed=True), name="where_her_calendar_is_rests_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"outside calendar {self.pk}"

    @property
    def is_failing(self) -> bool:
        return self.failing_since is not None

    def is_stale(self, after: dt.timedelta) -> bool:
        """Say whether what is known of it is older than this; a file is as old as it is."""
        since = self.read_at or self.at
        return not self.is_file and clock.now() - since > after


class Busy(models.Model):
    """One row = a stretch in which a calendar says that its owner is busy: when, and nothing else."""

    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="busy")
    counsellor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    # Five minutes of UTC, numbered as those of an appointment are, and how many follow, itself counted.
    at = models.IntegerField()
    length = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["counsellor", "at"]
        verbose_name_plural = "busy times"
        constraints = [
            models.UniqueConstraint(fields=["counsellor", "at"], name="a_counsellor_is_busy_once"),
            models.CheckConstraint(
                condition=Q(length__gte=1, length__lte=MOST_LENGTH), name="busy_time_is_a_day_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"busy time {self.pk}"
