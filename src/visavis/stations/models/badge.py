"""The card with which a person opens a station as herself."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.people.models import User
from visavis.tries.models import MOST_TRIES


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Which badges there are."""

    def valid(self) -> "BadgeQuerySet":
        """Keep those that are neither blocked nor replaced: one a person."""
        return self.filter(ended_at__isnull=True)

    def of(self, person: User) -> "BadgeQuerySet":
        return self.filter(person=person)


class Badge(models.Model):
    """One row = one card that a person was given: its code and its PIN as digests, and how often a PIN was wrong."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="badges")
    code = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=64)
    # Wrong PINs in a row; the fifth leads to reception.
    tries = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    # Pages handed out on the day that is named.
    printed = models.PositiveSmallIntegerField(default=0)
    printed_on = models.DateField(null=True, blank=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_standing_badge_a_person"
            ),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="a_pin_is_wrong_five_times"),
        ]

    def __str__(self) -> str:
        return f"badge {self.pk}"

    @property
    def is_locked(self) -> bool:
        """Say whether five PINs were wrong: reception gives another."""
        return self.tries >= MOST_TRIES

    def printed_today(self, day: dt.date) -> int:
        return self.printed if self.printed_on == day else 0
