"""Consents, each with its proof."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.models import User

LIFE = dt.timedelta(days=365)


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Readings of consents."""

    def visible_to(self, actor: User) -> "ConsentQuerySet":
        """Keep her own."""
        return self.filter(user=actor)

    def in_force(self) -> "ConsentQuerySet":
        """Keep those that were neither taken back nor replaced, and have not run out."""
        return self.filter(ended_at__isnull=True, until__gte=clock.today())


class Consent(models.Model):
    """One row = one yes of one person to one purpose: the words she read, when, how, by whom it was noted."""

    class How(models.TextChoices):
        WEB = "web", _("on this site")
        COUNTER = "counter", _("by voice, to the agency")
        POST = "post", _("by post")
        PAPER = "paper", _("on paper, by the words printed there")
        PROGRAM = "program", _("by a program")
        BEFORE = "before", _("before we kept the words")

    class End(models.TextChoices):
        WITHDRAWN = "withdrawn", _("taken back by the person")
        RENEWED = "renewed", _("given again")
        RUN_OUT = "run-out", _("run out after a year")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20)
    # As it was shown, in her language, and its SHA-256.
    words = models.TextField(_("The words"), blank=True)
    words_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    at = models.DateTimeField(default=clock.now)
    until = models.DateField()
    how = models.CharField(max_length=8, choices=How)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_again_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=9, choices=End, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["until"], condition=Q(ended_at__isnull=True), name="consent_by_last_day")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(ended_at__isnull=True),
                name="one_standing_consent_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="a_consent_ends_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(how__in=["web", "counter", "post", "paper", "program", "before"]),
                name="a_consent_came_in_some_way",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} {self.purpose}"
