"""What departs from an agency's week, and what the week was before."""

from django.db import models
from django.db.models import F, Q

from visavis.agencies.models.agency import Agency
from visavis.agencies.repeats import Repeat, read
from visavis.common import clock
from visavis.people.models import User


class ClosureQuerySet(models.QuerySet["Closure"]):
    """Which closures hold."""

    def visible_to(self, actor: User) -> "ClosureQuerySet":
        """Those of the agencies that the actor heads: everybody reads them on the page of the door."""
        return self.filter(agency__in=Agency.objects.headed_by(actor))

    def in_force(self) -> "ClosureQuerySet":
        """Keep those that nobody took back."""
        return self.filter(ended_at__isnull=True)

    def to_come(self) -> "ClosureQuerySet":
        """Keep those that stand and are not over."""
        return self.in_force().filter(ends_at__gt=clock.now())


class Closure(models.Model):
    """One row = one time in which a door is closed although its week says open, and why: everybody reads it.

    With a `rule` it comes back: from when to when the rule holds, and which hours it takes (`repeats.py`).
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=160)
    # As `repeats` writes it: "Mo[1] 08:30-12:30 off". Empty where the door is closed once.
    rule = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closure_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"closure {self.pk}"

    @property
    def repeat(self) -> Repeat | None:
        """Return which days it takes where it comes back."""
        return read(self.rule) if self.rule else None


class OpenDayQuerySet(models.QuerySet["OpenDay"]):
    """Which days have hours of their own."""

    def visible_to(self, actor: User) -> "OpenDayQuerySet":
        """Those of the agencies that the actor heads: everybody reads them on the page of the door."""
        return self.filter(agency__in=Agency.objects.headed_by(actor))

    def in_force(self) -> "OpenDayQuerySet":
        """Keep those that nobody took back."""
        return self.filter(ended_at__isnull=True)


class OpenDay(models.Model):
    """One row = one day on which a door is open by hours of its own, in place of the week's and of a holiday's."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="open_days")
    day = models.DateField()
    # As a day is written in the syntax of the week: "09:00-12:00,14:00-16:00".
    spans = models.CharField(max_length=60)
    reason = models.CharField(max_length=160, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OpenDayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"], condition=Q(ended_at__isnull=True), name="a_day_is_opened_once"
            ),
        ]

    def __str__(self) -> str:
        return f"open day {self.pk}"


class WeekChange(models.Model):
    """One row = one change of an agency's week: who made it, when, what stood before and what after."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="week_changes")
    before = models.CharField(max_length=300)
    after = models.CharField(max_length=300)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"change of week {self.pk}"
