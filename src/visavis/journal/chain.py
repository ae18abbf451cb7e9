"""Link the entries of the journal into a chain, and find what was changed or taken out.

An entry is signed when it is written and linked afterwards: a lock held by the writer until its commit
would let one long act keep everybody from signing in. What can still be taken out unseen is what was
not linked yet, a minute's worth; the database refuses that to the site's own role.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import batched

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from visavis.common import clock
from visavis.journal import keys
from visavis.journal.models import Entry, EntryQuerySet, Link
from visavis.journal.services import KEPT_FOR

# One process links at a time; the next to come leaves it to that one.
CHAIN_LOCK = 7_160_213
# The longest that a transaction may last which has written an entry.
SLOWEST = dt.timedelta(days=1)
AT_ONCE = 2000


def link(*, everything: bool = False) -> int:
    """Link what was committed since; return how many entries. `everything` looks at all that is kept."""
    linked = 0
    while (more := _link_some(everything=everything)) > 0:
        linked += more
    return linked


def broken(*, last: int | None = None) -> list[int]:
    """Return the numbers of the entries that are not as they were written, or are gone: empty is well.

    The oldest link kept may follow one that retention took away. `last` checks the end only.
    """
    found: list[int] = []
    links = Link.objects.order_by("pk")
    before: str | None = None
    if last is not None:
        newest = list(Link.objects.order_by("-pk")[: last + 1])
        links = Link.objects.filter(pk__in=[one.pk for one in newest]).order_by("pk")
    forgotten = clock.now() - KEPT_FOR + SLOWEST
    for some in batched(links.iterator(chunk_size=AT_ONCE), AT_ONCE, strict=False):
        entries = Entry.objects.in_bulk([one.entry_id for one in some])
        for one in some:
            entry = entries.get(one.entry_id)
            if entry is None:
                if one.at > forgotten:
                    found.append(one.entry_id)
            elif not entry.is_whole() or (
                before is not None and not keys.is_signed(one.signed(before, entry.digest), one.digest)
            ):
                found.append(one.entry_id)
            before = one.digest
    found += [entry.pk for entry in _unlinked(everything=last is None).iterator() if not entry.is_whole()]
    return found


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
