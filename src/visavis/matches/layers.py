"""A side of a large service: a base laid out once, and the few rows that changed since laid out beside it.

What day.py gets is a `Work` and a `People` like any other: numbers that rise, no row twice, none that went.
Until the base is laid out anew, a skill or a word is as rare as it was among the vacancies of the base.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from visavis.catalog.enums import SpokenLanguage
from visavis.catalog.models import Occupation, Skill
from visavis.engine.columns import JobseekerColumns, VacancyColumns
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.layers import best_per_jobseeker, joined_columns, together, top_of_those_left
from visavis.engine.market import Codes, Market
from visavis.engine.newcomers import with_newcomers
from visavis.engine.records import jobseeker_columns, vacancy_columns
from visavis.engine.rows import take_jobseekers
from visavis.engine.shards import with_vacancies
from visavis.engine.topk import Matches, top_jobseekers
from visavis.matches import bridge
from visavis.matches.bridge import JobseekerRecord, People, VacancyRecord, Work
from visavis.matches.lists import Found, Mask, Numbers, joined, turn_within

if TYPE_CHECKING:
    from visavis.engine.listening import Listening

# Which of some rows' numbers are no longer there.
type Missing = Callable[[Numbers], Numbers]


# Vacancies ------------------------------------------------------------------------------------------


def base_work(ids: Numbers, columns: VacancyColumns) -> Work:
    """Lay a base of vacancies out; vacancies laid out beside it may name whatever the catalogue names."""
    known = Codes(
        list(Occupation.objects.values_list("pk", flat=True)),
        list(Skill.objects.values_list("pk", flat=True)),
        SpokenLanguage.values,
    )
    return bridge.work_in(ids, columns, known)


def layered_work(
    base: Work, late: Mapping[int, VacancyRecord], replaced: set[int], missing: Missing
) -> "LayeredWork":
    """Lay out what is late beside a base of which some rows count no more.

    Raises
    ------
    ValueError
        A late vacancy names something that the base does not know: a base must be laid out anew.
    """
    numbers = np.array(sorted(late), np.int64)
    columns = vacancy_columns(late[pk] for pk in numbers.tolist())
    market = with_newcomers(base.market, columns)
    beside = Work(numbers, columns.positions.astype(np.int64), market, base.scoring)
    is_gone, where = _without(base.ids, numbers, replaced)
    return LayeredWork(
        np.insert(base.ids[~is_gone], where, numbers),
        np.insert(base.positions[~is_gone], where, beside.positions),
        base.market,
        base.scoring,
        base,
        beside,
        is_gone,
        missing,
    )


@dataclass(frozen=True)
class LayeredWork(Work):
    """Vacancies in two layers, numbered together; `is_gone` is over the rows of the base, `market` its market."""

    base: Work
    late: Work
    is_gone: Mask
    missing: Missing

    def cut(self, places: Numbers | None = None) -> Market:
        """Return a market with nobody in it of the vacancies at some places, or of all, weighed as in the base."""
        ids = self.ids if places is None else self.ids[places]
        is_late, row, late_row = _rows(ids, self.base.ids, self.late.ids)
        both = together(self.base.market, row, self.late.market, late_row)
        order = np.empty(len(ids), np.int64)
        order[np.argsort(is_late, kind="stable")] = np.arange(len(ids))
        return with_vacancies(both, order)

    def best(self, people: JobseekerColumns, k: int) -> Matches:
        """Return the `k` best vacancies of each person by the experts' score; none that went a moment ago."""
        gone = self.is_gone.copy(), np.zeros(len(self.late), np.bool_)
        while True:
            layers = [
                self._best_of(layer, people, k, without)
                for layer, without in zip((self.base, self.late), gone, strict=True)
                if len(layer)
            ]
            found = best_per_jobseeker(layers, k)
            missing = self.missing(self.ids[np.unique(found.vacancy)])
            if not len(missing):
                return found
            for layer, without in zip((self.base, self.late), gone, strict=True):
                without |= np.isin(layer.ids, missing)

    def _best_of(self, layer: Work, people: JobseekerColumns, k: int, gone: Mask) -> Matches:
        found = top_of_those_left(layer.market.with_jobseekers(people), k, gone)
        return replace(found, vacancy=np.searchsorted(self.ids, layer.ids[found.vacancy]))

    def still(self, places: Numbers) -> Numbers:
        """Return which of some places are of vacancies that one can answer."""
        return places[~np.isin(self.ids[places], self.missing(self.ids[places]))]


