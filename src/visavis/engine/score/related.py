"""Which feasible pairs have anything to do with each other: a nurse is not sent to a mason's job."""

import numpy as np

from visavis.engine.arrays import BoolArray
from visavis.engine.facts.occupations import DOMAIN
from visavis.engine.score.pairs import Pairs
from visavis.engine.weights import TITLE_RELATED


def related(pairs: Pairs) -> BoolArray:
    """Tell which pairs are related, shape (n,).

    A pair is related when the occupation stands at least in the domain of one she wants (of one she worked
    in, when she wants none), or she holds an essential skill, or a text of hers is close to the title.
    When one side has told nothing to compare, nothing separates the two and the pair is related as well.
    """
    found = by_occupation(pairs) | _nothing_told(pairs)
    rest = np.flatnonzero(~found)
    found[rest] = _by_skill_or_title(pairs.at(rest))
    return found


def only_related(pairs: Pairs) -> Pairs:
    """Keep the related pairs."""
    return pairs.where(related(pairs))


def by_occupation(pairs: Pairs) -> BoolArray:
    """Tell where the occupation is in the domain of one of hers, or nearer; shape (n,)."""
    occupation = pairs.market.vacancy_occupation[pairs.vacancy]
    if len(pairs.market.occupations) == 0:
        return np.zeros(len(pairs), np.bool_)
    return (pairs.people.fit.relation[pairs.local, occupation] >= DOMAIN) & (occupation >= 0)


def _nothing_told(pairs: Pairs) -> BoolArray:
    people, market = pairs.people, pairs.market
    person_told = people.has_wish | people.has_work | people.has_skill | people.has_text
    vacancy_told = (
        (market.vacancy_occupation >= 0) | (market.essential.lengths() > 0) | market.titles.is_worded
    )
    return ~person_told[pairs.local] | ~vacancy_told[pairs.vacancy]


def _by_skill_or_title(pairs: Pairs) -> BoolArray:
    found = pairs.essential.shared > 0
    rest = np.flatnonzero(~found)
    found[rest] = pairs.at(rest).similarity >= TITLE_RELATED
    return found
