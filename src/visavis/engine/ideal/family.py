"""An occupation's traits drawn towards those of its family: few people say little, their neighbours help.

The log-odds of a trait in an occupation lie around the family's, the family's around 0:

    seen ~ N(true, variance),  true ~ N(family, between),  family ~ N(0, `IDEAL_PRIOR_VARIANCE`)

How far occupations of a family lie apart (`between`) is estimated from all the traits of the family at once,
with a few imagined comparisons added. Given it, all that follows is the exact posterior.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray
from visavis.engine.facts.records import Jobseeker
from visavis.engine.ideal.traits import (
    KINDS,
    LEAST_HOLDERS,
    LEAST_PEOPLE,
    Prior,
    Trait,
    credit,
    kind_of,
    light,
    log_odds_ratio,
    number_having,
    shrunk,
    wilson,
)

IMAGINED = 4
"""How many imagined comparisons, `IDEAL_FAMILY_VARIANCE` apart, are added to what the family shows."""

type Sides = tuple[Sequence[Jobseeker], Sequence[Jobseeker]]
"""The hired, and the others introduced."""


type Counts = tuple[int, int, int, int]
"""Of one trait: hired who have it, hired known, others who have it, others known."""


@dataclass(frozen=True)
class Family:
    """What a family of occupations says of each trait."""

    # counts and shares of all its people; `effect` is the family's, `credit` what an occupation of which
    # nothing else is known may take from it
    traits: list[Trait]
    # by trait: towards what an occupation is drawn. Only what two occupations at least were seen to have.
    priors: Mapping[str, Prior]
    between: float  # variance of the occupations around the family, squared logits, at least 0


def family(groups: Mapping[str, Sides], asked: Mapping[str, Set[str]] | None = None) -> Family:
    """Estimate what a family says from all the people of its occupations.

    Parameters
    ----------
    groups : mapping of str to (hired, others)
        By occupation of the family; in each, every person once.
    asked : mapping of str to set of str, optional
        By occupation: the skills (``skill:S0001``) it asks for; of others it says nothing. Without it, of all.

    Examples
    --------
    >>> kneads, sells = Jobseeker(skills=[("S1", 2)]), Jobseeker(skills=[("S2", 2)])
    >>> both = {code: ([kneads] * 6, [kneads] * 4 + [sells] * 16) for code in ("D1102", "D1104")}
    >>> found = family(both)
    >>> found.traits[0].code, found.traits[0].hired, round(found.traits[0].effect, 2)
    ('skill:S1', 12, 1.44)
    """
    counted = [
        _Sides.of(code, sides, None if asked is None else asked.get(code, frozenset()))
        for code, sides in groups.items()
    ]
    codes = {code: None for sides in counted for code in sides.codes}
    seen = {code: estimates([row for sides in counted if (row := sides.row(code))]) for code in codes}
    between = strength(list(seen.values()))
    found = []
    priors = {}
    for code in codes:
        counts = [sum(sides.counts(code)[place] for sides in counted) for place in range(4)]
        if len(seen[code][0]) > 1:
            mean, variance = centre(*seen[code], between)
            priors[code] = Prior(mean, variance, between)
        else:
            # Of one occupation only: told as that occupation tells it.
            mean, spread = shrunk(*log_odds_ratio(*counts))
            variance = spread * spread
        if counts[0] >= LEAST_HOLDERS and counts[1] >= LEAST_PEOPLE:
            found.append(_trait(code, counts, mean, sqrt(variance + between)))
    found.sort(key=lambda one: (KINDS.index(kind_of(one.code)), -one.share, one.code))
    return Family(found, priors, between)


def estimates(rows: Sequence[Counts]) -> tuple[FloatArray, FloatArray]:
    """Give the log-odds of one trait in each occupation, and their variances were there no difference.

    Each at the share of its own occupation: a trait common in one may be rare in another. With the variance of
    the difference seen, an estimate and its variance err together, and occupations seem closer to each other
    than they are: simulated intervals held 88 in a hundred instead of 95.

    Parameters
    ----------
    rows : sequence of (hired who have it, hired known, others who have it, others known)
        One an occupation; known at least 1 on both sides.

    Examples
    --------
    >>> [column.round(3).tolist() for column in estimates([(8, 10, 20, 100), (2, 10, 20, 100)])]
    [[2.592, 0.144], [0.528, 0.624]]
    """
    found = [light(*row) for row in rows]
    return np.array([value for value, _ in found]), np.array([variance for _, variance in found])


def centre(estimates: FloatArray, variances: FloatArray, between: float) -> tuple[float, float]:
    """Give the mean and variance of a family's effect, given how far its occupations lie apart.

    Parameters
    ----------
    estimates, variances : array of float64, shape (K,)
        Log-odds in each occupation, and their variances above 0.
    between : float
        At least 0.

    References
    ----------
    A. Gelman et al., "Bayesian data analysis", 3rd edition, 2013, equation 5.20, with a normal prior around
    0 in place of the flat one.

    Examples
    --------
    >>> [round(value, 4) for value in centre(np.array([1.0, 0.0]), np.array([0.25, 0.25]), 0.0)]
    [0.3333, 0.0833]
    """
    weight = 1.0 / (variances + between)
    precision = 1.0 / w.IDEAL_PRIOR_VARIANCE + float(weight.sum())
    return float(weight @ estimates) / precision, 1.0 / precision


def strength(rows: Sequence[tuple[FloatArray, FloatArray]]) -> float:
    """Estimate how far occupations of a family lie apart, from the estimates and variances of each trait.

    The estimate of Paule and Mandel, taken together with `IMAGINED` comparisons at `IDEAL_FAMILY_VARIANCE`: two
    occupations with a few traits say little of it.

    Examples
    --------
    >>> strength([]) == w.IDEAL_FAMILY_VARIANCE
    True
    """
    # A trait of which no occupation knows both sides has no estimate, and says nothing.
    freedom = sum(len(estimates) - 1 for estimates, _ in rows if len(estimates))
    if freedom == 0:
        return w.IDEAL_FAMILY_VARIANCE
    found = paule_mandel(rows)
    return (freedom * found + IMAGINED * w.IDEAL_FAMILY_VARIANCE) / (freedom + IMAGINED)


def paule_mandel(rows: Sequence[tuple[FloatArray, FloatArray]]) -> float:
    """Give the variance between groups at which the weighted squares are what chance would make them.

    Solves ``Σ (y - ȳ)² / (v + t) = Σ (k - 1)`` for t, over several sets of groups, each with its own ȳ; 0 when
    the squares are smaller from the start.

    Parameters
    ----------
    rows : sequence of (array, array)
        Estimates and variances above 0, one pair a trait.

    References
    ----------
    R. C. Paule, J. Mandel, "Consensus values and weighting factors", Journal of Research of the National Bureau
    of Standards 87 (1982), 377-385; as the empirical Bayes estimate of C. Morris, "Parametric empirical
    Bayes inference", JASA 78 (1983). The shrinkage it gives is that of B. Efron, C. Morris, "Data analysis
    using Stein's estimator and its generalizations", JASA 70 (1975), with unequal variances.

    Examples
    --------
    >>> round(paule_mandel([(np.array([0.0, 2.0]), np.array([0.5, 0.5]))]), 6)
    1.5
    """
    several = [(y, v) for y, v in rows if len(y) > 1]
    freedom = sum(len(y) - 1 for y, _ in several)

    def excess(between: float) -> float:
        return sum(_squares(y, v + between) for y, v in several) - freedom

    if not several or excess(0.0) <= 0:
        return 0.0
    above = 1.0
    while excess(above) > 0:
        above *= 2.0
    return float(scipy.optimize.brentq(excess, 0.0, above, xtol=1e-12))


def _squares(estimates: FloatArray, variances: FloatArray) -> float:
    weight = 1.0 / variances
    mean = float(weight @ estimates) / float(weight.sum())
    return float(weight @ (estimates - mean) ** 2)


@dataclass(frozen=True)
class _Sides:
    """How many have each trait on both sides of one occupation, and of how many each kind is known."""

    hired: Counter[str]
    hired_known: Counter[str]
    others: Counter[str]
    others_known: Counter[str]
    asked: Set[str] | None

    @classmethod
    def of(cls, occupation: str, sides: Sides, asked: Set[str] | None) -> "_Sides":
        hired, others = sides
        return cls(*number_having(hired, occupation), *number_having(others, occupation), asked)

    def speaks_of(self, code: str) -> bool:
        return self.asked is None or kind_of(code) != "skill" or code in self.asked

    @property
    def codes(self) -> list[str]:
        return sorted(code for code in {*self.hired, *self.others} if self.speaks_of(code))

    def counts(self, code: str) -> Counts:
        if not self.speaks_of(code):
            return 0, 0, 0, 0
        kind = kind_of(code)
        return self.hired[code], self.hired_known[kind], self.others[code], self.others_known[kind]

    def row(self, code: str) -> Counts | None:
        """Give the counts when something is known of the kind on both sides."""
        counts = self.counts(code)
        return counts if counts[1] and counts[3] else None


def _trait(code: str, counts: Sequence[int], effect: float, spread: float) -> Trait:
    have, known, others, others_known = counts
    low, high = wilson(have, known)
    introduced, introduced_known = have + others, known + others_known
    share = introduced / introduced_known
    return Trait(
        code, have, known, introduced, introduced_known, have / known, low, high, share, effect,
        credit(effect, spread),
    )  # fmt: skip
