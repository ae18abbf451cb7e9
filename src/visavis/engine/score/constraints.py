"""The hard constraints: a pair is refused only when both sides are known and clash.

One function per constraint; each takes pairs and returns, for each, whether it may stand, shape (n,).
"""

from collections.abc import Callable

import numpy as np

from visavis.engine.arrays import BoolArray
from visavis.engine.facts.geo import TOLERANCE_KM
from visavis.engine.facts.vocabulary import UNKNOWN_DAY
from visavis.engine.ragged import expand
from visavis.engine.score.pairs import Pairs


def within_reach(pairs: Pairs) -> BoolArray:
    """The nearest the place can be is within her reach, or the work is remote."""
    market = pairs.market
    reach = market.jobseekers.reach_km[pairs.jobseeker]
    nearest = pairs.distance_km - market.vacancies.place_radius_km[pairs.vacancy]
    return market.vacancies.is_remote[pairs.vacancy] | ~(nearest > reach + TOLERANCE_KM)


def contract_accepted(pairs: Pairs) -> BoolArray:
    """The kind of contract is one she accepts."""
    accepted = pairs.market.jobseekers.contracts[pairs.jobseeker]
    offered = pairs.market.vacancies.contract[pairs.vacancy]
    clash: BoolArray = ((accepted & offered) == 0) & (accepted != 0) & (offered != 0)
    return ~clash


def hours_overlap(pairs: Pairs) -> BoolArray:
    """The two ranges of weekly hours meet."""
    hers, theirs = pairs.market.jobseekers, pairs.market.vacancies
    too_few = theirs.hours_max[pairs.vacancy] < hers.hours_min[pairs.jobseeker]
    too_many = theirs.hours_min[pairs.vacancy] > hers.hours_max[pairs.jobseeker]
    return ~(too_few | too_many)


def licences_held(pairs: Pairs) -> BoolArray:
    """She holds every licence required, or has not said which she holds."""
    people = pairs.market.jobseekers
    missing = pairs.market.vacancies.licences[pairs.vacancy] & ~people.licences[pairs.jobseeker]
    clash: BoolArray = (missing != 0) & people.licences_known[pairs.jobseeker]
    return ~clash


def languages_spoken(pairs: Pairs) -> BoolArray:
    """She speaks every language required at its level, or has not said which she speaks."""
    market = pairs.market
    asked = market.vacancies.languages
    concerned = asked.lengths()[pairs.vacancy] > 0
    concerned &= market.jobseekers.languages.lengths()[pairs.jobseeker] > 0
    spoken = np.ones(len(pairs), np.bool_)
    some = np.flatnonzero(concerned)
    positions, owner = expand(asked.offsets, pairs.vacancy[some])
    level = market.jobseeker_language[pairs.jobseeker[some][owner], market.vacancy_language[positions]]
    short = level < market.vacancies.language_levels.values[positions]
    spoken[some[owner[short]]] = False
    return spoken


def start_possible(pairs: Pairs) -> BoolArray:
    """A start still to come is not before the day she is available; as soon as possible always waits."""
    start = pairs.market.fixed_start[pairs.vacancy]
    available = pairs.market.jobseekers.available_on[pairs.jobseeker]
    clash: BoolArray = (start < available) & (start != UNKNOWN_DAY)
    return ~clash


def pay_enough(pairs: Pairs) -> BoolArray:
    """The best pay named is not under the lowest she takes."""
    return ~(pairs.market.offered_pay[pairs.vacancy] < pairs.market.jobseekers.lowest_pay[pairs.jobseeker])


def conditions_accepted(pairs: Pairs) -> BoolArray:
    """The work has no condition she avoids."""
    avoided = pairs.market.jobseekers.avoided[pairs.jobseeker]
    clash: BoolArray = (pairs.market.vacancies.conditions[pairs.vacancy] & avoided) != 0
    return ~clash


CONSTRAINTS: dict[str, Callable[[Pairs], BoolArray]] = {
    "contract": contract_accepted,
    "licences": licences_held,
    "conditions": conditions_accepted,
    "pay": pay_enough,
    "hours": hours_overlap,
    "start": start_possible,
    "languages": languages_spoken,
    "distance": within_reach,
}
"""All of them by name, the cheapest first."""


def only_feasible(pairs: Pairs) -> Pairs:
    """Keep the feasible pairs, each constraint looking only at what the ones before it left."""
    for holds in CONSTRAINTS.values():
        pairs = pairs.where(holds(pairs))
    return pairs
