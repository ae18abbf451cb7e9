"""Both sides of the market, laid out once in each process and kept as the rows change.

A person's list is made in the request that changed her answers: the open vacancies must be ready. Records
are kept by number; when something has changed, only the rows that did are read, and the side is laid out
again. What is handed out never changes: threads share it. Memory: docs/operations.md.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import batched

from django.db.models import Count, Max, Model, QuerySet, Sum

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches import bridge
from visavis.matches.bridge import People, Work
from visavis.matches.models import Edition
from visavis.vacancies.models import Vacancy

READ_AT_ONCE = 1_000
# More rows than this are not read while somebody waits for a page: a worker makes the lists.
MOST_IN_A_REQUEST = 5_000


@dataclass
class Side[Row: Model, Record, Laid]:
    """One side: where its rows are, how they are read, and how they are laid out."""

    rows: Callable[[], QuerySet[Row]]
    read: Callable[[QuerySet[Row]], dict[int, Record]]
    lay_out: Callable[[dict[int, Record]], Laid]
    lock: threading.RLock = field(default_factory=threading.RLock)
    stamp: object = None
    records: dict[int, Record] = field(default_factory=dict)
    versions: dict[int, object] = field(default_factory=dict)
    laid: Laid | None = None

    def ready(self) -> Laid:
        """Return the side as the rows are now."""
        with self.lock:
            stamp = self._stamp()
            if self.laid is None or stamp != self.stamp:
                self._refresh()
                self.stamp = stamp
                self.laid = self.lay_out(self.records)
            return self.laid

    def is_quick(self) -> bool:
        """Say whether the side is ready, or will be before somebody gets impatient."""
        if self.laid is not None:
            return True
        return self.rows().order_by().count() <= MOST_IN_A_REQUEST

    def forget(self) -> None:
        """Start anew: everything is read again when it is next asked for."""
        with self.lock:
            self.stamp, self.laid = None, None
            self.records, self.versions = {}, {}

    def _stamp(self) -> tuple[object, ...]:
        found = self.rows().order_by().aggregate(Count("pk"), Sum("pk"), Max("changed_at"), Sum("version"))
        # What hires and answers teach comes with the night's lists: all day the same, as the lists.
        edition = Edition.objects.filter(is_served=True).values_list("pk", flat=True).first()
        return clock.today(), edition, *found.values()

    def _refresh(self) -> None:
        # Months of work grow by the day: nothing of yesterday is kept.
        if self.stamp and self.stamp[0] != clock.today():  # type: ignore[index]
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


WORK: Side[Vacancy, bridge.VacancyRecord, Work] = Side(
    lambda: Vacancy.objects.open(),
    lambda rows: bridge.records_of_work(bridge.with_all_asked(rows)),
    bridge.work_of,
)
PEOPLE: Side[Jobseeker, bridge.JobseekerRecord, People] = Side(
    lambda: Jobseeker.objects.looking(),
    lambda rows: bridge.records_of_people(bridge.with_everything(rows)),
    bridge.people_of,
)


def forget() -> None:
    """Forget both sides."""
    WORK.forget()
    PEOPLE.forget()
