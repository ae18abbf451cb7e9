"""Single changes of one person's row: what she might hold, accept or learn; one generator for each kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from visavis.engine.arrays import AnyArray, IntArray
from visavis.engine.facts.columns import JobseekerColumns
from visavis.engine.facts.occupations import JOINT
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, UNKNOWN_DAY, codes
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged
from visavis.engine.score.skill_gaps import AUTONOMOUS

KM_STEPS = (5.0, 10.0, 20.0)
"""How much farther she might go, km."""

HOURS_STEPS = (5.0, 10.0)
"""How many hours a week more or fewer she might work."""

DAYS_STEPS = (7, 14, 30)
"""How many days earlier she might start."""

PAY_STEPS = (0.5, 1.0, 2.0)
"""How much lower her lowest pay might be, € an hour."""

TOUCHED: dict[str, tuple[str, ...]] = {
    "radius": ("distance",),
    "language": ("languages",),
    "pay": ("pay",),
    "skill": ("skills", "wished_skills", "ideal"),
    "occupation": ("occupation",),
}
"""The parts of the score that a kind of change moves in pairs that were feasible before; none for the others."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, code and amount as in `unlock.Unlock`, and what stands with it in columns of her row."""

    kind: str
    code: str
    amount: float
    columns: Mapping[str, Any]


def with_skills(row: JobseekerColumns, codes: Iterable[str]) -> Iterator[Change]:
    """Let her hold one of some skills that she lacks, at the level at which it is supposed to be learnt."""
    held, levels = row.skills.row(0), row.skill_levels.row(0)
    offsets = np.array([0, len(held) + 1])
    skill_levels = Ragged(np.append(levels, np.int8(AUTONOMOUS)).astype(np.int8), offsets)
    for code in codes:
        skills = Ragged(np.append(held, code), offsets)
        yield Change("skill", code, 0.0, {"skills": skills, "skill_levels": skill_levels})


def with_wish(row: JobseekerColumns, code: str) -> Change:
    """Let her want one more occupation, after all others."""
    return Change("occupation", code, 0.0, {"wishes": Ragged.from_lists([[*row.wishes.row(0), code]])})


def neighbours(market: Market, wishes: AnyArray) -> list[str]:
    """List the occupations of the vacancies that people go to from those she wants, which she did not name."""
    wanted = set(wishes.tolist())
    known = set(JOINT.join(market.occupations.tolist()).split(JOINT))
    return sorted({to for origin, to in market.links if origin in wanted} & known - wanted)


def _radii(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    for km in KM_STEPS:
        yield Change("radius", "", km, {"radius_km": row.radius_km + km, "reach_km": row.reach_km + km})


def _licences(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    asked = int(np.bitwise_or.reduce(alone.vacancies.licences[vacancies], initial=0))
    for code in codes(asked & ~int(row.licences[0]), LICENCES):
        bit = 1 << LICENCES.index(code)
        yield Change("licence", code, 0.0, {"licences": row.licences | bit})


def _languages(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row, asked = alone.jobseekers, alone.vacancies.languages.take(vacancies).values.tolist()
    levels = alone.vacancies.language_levels.take(vacancies).values.tolist()
    for code, level in sorted(set(zip(asked, levels, strict=True))):
        spoken = Ragged.from_lists([[*row.languages.row(0), code]])
        reached = Ragged.from_lists([[*row.language_levels.row(0), max(level, 1)]], np.int8)
        speaking = {"languages": spoken, "language_levels": reached}
        yield Change("language", code, float(max(level, 1)), speaking)


def _contracts(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    offered = int(np.bitwise_or.reduce(alone.vacancies.contract[vacancies], initial=0))
    for code in codes(offered & ~int(row.contracts[0]), CONTRACTS):
        bit = 1 << CONTRACTS.index(code)
        yield Change("contract", code, 0.0, {"contracts": row.contracts | bit})


def _conditions(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    asked = int(np.bitwise_or.reduce(alone.vacancies.conditions[vacancies], initial=0))
    for code in codes(asked & int(row.avoided[0]), CONDITIONS):
        bit = 1 << CONDITIONS.index(code)
        yield Change("condition", code, 0.0, {"avoided": row.avoided & ~bit})


def _pays(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    for euros in PAY_STEPS:
        lower = np.maximum(row.lowest_pay - euros, 0.0)
        yield Change("pay", "", euros, {"lowest_pay": lower})


def _starts(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    for days in DAYS_STEPS:
        if row.available_on[0] != UNKNOWN_DAY:
            yield Change("start", "", float(days), {"available_on": row.available_on - days})


def _hours(alone: Market, vacancies: IntArray) -> Iterator[Change]:
    row = alone.jobseekers
    for hours in HOURS_STEPS:
        fewer = np.maximum(row.hours_min - hours, 0.0)
        yield Change("hours_more", "", hours, {"hours_max": row.hours_max + hours})
        yield Change("hours_fewer", "", hours, {"hours_min": fewer})


BY_CONSTRAINT: dict[str, Callable[[Market, IntArray], Iterator[Change]]] = {
    "distance": _radii,
    "licences": _licences,
    "languages": _languages,
    "contract": _contracts,
    "conditions": _conditions,
    "pay": _pays,
    "start": _starts,
    "hours": _hours,
}
"""For each constraint the changes that may satisfy it, given the person alone and the vacancies that break it."""