# People ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listeners(People):
    """A base of people, laid out to hear vacancies as well: once for each base of vacancies."""

    heard: list[tuple[Market, "Listening"]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def before(self, market: Market) -> "Listening":
        """Return them laid out before the vacancies of a base."""
        from visavis.engine.listening import Listening  # noqa: PLC0415 (it needs the extra)

        with self.lock:
            for known, listening in self.heard:
                if known is market:
                    return listening
            laid_out = Listening(market.with_jobseekers(self.columns), bridge.LEAST_SCORE)
            # The last two: one base gives way to the next while others still ask.
            self.heard[:] = [*self.heard[-1:], (market, laid_out)]
            return laid_out


def prepare(people: People | None, work: Work | None) -> None:
    """Have a base of people hear the vacancies of a base before somebody waits for it."""
    if AVAILABLE and isinstance(people, Listeners) and work is not None:
        people.before(work.market)


def layered_people(
    base: Listeners, late: Mapping[int, JobseekerRecord], replaced: set[int], missing: Missing
) -> "LayeredPeople":
    """Put who is late beside a base of which some rows count no more."""
    numbers = np.array(sorted(late), np.int64)
    beside = People(numbers, jobseeker_columns(late[pk] for pk in numbers.tolist()))
    is_gone, where = _without(base.ids, numbers, replaced)
    ids = np.insert(base.ids[~is_gone], where, numbers)
    return LayeredPeople(ids, base.columns, base, beside, is_gone, missing)


@dataclass(frozen=True)
class LayeredPeople(People):
    """People in two layers, numbered together; `is_gone` is over the rows of the base, `columns` its columns."""

    base: Listeners
    late: People
    is_gone: Mask
    missing: Missing

    def take(self, places: Numbers | None = None) -> JobseekerColumns:
        """Return the columns of the people at some places, or of all."""
        ids = self.ids if places is None else self.ids[places]
        is_late, row, late_row = _rows(ids, self.base.ids, self.late.ids)
        both = (self.base.columns, row), (self.late.columns, late_row)
        columns = joined_columns([take_jobseekers(some, rows) for some, rows in both])
        order = np.empty(len(ids), np.int64)
        order[np.argsort(is_late, kind="stable")] = np.arange(len(ids))
        return take_jobseekers(columns, order)

    def best(self, work: Work, k: int, only: Numbers | None) -> Found:
        """Return the `k` best people of some vacancies, or of all, in any order; none who left a moment ago."""
        places = np.arange(len(work)) if only is None else only
        asked = work.cut(places)
        parts = [self._suited(work, asked)]
        if len(self.late):
            met = top_jobseekers(asked.with_jobseekers(self.late.columns), len(self.late))
            ids = self.late.ids[met.jobseeker]
            parts.append(Found(np.searchsorted(self.ids, ids), met.vacancy, met.score))
        found = joined(parts)
        missing = self.missing(self.ids[np.unique(found.person)])
        found = found.where(~np.isin(self.ids[found.person], missing))
        found = found.where(np.lexsort((found.person, -found.score, found.work)))
        found = found.where(turn_within(found.work) < k)
        return bridge.rescored(work, self, replace(found, work=places[found.work]))

    def _suited(self, work: Work, asked: Market) -> Found:
        """Return whom of the base some vacancies suit, with the experts' score."""
        if AVAILABLE and isinstance(work, LayeredWork):
            rows = np.arange(len(asked.vacancies))
            vacancy, row, score = self.base.before(work.market).hear(asked, rows)
        else:
            met = top_jobseekers(asked.with_jobseekers(self.base.columns), len(self.base))
            vacancy, row, score = met.vacancy, met.jobseeker, met.score
        here = ~self.is_gone[row]
        ids = self.base.ids[row[here]]
        return Found(np.searchsorted(self.ids, ids), vacancy[here], score[here])


# Both -----------------------------------------------------------------------------------------------


def _without(base: Numbers, late: Numbers, replaced: set[int]) -> tuple[Mask, Numbers]:
    """Say which rows of a base count no more, and where among the others those that are late stand."""
    is_gone = np.isin(base, np.array([*replaced, *late.tolist()], np.int64))
    return is_gone, np.searchsorted(base[~is_gone], late)


def _rows(ids: Numbers, base: Numbers, late: Numbers) -> tuple[Mask, Numbers, Numbers]:
    """Say which numbers are late, and give the rows of the others in the base and of these beside it."""
    is_late = np.isin(ids, late)
    return is_late, np.searchsorted(base, ids[~is_late]), np.searchsorted(late, ids[is_late])
