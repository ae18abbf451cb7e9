"""The record of who did and read what. The database itself refuses to change it."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

from visavis.journal import keys


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

    `digest` signs the row, so that one that was changed shows; a `Link` chains it to the rows before,
    so that one taken out shows. Identifiers are plain numbers: the journal outlives the rows.
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
    # The mandate under which the actor, a helper, did it for the person.
    mandate_id = models.BigIntegerField(null=True)
    # The visit at the counter in which the actor, of reception, did it while the person stood there.
    counter_id = models.BigIntegerField(null=True)
    # The key of the program by which the actor had it done.
    token_id = models.BigIntegerField(null=True)
    note = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="journal_by_person"),
            models.Index(fields=["actor_id", "-at"], name="journal_by_actor"),
            models.Index(fields=["at"], name="journal_by_time"),
            # Who was given to whom lately, and whose file was opened: few of many entries. Without it PostgreSQL reads
            # all of two weeks for a counsellor's list.
            models.Index(
                fields=["at", "person_id"],
                name="journal_of_who_follows",
                condition=Q(thing__in=["assignment", "profile"]),
            ),
            # When who accompanies somebody last looked at her: else all that was ever written about her is read, for
            # each of hundreds.
            models.Index(
                fields=["actor_id", "person_id", "-at"],
                name="journal_of_looks",
                condition=Q(action="read", thing="jobseeker", note="looked"),
            ),
        ]
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="entry_is_signed")]

    def signed(self) -> str:
        """Return what the digest covers."""
        content: dict[str, Any] = {
            "at": self.at.isoformat(),
            "actor": self.actor_id,
            "action": self.action,
            "thing": self.thing,
            "thing_id": self.thing_id,
            "person": self.person_id,
            "note": self.note,
        }
        if self.mandate_id is not None:
            content["mandate"] = self.mandate_id
        if self.counter_id is not None:
            content["counter"] = self.counter_id
        if self.token_id is not None:
            content["token"] = self.token_id
        return json.dumps(content, sort_keys=True)

    def is_whole(self) -> bool:
        """Say whether the row is as it was signed."""
        return keys.is_signed(self.signed(), self.digest)


class Link(models.Model):
    """One row = an entry's place in the chain: `digest` covers the entry, its number and the link before.

    Links are made after the commit, by one process at a time: nobody who writes in the journal waits
    for another. `at` is when the link was made.
    """

    entry_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    def signed(self, before: str, entry_digest: str) -> str:
        """Return what the digest covers, given the digest of the link before and that of the entry."""
        return f"{before}\n{self.entry_id}\n{self.at.isoformat()}\n{entry_digest}"
