"""A side with many rows: laid out once, and only what changed since is read and laid out beside it.

What changed is found by its moment (`changed_at`, with an index), less a margin for transactions that commit
late; every ten minutes all versions are compared, beside. Rows that go without a change of theirs (deleted, an account
closed, the copy of a vacancy) are asked for once more before a list is written (`layers.Missing`). The base
is laid out anew beside when much has changed; when the day or the lists served are others, all is read again.
"""

import datetime as dt
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched

import numpy as np
from django.db import connections
from django.db.models import QuerySet

from visavis.common import clock
from visavis.matches.bridge.engine import (
    JobseekerColumns,
    People,
    VacancyColumns,
    Work,
    joined_columns,
    take_rows,
)
from visavis.matches.bridge.lists import Numbers
from visavis.matches.models import Edition

log = logging.getLogger(__name__)

READ_AT_ONCE = 1_000
# From as many rows on a service is large; below, a side is laid out whole whenever one of its rows changed.
LARGE = 10_000
# With more rows changed than this the base is laid out anew, beside.
MOST_CHANGED = 300
# A transaction that commits later than this after it changed a row is found by the comparison of all versions.
MARGIN = dt.timedelta(minutes=5)
COMPARED_EVERY = dt.timedelta(minutes=10)

# When a row changed, in microseconds, and its version.
type Version = tuple[int, int]
NUMBERS_AT_ONCE = 5_000


def key() -> tuple[object, ...]:
    """Return what all is read anew for: the day, because months grow, and the lists served, which hires taught."""
    return clock.today(), Edition.objects.filter(is_served=True).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Base[Laid: (Work, People)]:
    """A side laid out whole, and the version of each row."""

    laid: Laid
    versions: Numbers

    def version_of(self, pk: int) -> Version | None:
        place = int(np.searchsorted(self.laid.ids, pk))
        if place == len(self.laid.ids) or self.laid.ids[place] != pk:
            return None
        at, version = self.versions[place].tolist()
        return at, version


