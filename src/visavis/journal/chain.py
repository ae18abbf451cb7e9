"""Link the entries of the journal into a chain, and find what was changed or taken out.

An entry is signed when it is written and linked afterwards: a lock held by the writer until its commit
would let one long act keep everybody from signing in. What can still be taken out unseen is what was
not linked yet, a minute's worth; the database refuses that to the site's own role.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from visavis.common import clock
from visavis.common.prepared import Latest, Prepared
from visavis.journal import keys
from visavis.journal.models import SIGNED, Entry, EntryQuerySet, Link, linked, signed
from visavis.journal.services import KEPT_FOR

# One process links at a time; the next to come leaves it to that one.
CHAIN_LOCK = 7_160_213
# The longest that a transaction may last which has written an entry.
SLOWEST = dt.timedelta(days=1)
AT_ONCE = 2000
# As they are checked: the columns alone, which are read in a quarter of the time of the rows.
LINK, ENTRY = ("entry_id", "at", "digest"), ("pk", "digest", *SIGNED)
END = Latest(lambda: Link.objects.order_by("-pk").values_list(*LINK))
ENTRIES = Prepared(lambda numbers: Entry.objects.filter(pk__in=numbers).values_list(*ENTRY))
LOOSE = Prepared(
    lambda after: (
        Entry.objects.filter(~Exists(Link.objects.filter(entry_id=OuterRef("pk"))), pk__gt=after)
        .order_by("pk")
        .values_list(*ENTRY)
    )
)


def link(*, everything: bool = False) -> int:
    """Link what was committed since; return how many entries. `everything` looks at all that is kept."""
    linked = 0
    while (more := _link_some(everything=everything)) > 0:
        linked += more
    return linked


def broken(*, last: int | None = None) -> list[int]:
    """Return the numbers of the entries that are not as they were written, or are gone: empty is well.

    The oldest link kept may follow one that retention took away. `last` checks the end only, of so many entries: those
    that are not linked yet, and the links before them.
    """
    if last is not None:
        newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        loose = LOOSE(newest - last)
        links = END(last + 1)[: last - len(loose) + 1]
        return _broken([links[::-1]]) + _rewritten(loose)
    every = Link.objects.order_by("pk").values_list(*LINK).iterator(chunk_size=AT_ONCE)
    unlinked = _unlinked(everything=True).values_list(*ENTRY).iterator(chunk_size=AT_ONCE)
    return _broken(batched(every, AT_ONCE, strict=False)) + _rewritten(unlinked)


def _broken(links: Iterable[Sequence[Any]]) -> list[int]:
    """Follow links, some at a time, from the oldest on."""
    found: list[int] = []
    before: str | None = None
    forgotten, is_signed = clock.now() - KEPT_FOR + SLOWEST, keys.believed()
    for some in links:
        entries = {entry[0]: entry for entry in ENTRIES([one[0] for one in some])} if some else {}
        for number, at, digest in some:
            entry = entries.get(number)
            if entry is None:
                if at > forgotten:
                    found.append(number)
            elif not is_signed(signed(*entry[2:]), entry[1]) or (
                before is not None and not is_signed(linked(before, number, at, entry[1]), digest)
            ):
                found.append(number)
            before = digest
    return found


def _rewritten(entries: Iterable[Any]) -> list[int]:
    is_signed = keys.believed()
    return [entry[0] for entry in entries if not is_signed(signed(*entry[2:]), entry[1])]


def _link_some(*, everything: bool) -> int:
    with transaction.atomic():
        if not _is_alone():
            return 0
        last = Link.objects.order_by("-pk").first()
        before = last.digest if last else ""
        made = list(_links(_unlinked(everything=everything).order_by("pk")[:AT_ONCE], before))
        Link.objects.bulk_create(made)
        return len(made)


def _links(entries: EntryQuerySet, before: str) -> Iterator[Link]:
    now = clock.now()
    for entry in entries:
        made = Link(entry_id=entry.pk, at=now)
        made.digest = before = keys.digest(made.signed(before, entry.digest))
        yield made


def _unlinked(*, everything: bool) -> EntryQuerySet:
    entries = Entry.objects.filter(~Exists(Link.objects.filter(entry_id=OuterRef("pk"))))
    last = None if everything else Link.objects.order_by("-pk").values_list("at", flat=True).first()
    return entries.filter(at__gt=last - SLOWEST) if last else entries


def _is_alone() -> bool:
    """Take the lock until the commit, or say that another process has it. SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CHAIN_LOCK])
        return bool(cursor.fetchone()[0])
