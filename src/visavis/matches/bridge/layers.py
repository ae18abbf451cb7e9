"""A side laid out once, a base, and the few rows that changed since laid out beside it, numbered together.

What day.py gets is a `Work` and a `People` like any other: numbers that rise, no row twice, none that went.
Until the base is laid out anew, a skill or a word is as rare as it was among the vacancies of the base.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self
from weakref import WeakKeyDictionary

import numpy as np

from visavis.catalog.enums import SpokenLanguage
from visavis.catalog.models import Occupation, Skill
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.occupations import joint
from visavis.engine.facts.records import Jobseeker as JobseekerRecord
from visavis.engine.facts.records import Vacancy as VacancyRecord
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.facts.rows import joined_columns, take_rows
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.lists.matches import Matches, best_per_jobseeker
from visavis.engine.lists.topk import MANY_PEOPLE, top_jobseekers, top_of_those_left
from visavis.engine.market.market import Codes, Market
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.market.numbered import together, with_vacancies
from visavis.matches.bridge.lists import Found, Mask, Numbers, joined, turn_within
from visavis.matches.bridge.market import LEAST_SCORE, People, Work, rescored, work_in
from visavis.vacancies.models import Vacancy

if TYPE_CHECKING:
    from visavis.engine.fast.reverse import ReverseIndex

# Which of some rows' numbers are no longer there.
type Missing = Callable[[Numbers], Numbers]


@dataclass(frozen=True)
class Layers:
    """The numbers of a base and of what is late, rising; which of the base count no more; all that do."""

    base: Numbers
    late: Numbers
    is_gone: Mask
    ids: Numbers

    @classmethod
    def of(cls, base: Numbers, late: Iterable[int], gone: Collection[int]) -> "Layers":
        beside = np.array(sorted(late), np.int64)
        is_gone = np.isin(base, np.array([*gone, *beside], np.int64))
        return cls(base, beside, is_gone, np.sort(np.concatenate([base[~is_gone], beside])))

    def rows(self, places: Numbers | None) -> tuple[Numbers, Numbers, Numbers]:
        """Return the rows of some places, or of all, in the base and beside it, and how to order these once joined."""
        ids = self.ids if places is None else self.ids[places]
        if not len(self.late):
            return np.searchsorted(self.base, ids), np.zeros(0, np.int64), np.arange(len(ids))
        is_late = np.isin(ids, self.late)
        order = np.argsort(np.argsort(is_late, kind="stable"))
        return np.searchsorted(self.base, ids[~is_late]), np.searchsorted(self.late, ids[is_late]), order


def laid_in_order[Record, Columns: (JobseekerColumns, VacancyColumns)](
    columns: Callable[[Iterable[Record]], Columns], records: Iterable[Mapping[int, Record]]
) -> tuple[Numbers, Columns]:
    """Lay out records, some at a time: numbers of later ones are higher."""
    ids: list[int] = []
    parts: list[Columns] = [columns(())]
    for some in records:
        ids += sorted(some)
        parts.append(columns(some[pk] for pk in sorted(some)))
    return np.array(ids, np.int64), joined_columns(parts)


@dataclass(frozen=True)
class LayeredWork(Work):
    """Vacancies in two layers; `market` is that of the base."""

    late: Market
    layers: Layers
    missing: Missing

    @classmethod
    def of(cls, records: Iterable[Mapping[int, VacancyRecord]], missing: Missing) -> Self:
        """Lay a base out; vacancies laid out beside it may name whatever the catalogue names."""
        ids, columns = laid_in_order(vacancy_columns, records)
        several = Vacancy.objects.exclude(other_occupations=[]).values_list("occupation", "other_occupations")
        known = Codes(
            [
                *Occupation.objects.values_list("pk", flat=True),
                *(joint([code or "", *others]) for code, others in several.distinct().order_by()),
            ],
            list(Skill.objects.values_list("pk", flat=True)),
            SpokenLanguage.values,
        )
        base = work_in(ids, columns, known)
        late = with_newcomers(base.market, vacancy_columns([]))
        layers = Layers.of(ids, (), ())
        return cls(ids, base.positions, base.market, base.scoring, late, layers, missing)

    def beside(self, records: Mapping[int, VacancyRecord], gone: Collection[int]) -> Self:
        """Lay out what is late beside the base, of which some rows count no more.

        Raises
        ------
        ValueError
            A late vacancy names something that the base does not know: a base must be laid out anew.
        """
        layers = Layers.of(self.layers.base, records, gone)
        late = with_newcomers(self.market, vacancy_columns(records[pk] for pk in layers.late.tolist()))
        row, late_row, order = layers.rows(None)
        both = self.market.vacancies.positions[row], late.vacancies.positions[late_row]
        positions = np.concatenate(both)[order].astype(np.int64)
        return replace(self, ids=layers.ids, positions=positions, late=late, layers=layers)

    def cut(self, places: Numbers | None = None) -> Market:
        """Return a market with nobody in it of the vacancies at some places, or of all, weighed as in the base."""
        row, late_row, order = self.layers.rows(places)
        if len(late_row):
            return with_vacancies(together((self.market, row), (self.late, late_row)), order)
        is_whole = places is None and len(row) == len(self.layers.base)
        return self.market if is_whole else with_vacancies(self.market, row)

    def best(self, people: JobseekerColumns, k: int) -> Matches:
        """Return the `k` best vacancies of each person by the experts' score; none that went a moment ago."""
        layers, none = self.layers, np.zeros(len(self.layers.late), np.bool_)
        both = (self.market, layers.base, layers.is_gone.copy()), (self.late, layers.late, none)
        while True:
            parts = []
            for market, ids, is_gone in both:
                found = top_of_those_left(market.with_jobseekers(people), k, is_gone)
                parts.append(replace(found, vacancy=np.searchsorted(self.ids, ids[found.vacancy])))
            found = best_per_jobseeker(parts, k)
            went = self.missing(self.ids[np.unique(found.vacancy)])
            if not len(went):
                return found
            for _market, ids, is_gone in both:
                is_gone |= np.isin(ids, went)

    def still(self, places: Numbers) -> Numbers:
        """Return which of some places are of vacancies that one can answer."""
        return places[~np.isin(self.ids[places], self.missing(self.ids[places]))]


