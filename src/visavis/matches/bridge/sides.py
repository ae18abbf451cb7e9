"""Both sides of the market, laid out once in each process and kept as the rows change.

A person's list is made in the request that changed her answers: the open vacancies must be ready. Records
are kept by number; when something has changed, only the rows that did are read, and the side is laid out
again. In a large service a side is not laid out again, but in layers (`large.py`). What is handed out never
changes: threads share it. Memory: docs/operations.md.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db.models import Count, Max, Model, QuerySet, Sum

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import engine as bridge
from visavis.matches.bridge import large, layers
from visavis.matches.bridge.engine import (
    JobseekerColumns,
    JobseekerRecord,
    People,
    VacancyColumns,
    VacancyRecord,
    Work,
    jobseeker_columns,
    vacancy_columns,
)
from visavis.matches.bridge.large import READ_AT_ONCE, Large
from visavis.matches.bridge.lists import Numbers
from visavis.vacancies.models import Vacancy

# More rows than this are not read while somebody waits for a page: a worker makes the lists.
MOST_IN_A_REQUEST = 5_000


class LargeWork(Large[VacancyRecord, VacancyColumns, Work]):
    """The vacancies of a large service."""

    def rows(self) -> QuerySet[Vacancy]:
        return Vacancy.objects.open()

    def read(self, rows: QuerySet[Vacancy]) -> dict[int, VacancyRecord]:
        return bridge.records_of_work(rows)

    def columns(self, records: Iterable[VacancyRecord]) -> VacancyColumns:
        return vacancy_columns(records)

    def columns_of(self, laid: Work) -> VacancyColumns:
        return laid.market.vacancies

    def lay_out(self, ids: Numbers, columns: VacancyColumns) -> Work:
        return layers.base_work(ids, columns)

    def layered(self, base: Work, late: Mapping[int, VacancyRecord], replaced: set[int]) -> Work:
        return layers.layered_work(base, late, replaced, self.missing)

    def prepare(self, base: Work) -> None:
        people = PEOPLE.large.base
        layers.prepare(people.laid if people else None, base)

    def touched_by(self, changed: Collection[int]) -> set[int]:
        """Return the rows that changed and their copies: these show when what they copy is over."""
        copies = Vacancy.objects.filter(same_as__in=changed).order_by().values_list("pk", flat=True)
        return {*changed, *copies}


class LargePeople(Large[JobseekerRecord, JobseekerColumns, People]):
    """The people of a large service."""

    def rows(self) -> QuerySet[Jobseeker]:
        return Jobseeker.objects.looking()

    def read(self, rows: QuerySet[Jobseeker]) -> dict[int, JobseekerRecord]:
        return bridge.records_of_people(rows)

    def columns(self, records: Iterable[JobseekerRecord]) -> JobseekerColumns:
        return jobseeker_columns(records)

    def columns_of(self, laid: People) -> JobseekerColumns:
        return laid.columns

    def lay_out(self, ids: Numbers, columns: JobseekerColumns) -> People:
        return layers.base_people(ids, columns)

    def layered(self, base: People, late: Mapping[int, JobseekerRecord], replaced: set[int]) -> People:
        return layers.layered_people(base, late, replaced, self.missing)

    def prepare(self, base: People) -> None:
        work = WORK.large.base
        layers.prepare(base, work.laid if work else None)


@dataclass
class Side[Row: Model, Record, Columns: (JobseekerColumns, VacancyColumns), Laid: (Work, People)]:
    """One side: where its rows are, how they are read, and how they are laid out."""

    rows: Callable[[], QuerySet[Row]]
    read: Callable[[QuerySet[Row]], dict[int, Record]]
    lay_out: Callable[[dict[int, Record]], Laid]
    large: Large[Record, Columns, Laid]
    lock: threading.RLock = field(default_factory=threading.RLock)
    stamp: tuple[object, ...] | None = None
    records: dict[int, Record] = field(default_factory=dict)
    versions: dict[int, object] = field(default_factory=dict)
    laid: Laid | None = None

    def ready(self, asked: Collection[int] = ()) -> Laid:
        """Return the side as the rows are now; a large one looks in any case at those asked for."""
        with self.lock:
            if self.large.base is not None:
                if self.large.key == large.key() or self._is_large(self.rows().order_by().count()):
                    return self.large.ready(asked)
                self.large.forget()
            stamp, count = self._stamp()
            if self._is_large(count):
                self._forget_records()
                return self.large.ready(asked)
            if self.laid is None or stamp != self.stamp:
                self._refresh()
                self.stamp = stamp
                self.laid = self.lay_out(self.records)
            return self.laid

    def at_hand(self) -> Laid:
        """Return the side as it was laid out last where laying it out takes long, and have that done beside."""
        last = self.large.laid
        if last is not None and not self.is_quick():
            large.beside(self.ready)
            return last
        return self.ready()

    def is_quick(self) -> bool:
        """Say whether the side is ready, or will be before somebody gets impatient."""
        if self.large.base is not None:
            return self.large.is_ready(MOST_IN_A_REQUEST)
        if self.laid is not None:
            return True
        return self.rows().order_by().count() <= MOST_IN_A_REQUEST

    def forget(self) -> None:
        """Start anew: everything is read again when it is next asked for."""
        with self.lock:
            self._forget_records()
            self.large.forget()

    def _is_large(self, count: int) -> bool:
        """Say whether a side of so many rows is laid out in layers: where either is large, both are."""
        bases = (side.large.base for side in (WORK, PEOPLE) if side is not self)
        return count >= large.LARGE or any(len(base.laid) >= large.LARGE for base in bases if base)

    def _forget_records(self) -> None:
        self.stamp, self.laid = None, None
        self.records, self.versions = {}, {}

    def _stamp(self) -> tuple[tuple[object, ...], int]:
        """Return what tells whether anything changed, and how many rows there are."""
        rows = self.rows().order_by()
        found: dict[str, Any] = rows.aggregate(Count("pk"), Sum("pk"), Max("changed_at"), Sum("version"))
        # What hires and answers teach comes with the night's lists: all day the same, as the lists.
        return (*large.key(), *found.values()), found["pk__count"]

    def _refresh(self) -> None:
        # Months of work grow by the day: nothing of yesterday is kept.
        if self.stamp and self.stamp[0] != clock.today():
            self.records, self.versions = {}, {}
        there = {
            pk: (at, version) for pk, at, version in self.rows().values_list("pk", "changed_at", "version")
        }
        changed = [pk for pk, version in there.items() if self.versions.get(pk) != version]
        records = {pk: record for pk, record in self.records.items() if pk in there}
        for some in batched(changed, READ_AT_ONCE, strict=False):
            records |= self.read(self.rows().filter(pk__in=some))
        # A row that went while the others were read is not there: it is asked for again next time.
        self.records, self.versions = records, {pk: there[pk] for pk in records if pk in there}


WORK: Side[Vacancy, VacancyRecord, VacancyColumns, Work] = Side(
    lambda: Vacancy.objects.open(),
    lambda rows: bridge.records_of_work(rows),
    bridge.work_of,
    LargeWork(),
)
PEOPLE: Side[Jobseeker, JobseekerRecord, JobseekerColumns, People] = Side(
    lambda: Jobseeker.objects.looking(),
    lambda rows: bridge.records_of_people(rows),
    bridge.people_of,
    LargePeople(),
)


def forget() -> None:
    """Forget both sides."""
    WORK.forget()
    PEOPLE.forget()
