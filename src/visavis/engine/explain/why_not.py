"""Why a pair is not proposed: the constraints it breaks, with what each side says."""

from dataclasses import dataclass

import numpy as np

from visavis.engine.facts.occupations import jobs
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, codes
from visavis.engine.market.market import Market
from visavis.engine.score.constraints import CONSTRAINTS
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.related import related

type Said = float | tuple[str, ...]
"""What a side says: a number in the unit of its column, or codes (a language as ``en:3``)."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One reason why not."""

    kind: str  # a key of `CONSTRAINTS`, or ``unrelated`` when no constraint concerns it
    # ``distance``: her reach and least distance, km. ``contract``: kinds accepted, kind
    # offered. ``hours``: hours a week, the bound of each that do not meet. ``licences``: held, missing.
    # ``languages``: spoken, those missing or short. ``start``: days since 1970-01-01, available and start.
    # ``pay``: gross € an hour, lowest taken and best named. ``conditions``: avoided, those the work has of
    # them. ``unrelated``: occupations wanted (else worked in), occupation.
    hers: Said
    theirs: Said


def why_not(market: Market, jobseeker: int, vacancy: int) -> list[Clash]:
    """List what keeps a pair from being proposed.

    Parameters
    ----------
    market : Market
    jobseeker, vacancy : int
        Rows of the market's columns.

    Returns
    -------
    list of Clash
        Empty when the pair may be proposed.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(licences=[], lowest_pay=14.0)])
    >>> market = Market(people, vacancy_columns([Vacancy(licences=["B"], pay_max=12.5)]), today=0)
    >>> for clash in why_not(market, 0, 0):
    ...     print(clash.kind, clash.hers, clash.theirs)
    licences () ('B',)
    pay 14.0 12.5
    """
    pairs = Pairs.of(market, np.array([jobseeker]), np.array([vacancy]))
    clashes = [
        Clash(kind, *_SAID[kind](pairs, jobseeker, vacancy))
        for kind, holds in CONSTRAINTS.items()
        if not holds(pairs)[0]
    ]
    if not related(pairs)[0]:
        clashes.append(Clash("unrelated", *_occupations(pairs, jobseeker, vacancy)))
    return clashes


def _contract(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    people, work = pairs.market.jobseekers, pairs.market.vacancies
    return codes(int(people.contracts[i]), CONTRACTS), codes(int(work.contract[j]), CONTRACTS)


def _licences(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    held, asked = int(pairs.market.jobseekers.licences[i]), int(pairs.market.vacancies.licences[j])
    return codes(held, LICENCES), codes(asked & ~held, LICENCES)


def _conditions(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    avoided, has = int(pairs.market.jobseekers.avoided[i]), int(pairs.market.vacancies.conditions[j])
    return codes(avoided, CONDITIONS), codes(avoided & has, CONDITIONS)


def _pay(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    return float(pairs.market.jobseekers.lowest_pay[i]), float(pairs.market.offered_pay[j])


def _hours(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    people, work = pairs.market.jobseekers, pairs.market.vacancies
    if work.hours_max[j] < people.hours_min[i]:
        return float(people.hours_min[i]), float(work.hours_max[j])
    return float(people.hours_max[i]), float(work.hours_min[j])


def _start(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    return float(pairs.market.jobseekers.available_on[i]), float(pairs.market.fixed_start[j])


def _languages(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    people, work = pairs.market.jobseekers, pairs.market.vacancies
    spoken = dict(zip(people.languages.row(i), people.language_levels.row(i), strict=True))
    asked = zip(work.languages.row(j), work.language_levels.row(j), strict=True)
    short = tuple(
        f"{code}:{level}"
        for code, level in asked
        if code not in spoken or (spoken[code] < level and spoken[code] != 0)
    )
    return tuple(f"{code}:{level}" for code, level in spoken.items()), short


def _distance(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    nearest = pairs.distance_km[0] - pairs.market.vacancies.place_radius_km[j]
    return float(pairs.market.jobseekers.reach_km[i]), float(nearest)


def _occupations(pairs: Pairs, i: int, j: int) -> tuple[Said, Said]:
    people = pairs.market.jobseekers
    hers = people.wishes.row(i) if pairs.people.has_wish[0] else people.experience.row(i)
    theirs = str(pairs.market.vacancies.occupation[j])
    return tuple(str(code) for code in hers if code), tuple(jobs(theirs))


_SAID = {
    "contract": _contract,
    "licences": _licences,
    "conditions": _conditions,
    "pay": _pay,
    "hours": _hours,
    "start": _start,
    "languages": _languages,
    "distance": _distance,
}
