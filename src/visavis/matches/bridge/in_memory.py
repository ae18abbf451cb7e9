"""Both sides of the market in this process: a base laid out once, and beside it the rows that changed since.

What changed is found by its moment (`changed_at`, with an index), less a margin for transactions that commit late;
every ten minutes all versions are compared, beside. Rows that go without a change of theirs (deleted, an account
closed, the copy of a vacancy) are asked for once more before a list is written (`missing`). The base is laid out
anew beside when much has changed, when the day is another (months of work grow) and when the lists served are
(hires teach). Threads share what is handed out: it never changes. Memory: docs/operations.md.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any, Protocol, Self

import numpy as np
from django.db import connections
from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import reading
from visavis.matches.bridge.layers import LayeredPeople, LayeredWork
from visavis.matches.bridge.lists import Numbers
from visavis.matches.models import Edition
from visavis.vacancies.models import Vacancy

log = logging.getLogger(__name__)

READ_AT_ONCE = 1_000
NUMBERS_AT_ONCE = 5_000
# With more rows changed than these, or one in fifty, the base is laid out anew, beside.
MOST_LATE, ONE_IN = 300, 50
# More rows than these are not read again one by one: all are.
MOST_AT_ONCE = 1_000
# A transaction that commits later than this after it changed a row is found by the comparison of all versions.
MARGIN = dt.timedelta(minutes=5)
COMPARED_EVERY = dt.timedelta(minutes=10)
# How long a page waits for a process that has just started to lay the vacancies out.
WAIT_S = 60

# When a row changed, and its version.
type Version = tuple[dt.datetime, int]
VERSION = ("pk", "changed_at", "version")


class NotLaidOut(Exception):
    """All rows would have to be read, and this process serves pages: they are being laid out beside."""


@dataclass(frozen=True)
class Looked:
    """What a look at the database found."""

    at: dt.datetime
    # What all is read anew for: the day, because months grow, and the number of the lists served, which hires taught.
    key: tuple[dt.date, int | None]
    changed: dict[int, Version]


def _served() -> QuerySet[Any, Any]:
    """Ask for the lists served as for a row that never changed."""
    never = Cast(Value(None), DateTimeField())
    return Edition.objects.filter(is_served=True).order_by().values_list("pk", never, Value(0))


class Layered(Protocol):
    """What a side is laid out as: the numbers of its rows, rising, and how rows come to it."""

    @property
    def ids(self) -> Numbers: ...

    @classmethod
    def of(cls, records: Iterable[Mapping[int, Any]], missing: Callable[[Numbers], Numbers]) -> Self: ...

    def beside(self, records: Mapping[int, Any], gone: Collection[int]) -> Self: ...


class InMemory[Laid: Layered]:
    """One side, as it is laid out in this process."""

    # A process that serves pages lays nothing out while somebody waits (`serve`).
    serves_pages = False

    def __init__(
        self,
        kind: type[Laid],
        rows: Callable[[], QuerySet[Any]],
        read: Callable[[QuerySet[Any]], dict[int, Any]],
        copies: Callable[[Collection[int]], Iterable[int]] = lambda changed: (),
    ) -> None:
        """`rows` stand in lists today; copies of rows that changed may have come or gone with them."""
        self.kind: type[Laid] = kind
        self.rows, self.read, self.copies = rows, read, copies
        self._asked: Prepared[tuple[int, dt.datetime | None, int]] = Prepared(
            lambda since: (
                rows()
                .model._default_manager.filter(changed_at__gte=since)
                .order_by()
                .values_list(*VERSION)
                .union(_served(), all=True)
                .order_by()
            )
        )
        self.lock, self.is_there = threading.RLock(), threading.Event()
        self.forget()

    def forget(self) -> None:
        """Start anew: everything is read again when it is next asked for."""
        self.is_there.clear()
        self._hold(None, (), {}, clock.now())

    def _hold(
        self, base: Laid | None, now: tuple[object, ...], versions: dict[int, Version], since: dt.datetime
    ) -> None:
        with self.lock:
            self.base: Laid | None = base
            self.laid: Laid | None = base
            self.key, self.versions = now, versions
            self.since = self.compared_at = since
            # Rows read since the base was, and rows of the base that count no more.
            self.late: dict[int, Any] = {}
            self.gone: set[int] = set()

    def ready(self, asked: Collection[int] = ()) -> Laid:
        """Return the side as the rows are now; those asked for are looked at even when they seem unchanged.

        Raises `NotLaidOut` where all would have to be read while somebody waits.
        """
        with self.lock:
            looked = self._look(self.since)
            if self.base is None or self.key != looked.key:
                self._begin()
                looked = self._look(self.since)
            self._catch_up(asked, looked)
            assert self.laid is not None
            if len(self.gone) > min(MOST_LATE, len(self.laid.ids) // ONE_IN):
                beside(self.renew)
            elif clock.now() - self.compared_at > COMPARED_EVERY:
                beside(self.compare)
            return self.laid

    def at_hand(self) -> Laid:
        """Return the side as it is, or as it was laid out last; a process that has just started is waited for."""
        try:
            return self.ready()
        except NotLaidOut:
            self.is_there.wait(WAIT_S)
            if self.laid is None:
                raise
            return self.laid

    def renew(self) -> None:
        """Read every row, some at a time, and lay a base out; until it is there, the last one stays at hand."""
        since = clock.now()
        looked, versions = self._look(since), versions_of(self.rows())
        some = batched(sorted(versions), READ_AT_ONCE, strict=False)
        base = self.kind.of((self.read(self.rows().filter(pk__in=numbers)) for numbers in some), self.missing)
        # A row that changed while it was read has the older version: it is read again next time.
        self._hold(base, looked.key, looked.changed | {pk: versions[pk] for pk in base.ids.tolist()}, since)
        self.is_there.set()

    def compare(self) -> None:
        """Compare the versions of all rows with those known; where one differs, all are read anew."""
        there = versions_of(self.rows())
        with self.lock:
            self.compared_at = clock.now()
            is_known = self.laid is not None and self.laid.ids.tolist() == sorted(there)
            is_known = is_known and not self._moved(there)
        if not is_known:
            self.renew()

    def missing(self, ids: Numbers) -> Numbers:
        """Return which of some numbers are of no row that stands in lists today."""
        there: set[int] = set()
        for some in batched(ids.tolist(), NUMBERS_AT_ONCE, strict=False):
            there.update(self.rows().filter(pk__in=some).order_by().values_list("pk", flat=True))
        return np.array([pk for pk in ids.tolist() if pk not in there], np.int64)

    def _begin(self) -> None:
        if self.serves_pages:
            # Until it is done, every request asks a worker: what is laid out here has missed something.
            self.key = ()
            beside(self.renew)
            raise NotLaidOut
        self.renew()

    def _catch_up(self, asked: Collection[int], looked: Looked) -> None:
        """Read again what changed since the last time."""
        moved: dict[int, Version] = self._moved(looked.changed)
        again = {*asked, *moved, *(self.copies(moved) if moved else ())}
        if len(again) > MOST_AT_ONCE:
            self._begin()
        elif again:
            self._read_again(again)
        self.versions |= moved
        self.since = looked.at

    def _look(self, since: dt.datetime) -> Looked:
        """Ask at once what all is read anew for and what changed since then, whether it stands in lists or not."""
        now, served, changed = clock.now(), None, {}
        for pk, at, version in self._asked(since - MARGIN):
            if at is None:
                served = pk
            else:
                changed[pk] = at, version
        return Looked(now, (clock.today(), served), changed)

    def _moved(self, there: dict[int, Version]) -> dict[int, Version]:
        return {pk: version for pk, version in there.items() if self.versions.get(pk) != version}

    def _read_again(self, numbers: Collection[int]) -> None:
        rows = self.rows().filter(pk__in=numbers)
        self.versions |= versions_of(rows)
        self.late = {pk: record for pk, record in self.late.items() if pk not in numbers} | self.read(rows)
        self.gone |= set(numbers)
        assert self.base is not None
        try:
            self.laid = self.base.beside(self.late, self.gone)
        except ValueError:
            log.info("a code is new to the catalogue: the side is laid out anew")
            self._begin()


def copies_of(changed: Collection[int]) -> Iterable[int]:
    """Return the vacancies that show when what they copy is over."""
    return Vacancy.objects.filter(same_as__in=changed).order_by().values_list("pk", flat=True)


WORK = InMemory(
    LayeredWork,
    lambda: Vacancy.objects.open(),
    lambda rows: reading.records_of_work(rows),
    copies_of,
)
# Whom a vacancy suits is found by a worker: no process that serves pages lays people out.
PEOPLE = InMemory(
    LayeredPeople,
    lambda: Jobseeker.objects.looking(),
    lambda rows: reading.records_of_people(rows),
)


def serve() -> None:
    """From now on this process serves pages: lay the vacancies out beside these."""
    InMemory.serves_pages = True
    beside(WORK.renew)


def forget() -> None:
    """Forget both sides."""
    WORK.forget()
    PEOPLE.forget()


def versions_of(rows: QuerySet[Any]) -> dict[int, Version]:
    """Return when each row changed and its version, by its number."""
    return {pk: (at, version) for pk, at, version in rows.order_by().values_list(*VERSION)}


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
