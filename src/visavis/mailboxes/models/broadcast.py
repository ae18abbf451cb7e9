"""What one colleague wrote once for several people: each has it as a message of her own."""

import uuid

from django.db import models

from visavis.agencies.models import Absence
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    """Who looks after which."""

    def visible_to(self, actor: User) -> "BroadcastQuerySet":
        """Keep those of who wrote them, and of whom she stands in for today."""
        if not actor.has_role(Role.COUNSELLOR):
            return self.none()
        covered = Absence.objects.covered_by(actor).values("user")
        return self.filter(models.Q(author=actor.pk) | models.Q(author__in=covered))


class Broadcast(models.Model):
    """One row = one message written once for several people. Its words are in theirs, and nowhere else."""

    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # The form that was sent: a second click sends nothing twice.
    form = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField(default=clock.now)

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["author", "-at"], name="broadcast_of_author")]

    def __str__(self) -> str:
        return f"broadcast {self.pk}"
