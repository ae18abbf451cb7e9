"""Tokens: the keys that people give to programs."""

import datetime as dt

from django.db import models

from visavis.common import clock
from visavis.people.models import User


class TokenQuerySet(models.QuerySet["Token"]):
    """Who may see which token, and which of them open anything."""

    def visible_to(self, actor: User) -> "TokenQuerySet":
        """Her own. Nobody else sees that she has one."""
        return self.filter(user=actor)

    def working(self, on: dt.date | None = None) -> "TokenQuerySet":
        """Keep those that are neither revoked nor past their last day."""
        return self.filter(revoked_at__isnull=True, last_day__gte=on or clock.today())


class Token(models.Model):
    """One row = one key to the service for programs, of one person. Only a digest of the key is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    # What she calls it, so that she knows which program to look at.
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    # The session that made it had given a second factor: without, it opens nothing to staff.
    has_second_factor = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    last_day = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(digest=""), name="token_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"

    @property
    def is_working(self) -> bool:
        return self.revoked_at is None and self.last_day >= clock.today()