class Large[Record, Columns: (JobseekerColumns, VacancyColumns), Laid: (Work, People)](ABC):
    """One side of a large service, in one process; threads share what it hands out."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """Start anew: everything is read again when it is next asked for."""
        with self.lock:
            self.base: Base[Laid] | None = None
            self.laid: Laid | None = None
            self.key: tuple[object, ...] = ()
            # Rows read since the base was; those of the base that count no more; versions seen since.
            self.late: dict[int, Record] = {}
            self.replaced: set[int] = set()
            self.seen: dict[int, Version] = {}
            self.since = self.compared_at = clock.now()

    def is_ready(self, most: int) -> bool:
        """Say whether only what changed must be read, and that is not more than so many rows."""
        if self.base is None or self.key != key():
            return False
        return self._since(self.since - MARGIN)[: most + 1].count() <= most

    def ready(self, asked: Collection[int] = ()) -> Laid:
        """Return the side as the rows are now; those asked for are looked at even when they seem unchanged."""
        with self.lock:
            if self.base is None or self.key != key():
                self._begin()
            if self._catch_up(asked) or self.laid is None:
                self._lay()
            if len(self.replaced) > MOST_CHANGED:
                beside(self.renew)
            elif clock.now() - self.compared_at > COMPARED_EVERY:
                beside(self.compare)
            assert self.laid is not None
            return self.laid

    def renew(self) -> None:
        """Lay out what was read as a new base; what is asked for meanwhile comes from the last one."""
        with self.lock:
            base, late, replaced, seen = self.base, dict(self.late), set(self.replaced), dict(self.seen)
        if base is None:
            return
        new = self._merged(base, late, replaced, seen)
        self.prepare(new.laid)
        with self.lock:
            if self.base is not base:
                return
            fresh = {pk for pk in self.replaced if self.late.get(pk) is not late.get(pk)}
            fresh |= self.replaced - replaced
            self.base, self.laid, self.replaced = new, None, fresh
            self.late = {pk: self.late[pk] for pk in fresh if pk in self.late}
            self.seen = {pk: seen for pk, seen in self.seen.items() if new.version_of(pk) != seen}

    def compare(self) -> None:
        """Compare the versions of all rows with those known, and read again what is not as it was known."""
        flat = (number for row in _versions(_triples(self.rows()).iterator()) for number in row)
        read = np.fromiter(flat, np.int64).reshape(-1, 3)
        there: Numbers = read[np.argsort(read[:, 0])]
        with self.lock:
            self.compared_at = clock.now()
            if self.base is None:
                return
            ids: Numbers = self.base.laid.ids
            place = np.minimum(np.searchsorted(ids, there[:, 0]), max(0, len(ids) - 1))
            same = np.zeros(len(there), np.bool_)
            if len(ids):
                same = (ids[place] == there[:, 0]) & (self.base.versions[place] == there[:, 1:]).all(axis=1)
            others = {pk for pk, *version in there[~same].tolist() if self._known(pk) != tuple(version)}
            here = set(there[:, 0].tolist())
            came = {pk for pk in self.replaced if pk in here and pk not in self.late}
            went = {*ids[~np.isin(ids, there[:, 0])].tolist(), *self.late} - here
            went = {pk for pk in went if self._is_there(pk)}
            if again := others | came | went:
                self._read_again(again)
                self.laid = None

    # What differs from side to side -------------------------------------------------------------

    @abstractmethod
    def rows(self) -> QuerySet:  # type: ignore[type-arg]
        """Return the rows that stand in lists today."""

    @abstractmethod
    def read(self, rows: QuerySet) -> dict[int, Record]:  # type: ignore[type-arg]
        """Read some rows for the engine."""

    @abstractmethod
    def columns(self, records: Iterable[Record]) -> Columns:
        """Lay records out as columns."""

    @abstractmethod
    def columns_of(self, laid: Laid) -> Columns:
        """Return the columns of a base."""

    @abstractmethod
    def lay_out(self, ids: Numbers, columns: Columns) -> Laid:
        """Lay a base out."""

    @abstractmethod
    def layered(self, base: Laid, late: Mapping[int, Record], replaced: set[int]) -> Laid:
        """Put what is late beside a base."""

    @abstractmethod
    def prepare(self, base: Laid) -> None:
        """Have ready what both bases need of each other."""

    def touched_by(self, changed: Collection[int]) -> set[int]:
        """Return which rows may have come or gone because some rows changed."""
        return set(changed)

    # Reading --------------------------------------------------------------------------------------

    def missing(self, ids: Numbers) -> Numbers:
        """Return which of some numbers are of no row that stands in lists today."""
        there: set[int] = set()
        for some in batched(ids.tolist(), NUMBERS_AT_ONCE, strict=False):
            there.update(self.rows().filter(pk__in=some).order_by().values_list("pk", flat=True))
        return np.array([pk for pk in ids.tolist() if pk not in there], np.int64)

    def _since(self, moment: dt.datetime) -> QuerySet:  # type: ignore[type-arg]
        rows: QuerySet = self.rows().model._default_manager.all()  # type: ignore[type-arg]
        return rows.filter(changed_at__gte=moment).order_by()

    def _begin(self) -> None:
        """Read every row, some at a time, and lay the side out; until it is there, the last one stays at hand."""
        now, since = key(), clock.now()
        there = sorted(_versions(_triples(self.rows()).iterator()))
        columns, kept = [self.columns([])], [(0, 0, 0)]
        for some in batched(there, READ_AT_ONCE, strict=False):
            records = self.read(self.rows().filter(pk__in=[row[0] for row in some]))
            kept += [row for row in some if row[0] in records]
            columns.append(self.columns(records[pk] for pk, *_version in some if pk in records))
        known = np.array(kept[1:], np.int64).reshape(-1, 3)
        laid = self.lay_out(np.ascontiguousarray(known[:, 0]), joined_columns(columns))
        self.prepare(laid)
        self.forget()
        self.base, self.key = Base(laid, np.ascontiguousarray(known[:, 1:])), now
        self.since = self.compared_at = since

    def _catch_up(self, asked: Collection[int]) -> bool:
        """Read again what changed since the last time; say whether anything did."""
        now = clock.now()
        changed = {
            pk: (at, version) for pk, at, version in _versions(_triples(self._since(self.since - MARGIN)))
        }
        moved = {pk: version for pk, version in changed.items() if self._known(pk) != version}
        again = self.touched_by(moved) if moved else set()
        if asked:
            here = set(self.rows().filter(pk__in=asked).values_list("pk", flat=True))
            again |= {pk for pk in asked if (pk in here) != self._is_there(pk)}
        if again:
            self._read_again(again)
        self.seen |= moved
        self.since = now
        return bool(again)

    def _read_again(self, numbers: Collection[int]) -> None:
        for some in batched(sorted(numbers), READ_AT_ONCE, strict=False):
            rows = self.rows().filter(pk__in=some)
            versions = {pk: (at, version) for pk, at, version in _versions(_triples(rows))}
            records = self.read(rows)
            for pk in some:
                self.late.pop(pk, None)
            # A row that changed while it was read has the older version: it is read again next time.
            self.late |= records
            self.seen |= versions
            self.replaced.update(some)

    def _known(self, pk: int) -> Version | None:
        assert self.base is not None
        return self.seen.get(pk) or self.base.version_of(pk)

    def _is_there(self, pk: int) -> bool:
        assert self.base is not None
        return pk in self.late or (pk not in self.replaced and self.base.version_of(pk) is not None)

    # Laying out -----------------------------------------------------------------------------------

    def _lay(self) -> None:
        assert self.base is not None
        try:
            self.laid = self.layered(self.base.laid, self.late, self.replaced)
        except ValueError:
            log.info("a code is new to the catalogue: the side is laid out anew")
            self.renew()
            self.laid = self.layered(self.base.laid, self.late, self.replaced)

    def _merged(
        self,
        base: Base[Laid],
        late: Mapping[int, Record],
        replaced: set[int],
        seen: Mapping[int, Version],
    ) -> Base[Laid]:
        """Lay a base out of one base and what is late, without reading a row."""
        numbers = np.array(sorted(late), np.int64)
        kept = np.flatnonzero(~np.isin(base.laid.ids, np.array([*replaced], np.int64)))
        ids = np.concatenate([base.laid.ids[kept], numbers])
        versions = [seen.get(pk) or base.version_of(pk) or (0, 0) for pk in numbers.tolist()]
        order = np.argsort(ids)
        columns = joined_columns(
            [
                take_rows(self.columns_of(base.laid), kept),
                self.columns(late[pk] for pk in numbers.tolist()),
            ]
        )
        known = np.concatenate([base.versions[kept], np.array(versions, np.int64).reshape(-1, 2)])
        return Base(self.lay_out(ids[order], take_rows(columns, order)), known[order])


def _triples(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    found: QuerySet = rows.order_by().values_list("pk", "changed_at", "version")  # type: ignore[type-arg]
    return found


def _versions(triples: Iterable[tuple[int, dt.datetime, int]]) -> Iterator[tuple[int, int, int]]:
    for pk, at, version in triples:
        yield pk, round(at.timestamp() * 1e6), version


# Beside ---------------------------------------------------------------------------------------------

_ONE_AT_A_TIME = threading.Lock()


def beside(work: Callable[[], object]) -> None:
    """Do something in a thread, unless something is being done there; a failure is told to the log."""
    if _ONE_AT_A_TIME.acquire(blocking=False):
        threading.Thread(target=_do, args=(work,), name="visavis-sides", daemon=True).start()


def _do(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        log.exception("the sides could not be laid out beside; it is tried again at the next change")
    finally:
        connections.close_all()
        _ONE_AT_A_TIME.release()
