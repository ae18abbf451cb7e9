"""A side of a large service: a base laid out once, and the few rows that changed since laid out beside it.

What day.py gets is a `Work` and a `People` like any other: numbers that rise, no row twice, none that went.
Until the base is laid out anew, a skill or a word is as rare as it was among the vacancies of the base.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from visavis.catalog.enums import SpokenLanguage
from visavis.catalog.models import Occupation, Skill
from visavis.matches.bridge import engine as bridge
from visavis.matches.bridge.engine import (
    Codes,
    Hearers,
    JobseekerColumns,
    JobseekerRecord,
    LayeredJobseekers,
    LayeredVacancies,
    Market,
    Matches,
    People,
    VacancyColumns,
    VacancyRecord,
    Work,
)
from visavis.matches.bridge.lists import Found, Numbers, turn_within

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
    columns = bridge.vacancy_columns(late[pk] for pk in numbers.tolist())
    layers = LayeredVacancies(base.market, base.ids, columns, numbers, replaced)
    return LayeredWork(layers.ids, layers.positions, base.market, base.scoring, layers, missing)


@dataclass(frozen=True)
class LayeredWork(Work):
    """Vacancies in two layers, numbered together; `market` is that of the base."""

    layers: LayeredVacancies
    missing: Missing

    def cut(self, places: Numbers | None = None) -> Market:
        """Return a market with nobody in it of the vacancies at some places, or of all, weighed as in the base."""
        return self.layers.cut(places)

    def best(self, people: JobseekerColumns, k: int) -> Matches:
        """Return the `k` best vacancies of each person by the experts' score; none that went a moment ago."""
        return self.layers.best(people, k, self.missing)

    def still(self, places: Numbers) -> Numbers:
        """Return which of some places are of vacancies that one can answer."""
        return places[~np.isin(self.ids[places], self.missing(self.ids[places]))]


# People ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BasePeople(People):
    """A base of people, who can hear vacancies as well."""

    hearers: Hearers


def base_people(ids: Numbers, columns: JobseekerColumns) -> BasePeople:
    """Lay a base of people out."""
    return BasePeople(ids, columns, Hearers(columns, bridge.LEAST_SCORE))


def prepare(people: People | None, work: Work | None) -> None:
    """Have a base of people hear the vacancies of a base before somebody waits for it."""
    if isinstance(people, BasePeople) and work is not None:
        people.hearers.before(work.market)


def layered_people(
    base: People, late: Mapping[int, JobseekerRecord], replaced: set[int], missing: Missing
) -> "LayeredPeople":
    """Put who is late beside a base of which some rows count no more."""
    assert isinstance(base, BasePeople)
    numbers = np.array(sorted(late), np.int64)
    columns = bridge.jobseeker_columns(late[pk] for pk in numbers.tolist())
    layers = LayeredJobseekers(base.hearers, base.ids, columns, numbers, replaced)
    return LayeredPeople(layers.ids, base.columns, layers, missing)


@dataclass(frozen=True)
class LayeredPeople(People):
    """People in two layers, numbered together; `columns` are those of the base."""

    layers: LayeredJobseekers
    missing: Missing

    def take(self, places: Numbers | None = None) -> JobseekerColumns:
        """Return the columns of the people at some places, or of all."""
        return self.layers.take(places)

    def best(self, work: Work, k: int, only: Numbers | None) -> Found:
        """Return the `k` best people of some vacancies, or of all, in any order; none who left a moment ago."""
        places = np.arange(len(work)) if only is None else only
        base = work.market if isinstance(work, LayeredWork) else None
        found = Found(*self.layers.suited(work.cut(places), base))
        found = found.where(~np.isin(self.ids[found.person], self.missing(self.ids[np.unique(found.person)])))
        found = found.where(np.lexsort((found.person, -found.score, found.work)))
        found = found.where(turn_within(found.work) < k)
        return bridge.rescored(work, self, replace(found, work=places[found.work]))
