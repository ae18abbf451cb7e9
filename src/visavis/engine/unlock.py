"""What one change would open for a jobseeker: vacancies one constraint away, and the skill worth learning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from visavis.engine.arrays import BoolArray, IntArray
from visavis.engine.columns import JobseekerColumns
from visavis.engine.constraints import CONSTRAINTS
from visavis.engine.market import Market
from visavis.engine.pairs import Pairs
from visavis.engine.ragged import Ragged
from visavis.engine.related import only_related
from visavis.engine.rows import one_jobseeker
from visavis.engine.skill_gaps import all_gaps
from visavis.engine.vocabulary import CONDITIONS, CONTRACTS, LICENCES, UNKNOWN_DAY, codes

KM_STEPS = (5.0, 10.0, 20.0)
"""How much farther she might go, km."""

HOURS_STEPS = (5.0, 10.0)
"""How many hours a week more or fewer she might work."""

DAYS_STEPS = (7, 14, 30)
"""How many days earlier she might start."""

PAY_STEPS = (0.5, 1.0, 2.0)
"""How much lower her lowest pay might be, € an hour."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """One change and what it opens.

    Attributes
    ----------
    kind : str
        ``radius``, ``licence``, ``language``, ``contract``, ``condition``, ``pay``, ``start``,
        ``hours_more`` or ``hours_fewer``.
    code : str
        The licence, language, contract or condition; empty for the others.
    amount : float
        Kilometres, CEFR level to reach, € an hour, days or hours; 0 for the others.
    count : int
        Vacancies that become feasible and are related, none of which was feasible before.
    vacancies : tuple of int
        The first of them by number, `examples` at most.
    """

    kind: str
    code: str
    amount: float
    count: int
    vacancies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SkillGain:
    """An essential skill she lacks and what it adds.

    Attributes
    ----------
    code : str
        The skill.
    gain : float
        Logits it adds, summed over the vacancies of her list that ask for it.
    vacancies : tuple of int
        Those of the list that gain, in the order of the list.
    """

    code: str
    gain: float
    vacancies: tuple[int, ...]


def unlocks(market: Market, jobseeker: int, *, examples: int = 3) -> list[Unlock]:
    """List the single changes that open at least one more vacancy.

    A change touches one constraint only, so the vacancies it may open are those that break this one alone;
    for these the constraint is computed again on the changed row.

    Parameters
    ----------
    market : Market
    jobseeker : int
        Row of the market's columns.
    examples : int
        How many vacancies to name for each change, at least 0.

    Returns
    -------
    list of Unlock
        The most opening first, then the smaller change, then by kind and code.

    Examples
    --------
    >>> from visavis.engine.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["N4101"], licences=["B"])])
    >>> work = vacancy_columns([Vacancy(occupation="N4101", licences=["B", "C"])])
    >>> unlocks(Market(people, work, today=0), 0)
    [Unlock(kind='licence', code='C', amount=0.0, count=1, vacancies=(0,))]
    """
    vectors = None if market.vectors is None else market.vectors[0][jobseeker : jobseeker + 1]
    alone = market.with_jobseekers(one_jobseeker(market.jobseekers, jobseeker), vectors)
    blocked = _blocked_by_one(alone, market, jobseeker)
    found = []
    for constraint, vacancies in blocked.items():
        for change in _CHANGES[constraint](alone, vacancies):
            opened = vacancies[_holds(alone, change.row, constraint, vacancies)]
            if len(opened):
                first = tuple(opened[:examples].tolist())
                found.append(Unlock(change.kind, change.code, change.amount, len(opened), first))
    return sorted(found, key=lambda u: (-u.count, u.amount, u.kind, u.code))


def skill_gains(market: Market, jobseeker: int, vacancies: IntArray, *, examples: int = 3) -> list[SkillGain]:
    """List the essential skills she lacks by what each alone would add over a list, the most first.

    Parameters
    ----------
    market : Market
    jobseeker : int
        Row of the market's columns.
    vacancies : array of int64, shape (n,)
        Her list, from `top_vacancies`.
    examples : int
        How many vacancies to name for each skill, at least 0.

    Returns
    -------
    list of SkillGain
        Empty when she gave no skill. The skill is supposed held at level 2.
    """
    pairs = Pairs.of(market, np.full(len(vacancies), jobseeker), vacancies)
    pair, skill, gain = all_gaps(pairs)
    found = []
    for number in np.unique(skill).tolist():
        these = skill == number
        named = tuple(vacancies[pair[these]][:examples].tolist())
        found.append(SkillGain(str(market.skills[number]), float(gain[these].sum()), named))
    return sorted(found, key=lambda g: (-g.gain, g.code))


@dataclass(frozen=True, slots=True)
class _Change:
    kind: str
    code: str
    amount: float
    row: JobseekerColumns


def _blocked_by_one(alone: Market, market: Market, jobseeker: int) -> dict[str, IntArray]:
    """For each constraint the related vacancies that break it and no other."""
    everything = np.arange(len(market.vacancies))
    pairs = Pairs.of(alone, np.zeros_like(everything), everything)
    broken = {name: ~holds(pairs) for name, holds in CONSTRAINTS.items()}
    once = np.sum(list(broken.values()), axis=0) == 1
    near = only_related(pairs.where(once)).vacancy
    return {name: near[breaks[near]] for name, breaks in broken.items()}


def _holds(alone: Market, row: JobseekerColumns, constraint: str, vacancies: IntArray) -> BoolArray:
    pairs = Pairs.of(alone.with_jobseekers(row), np.zeros_like(vacancies), vacancies)
    return CONSTRAINTS[constraint](pairs)


def _radii(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    for km in KM_STEPS:
        yield _Change("radius", "", km, replace(row, radius_km=row.radius_km + km))


def _licences(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    asked = int(np.bitwise_or.reduce(alone.vacancies.licences[vacancies], initial=0))
    for code in codes(asked & ~int(row.licences[0]), LICENCES):
        bit = 1 << LICENCES.index(code)
        yield _Change("licence", code, 0.0, replace(row, licences=row.licences | bit))


def _languages(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row, asked = alone.jobseekers, alone.vacancies.languages.take(vacancies).values.tolist()
    levels = alone.vacancies.language_levels.take(vacancies).values.tolist()
    for code, level in sorted(set(zip(asked, levels, strict=True))):
        spoken = Ragged.from_lists([[*row.languages.row(0), code]])
        reached = Ragged.from_lists([[*row.language_levels.row(0), max(level, 1)]], np.int8)
        changed = replace(row, languages=spoken, language_levels=reached)
        yield _Change("language", code, float(max(level, 1)), changed)


def _contracts(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    for code in codes(~int(row.contracts[0]), CONTRACTS):
        bit = 1 << CONTRACTS.index(code)
        yield _Change("contract", code, 0.0, replace(row, contracts=row.contracts | bit))


def _conditions(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    for code in codes(int(row.avoided[0]), CONDITIONS):
        bit = 1 << CONDITIONS.index(code)
        yield _Change("condition", code, 0.0, replace(row, avoided=row.avoided & ~bit))


def _pays(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    for euros in PAY_STEPS:
        lower = np.maximum(row.lowest_pay - euros, 0.0)
        yield _Change("pay", "", euros, replace(row, lowest_pay=lower))


def _starts(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    for days in DAYS_STEPS:
        if row.available_on[0] != UNKNOWN_DAY:
            yield _Change("start", "", float(days), replace(row, available_on=row.available_on - days))


def _hours(alone: Market, vacancies: IntArray) -> Iterator[_Change]:
    row = alone.jobseekers
    for hours in HOURS_STEPS:
        fewer = np.maximum(row.hours_min - hours, 0.0)
        yield _Change("hours_more", "", hours, replace(row, hours_max=row.hours_max + hours))
        yield _Change("hours_fewer", "", hours, replace(row, hours_min=fewer))


_CHANGES: dict[str, Callable[[Market, IntArray], Iterator[_Change]]] = {
    "distance": _radii,
    "licences": _licences,
    "languages": _languages,
    "contract": _contracts,
    "conditions": _conditions,
    "pay": _pays,
    "start": _starts,
    "hours": _hours,
}
