"""Searches of which people want to be told what is new."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.models import User
from visavis.searches.asked import Asked
from visavis.searches.index.indexed import Indexed
from visavis.vacancies.models import Vacancy
from visavis.vault.fields import EncryptedJSON
from visavis.vault.numbers import NumberedField

__all__ = ["Alert", "AlertQuerySet", "Indexed"]


class AlertQuerySet(models.QuerySet["Alert"]):
    """Whose searches one may see, and which are to be looked through."""

    def visible_to(self, actor: User) -> "AlertQuerySet":
        """Her own, and those of whom one acts for."""
        return self.filter(user__in=people_of(actor))

    def running(self) -> "AlertQuerySet":
        return self.filter(stopped_at__isnull=True)

    def due(self, day: dt.date) -> "AlertQuerySet":
        """Keep those whose day has come, of people who may come in and who look for work."""
        looks = Q(user__jobseeker__isnull=True) | Q(user__jobseeker__is_looking=True)
        return self.running().filter(looks, due_on__lte=day, user__is_active=True)


class Alert(models.Model):
    """One row = one search of which somebody wants to be told what is new, and what she was told last."""

    THING = "alert"

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")

    id = NumberedField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # The search as an address has it: pairs of a name and a value.
    params = EncryptedJSON(blank=True, default=list, person="user_id")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    # Who set it up for her, when it was not herself.
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # What was put before the searches until then has been looked through; when it is looked through next.
    looked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(default=clock.today)
    told_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=list, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(stopped_at__isnull=True), name="alert_due")]
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=["daily", "weekly"]), name="alert_rhythm_is_known"),
            models.CheckConstraint(condition=Q(params__sealed=True), name="what_is_searched_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"

    @property
    def asked(self) -> Asked:
        pairs: dict[str, list[Any]] = {}
        for name, value in self.params:
            pairs.setdefault(name, []).append(value)
        return Asked.from_params(pairs)


class Announced(models.Model):
    """One row = one vacancy that was put before the searches, and since when: each is new once."""

    vacancy = models.OneToOneField(
        Vacancy, on_delete=models.CASCADE, primary_key=True, related_name="announced"
    )
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"announced {self.vacancy_id}"


class Round(models.Model):
    """One row = one day's looking through all searches that are due."""

    class State(models.TextChoices):
        DUE = "due"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    day = models.DateField(unique=True, default=clock.today)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    tries = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"round of {self.day}"
