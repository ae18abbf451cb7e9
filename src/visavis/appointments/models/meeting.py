"""A time that a person spends elsewhere, agreed in an app above: her minutes are taken, and calendars know it."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q

from visavis.common import clock
from visavis.people.models import User


def new_uid() -> str:
    return str(uuid.uuid4())


class Meeting(models.Model):
    """One row = one time and its whole life in calendars: agreed, agreed otherwise, called off.

    Where, with whom and what for are kept by the app that agrees on it.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_off = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)
    # What calendars know it by, and how often its time was changed.
    uid = models.CharField(max_length=64, unique=True, default=new_uid)
    sequence = models.PositiveIntegerField(default=0)
    quanta: Any

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"