def met(asked: Market, people: JobseekerColumns) -> Found:
    """Return all the people whom some vacancies suit."""
    found = top_jobseekers(asked.with_jobseekers(people), max(1, len(people)))
    return Found(found.jobseeker, found.vacancy, found.score, found.tier)


@dataclass(frozen=True)
class LayeredPeople(People):
    """People in two layers; `columns` are those of the base, which kernels find from the vacancies' side."""

    late: JobseekerColumns
    layers: Layers
    missing: Missing
    # Those of the base laid out for the kernels, before the last base of vacancies.
    indexes: "WeakKeyDictionary[Market, ReverseIndex]"

    @classmethod
    def of(cls, records: Iterable[Mapping[int, JobseekerRecord]], missing: Missing) -> Self:
        """Lay a base out of records by their numbers."""
        ids, columns = laid_in_order(jobseeker_columns, records)
        none = jobseeker_columns([])
        return cls(ids, columns, none, Layers.of(ids, (), ()), missing, WeakKeyDictionary())

    def beside(self, records: Mapping[int, JobseekerRecord], gone: Collection[int]) -> Self:
        """Put who is late beside the base, of which some rows count no more."""
        layers = Layers.of(self.layers.base, records, gone)
        late = jobseeker_columns(records[pk] for pk in layers.late.tolist())
        return replace(self, ids=layers.ids, late=late, layers=layers)

    def take(self, places: Numbers | None = None) -> JobseekerColumns:
        """Return the columns of the people at some places, or of all."""
        row, late_row, order = self.layers.rows(places)
        both = take_rows(self.columns, row), take_rows(self.late, late_row)
        return take_rows(joined_columns(both), order)

    def best(self, work: Work, k: int, only: Numbers | None) -> Found:
        """Return the `k` best people of some vacancies, or of all, in any order; none who left a moment ago."""
        asked, layers = work.cut(only), self.layers
        found = self._suited(asked, work.market)
        found = found.where(~layers.is_gone[found.person])
        late = met(asked, self.late)
        both = (layers.base[found.person], found), (layers.late[late.person], late)
        found = joined([replace(one, person=np.searchsorted(self.ids, ids)) for ids, one in both])
        found = found.where(~np.isin(self.ids[found.person], self.missing(self.ids[np.unique(found.person)])))
        found = found.where(np.lexsort((found.person, -found.score, found.work)))
        found = found.where(turn_within(found.work) < k)
        work_of = found.work if only is None else only[found.work]
        return rescored(work, self, replace(found, work=work_of))

    def _suited(self, asked: Market, base: Market) -> Found:
        """Return all of the base whom some vacancies suit, scored as before a base; tiers are told later."""
        if not AVAILABLE or len(self.columns) < MANY_PEOPLE:
            return met(asked, self.columns)
        from visavis.engine.fast.reverse import ReverseIndex  # noqa: PLC0415  (it needs the extra)

        if base not in self.indexes:
            self.indexes[base] = ReverseIndex(base.with_jobseekers(self.columns), LEAST_SCORE)
        vacancy, person, score = self.indexes[base].find(asked, np.arange(len(asked.vacancies)))
        return Found(person, vacancy, score, np.zeros(len(score), np.uint8))
