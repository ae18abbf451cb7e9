"""Hires, and whether they last."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import ContractKind
from visavis.common import clock
from visavis.introductions.enums import Side
from visavis.introductions.models.introduction import Introduction
from visavis.people.models import User
from visavis.vacancies.models import Vacancy


class Hire(models.Model):
    """One row = one hire, declared by one side; it counts once another has confirmed it.

    `seat` numbers the positions of the vacancy from 1: the database gives each once only.
    """

    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="hire")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="hires")
    kind = models.CharField(max_length=16, choices=ContractKind)
    starts_on = models.DateField()
    hours_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    declared_side = models.CharField(max_length=10, choices=Side)
    declared_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)
    disputed_at = models.DateTimeField(null=True, blank=True)
    confirmed_side = models.CharField(max_length=10, choices=Side, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "seat"], condition=Q(seat__isnull=False), name="a_position_is_filled_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, seat__isnull=True)
                | Q(confirmed_at__isnull=False, seat__gte=1),
                name="a_confirmed_hire_has_a_position",
            ),
        ]

    def __str__(self) -> str:
        return f"hire {self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.confirmed_at is None and self.disputed_at is None


class FollowUp(models.Model):
    """One row = one question, asked once: is the person still there, so many months after the start?"""

    class Answer(models.TextChoices):
        STILL_THERE = "still-there", _("Still in the job")
        LEFT = "left", _("The person left")
        ENDED = "ended", _("The employer ended it")
        OVER = "over", _("The contract came to its end")

    GONE = (Answer.LEFT, Answer.ENDED, Answer.OVER)

    hire = models.ForeignKey(Hire, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answered_side = models.CharField(max_length=10, choices=Side, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["hire", "months"]
        constraints = [
            models.UniqueConstraint(fields=["hire", "months"], name="a_follow_up_is_asked_once"),
        ]

    @property
    def is_gone(self) -> bool:
        return self.answer in self.GONE


def left_to_answer(on: dt.date) -> models.QuerySet[FollowUp]:
    """Return the questions whose day has come and that nobody answered, unless the person is known to be gone."""
    gone = FollowUp.objects.filter(hire=OuterRef("hire"), answer__in=FollowUp.GONE)
    return FollowUp.objects.filter(~Exists(gone), answered_at__isnull=True, due_on__lte=on)
