"""The essential skills a person lacks for a vacancy, and what each alone would add to the score."""

from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.ideal.table import saturated
from visavis.engine.ragged import expand
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.score import ideal_earned, rounded, skills_of_share
from visavis.engine.weights import SKILL_LEVEL

AUTONOMOUS = 2
"""The level at which a skill is supposed to be learnt."""

GAPS_TOLD = 3
"""How many gaps are told for one pair."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill she lacks: its code, and the logits it would add to the score."""

    skill: str
    gain: float


def gaps(pairs: Pairs) -> list[list[Gap]]:
    """List for each pair the essential skills she lacks, the most gaining first, `GAPS_TOLD` at most.

    Who gave no skill has no known gap.
    """
    pair, skill, gain = all_gaps(pairs)
    order = np.lexsort((skill, -gain, pair))
    found: list[list[Gap]] = [[] for _ in range(len(pairs))]
    for n, s, g in zip(pair[order].tolist(), skill[order].tolist(), gain[order].tolist(), strict=True):
        if len(found[n]) < GAPS_TOLD:
            found[n].append(Gap(str(pairs.market.skills[s]), g))
    return found


def all_gaps(pairs: Pairs) -> tuple[IntArray, IntArray, FloatArray]:
    """List the essential skills lacking in all pairs.

    Returns
    -------
    pair, skill : array of int64, shape (gaps,)
        Place in `pairs` and number in `Market.skills`, each once.
    gain : array of float64, shape (gaps,)
        The skills part and the ideal part with the skill held at `AUTONOMOUS`, less both without; exact logits.
    """
    market = pairs.market
    told = np.flatnonzero(pairs.people.has_skill[pairs.local])
    positions, owner = expand(market.essential.offsets, pairs.vacancy[told])
    pair, skill = told[owner], market.essential.values[positions]
    lacking = pairs.people.skill_level[pairs.local[pair], skill] == 0
    named, times = np.unique(np.stack([pair[lacking], skill[lacking]]), axis=1, return_counts=True)
    pair, skill = named
    weight = market.rarity[skill] * times
    asked, held = pairs.essential.asked[pair], pairs.essential.held[pair]
    after = skills_of_share((held + weight * SKILL_LEVEL[AUTONOMOUS]) / asked)
    gain = rounded(after) - rounded(skills_of_share(held / asked))
    return pair, skill, gain + _ideal_gain(pairs, pair, skill)


def _ideal_gain(pairs: Pairs, pair: IntArray, skill: IntArray) -> FloatArray:
    """What each skill would add to the ideal part of its pair, shape (gaps,)."""
    table, market = pairs.market.ideal, pairs.market
    if len(table) == 0 or len(pair) == 0:
        return np.zeros(len(pair))
    before = ideal_earned(pairs)[pair]
    occupation = market.vacancy_occupation[pairs.vacancy[pair]]
    place = np.where(occupation >= 0, table.place[occupation], -1)
    worth = table.skills.worth(market.skills[skill], place)
    return rounded(saturated(before + worth)) - rounded(saturated(before))
