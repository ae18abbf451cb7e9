"""The record of who did and read what. The database itself refuses to change it."""

import datetime as dt
import json
from typing import Any

from django.db import models
from django.db.models import Q

from visavis.journal import keys

# What the digest of an entry covers, in the order of `signed`.
SIGNED = (
    "at", "actor_id", "action", "thing", "thing_id", "person_id", "note", "mandate_id", "counter_id", "token_id",
)  # fmt: skip
# Made once: `json.dumps` makes one for each text, and the end of the chain is a thousand of them.
ENCODED = json.JSONEncoder(sort_keys=True).encode


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
            models.Index(fields=["action", "-at", "-id"], name="journal_by_action"),
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
        return signed(*(getattr(self, name) for name in SIGNED))

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
        return linked(before, self.entry_id, self.at, entry_digest)


def signed(  # noqa: PLR0913  (a row of the journal)
    at: dt.datetime,
    actor: int | None,
    action: str,
    thing: str,
    thing_id: str,
    person: int | None,
    note: str,
    mandate: int | None,
    counter: int | None,
    token: int | None,
) -> str:
    """Return what the digest of an entry covers, of its columns `SIGNED`."""
    content: dict[str, Any] = {
        "at": at.isoformat(),
        "actor": actor,
        "action": action,
        "thing": thing,
        "thing_id": thing_id,
        "person": person,
        "note": note,
    }
    if mandate is not None:
        content["mandate"] = mandate
    if counter is not None:
        content["counter"] = counter
    if token is not None:
        content["token"] = token
    return ENCODED(content)


def linked(before: str, entry: int, at: dt.datetime, entry_digest: str) -> str:
    """Return what the digest of a link covers, given the digest of the link before and that of the entry."""
    return f"{before}\n{entry}\n{at.isoformat()}\n{entry_digest}"
