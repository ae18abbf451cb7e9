"""The record of who did and read what. The database itself refuses to change it."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q


class EntryQuerySet(models.QuerySet["Entry"]):
    """Readings of the journal."""

    def about(self, person_id: int) -> "EntryQuerySet":
        """Keep what concerns one person."""
        return self.filter(person_id=person_id)

    def readings(self) -> "EntryQuerySet":
        """Keep what was only read."""
        return self.filter(action=Entry.Action.READ)


class Entry(models.Model):
    """One row = one act or one reading, by one actor, of one thing, about one person or nobody.

    Rows are chained: `digest` covers the row and the digest of the row before, so that a row that
    was changed or taken out shows. Identifiers are plain numbers: the journal outlives the rows.
    """

    class Action(models.TextChoices):
        READ = "read"
        CREATED = "created"
        CHANGED = "changed"
        DELETED = "deleted"
        SIGNED_IN = "signed-in"
        SIGNED_OUT = "signed-out"
        REFUSED = "refused"
        RAN = "ran"

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=12, choices=Action)
    thing = models.CharField(max_length=40)
    thing_id = models.CharField(max_length=40, blank=True)
    person_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=120, blank=True)
    digest_before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="journal_by_person"),
            models.Index(fields=["actor_id", "-at"], name="journal_by_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(digest=""), name="entry_is_chained"),
            models.UniqueConstraint(fields=["digest_before"], name="entry_follows_one_entry_only"),
        ]

    def content(self) -> dict[str, Any]:
        """Return what the digest covers."""
        return {
            "at": self.at.isoformat(),
            "actor": self.actor_id,
            "action": self.action,
            "thing": self.thing,
            "thing_id": self.thing_id,
            "person": self.person_id,
            "note": self.note,
            "before": self.digest_before,
        }

    def computed_digest(self) -> str:
        """Return the SHA-256 of the row and of its predecessor's digest."""
        return hashlib.sha256(json.dumps(self.content(), sort_keys=True).encode()).hexdigest()
