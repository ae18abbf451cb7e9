"""Write in the journal, and check that nobody rewrote it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from visavis.common import clock
from visavis.journal.models import Entry

# One writer at a time, or two rows would follow the same one. SQLite has one writer anyway.
CHAIN_LOCK = 7_160_213
# A little more than the months that the database keeps a row for: it refuses before.
KEPT_FOR = dt.timedelta(days=367)


@dataclass(frozen=True)
class Act:
    """What happened to what. No name, address or content in the note: codes and numbers only."""

    action: str
    thing: str
    thing_id: int | str | None = None
    person_id: int | None = None
    note: str = ""


def record(act: Act, *, by: int | None) -> Entry:
    """Add one entry at the end of the chain, in the caller's transaction if there is one."""
    return record_all([act], by=by)[0]


def record_all(acts: Sequence[Act], *, by: int | None) -> list[Entry]:
    """Add entries at the end of the chain, one after the other, in three queries whatever their number."""
    entries: list[Entry] = []
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        before = Entry.objects.order_by("-pk").values_list("digest", flat=True).first() or ""
        for act in acts:
            entry = _entry(act, before, by)
            entries.append(entry)
            before = entry.digest
        return Entry.objects.bulk_create(entries)


def _entry(act: Act, before: str, by: int | None) -> Entry:
    entry = Entry(
        at=clock.now(),
        actor_id=by,
        action=act.action,
        thing=act.thing,
        thing_id="" if act.thing_id is None else str(act.thing_id),
        person_id=act.person_id,
        note=act.note,
        digest_before=before,
    )
    entry.digest = entry.computed_digest()
    return entry


def read(thing: str, thing_id: int | str, *, by: int | None, person_id: int | None = None) -> Entry:
    """Record that somebody opened something about a person."""
    return record(Act(Entry.Action.READ, thing, thing_id, person_id), by=by)


def broken_links(*, last: int | None = None) -> list[int]:
    """Return the numbers of the entries that do not follow from the one before: empty is well.

    The oldest entry kept may follow one that retention took away; every other must be whole.
    `last` checks the end of the chain only.
    """
    entries = Entry.objects.order_by("pk")
    if last is not None:
        entries = entries.filter(
            pk__in=list(Entry.objects.order_by("-pk").values_list("pk", flat=True)[:last])
        )
    broken: list[int] = []
    before: str | None = None
    for entry in entries.iterator(chunk_size=2000):
        is_whole = entry.digest == entry.computed_digest()
        if not is_whole or (before is not None and entry.digest_before != before):
            broken.append(entry.pk)
        before = entry.digest
    return broken


def forget() -> int:
    """Delete what the database lets go; return how much."""
    return Entry.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]
