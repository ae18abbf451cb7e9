"""Shares out of counts, with intervals that hold, and what is too uncertain to publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import norm

from visavis.privacy.arrays import BoolArray, FloatArray, IntArray
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts

type Target = Literal["population", "reporters"]
"""Whom an interval speaks of: everybody the reporters were drawn from, or the reporters themselves."""


@dataclass(frozen=True)
class Estimates:
    """What is known of each interest's share.

    Attributes
    ----------
    reports : int
        How many reports, n.
    share : array of float64, shape (k,)
        Without bias, so it may fall outside [0, 1]: add and compare these.
    low, high : array of float64, shape (k,)
        The interval, in [0, 1]: show these.
    """

    reports: int
    share: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def half_width(self) -> FloatArray:
        """Half of each interval; 0.5 when nothing is known."""
        half: FloatArray = (self.high - self.low) / 2
        return half

    @property
    def shown(self) -> FloatArray:
        """Shares drawn into [0, 1], for people's eyes."""
        return np.clip(self.share, 0.0, 1.0)


def shares(counts: Counts) -> FloatArray:
    """Return (count/n - q) / (p - q) of each interest: the share, without bias.

    E[count/n] = f·p + (1 - f)·q, where f is the share of padded sets that hold the item.

    References
    ----------
    T. Wang, J. Blocki, N. Li, S. Jha, "Locally differentially private protocols for frequency estimation", USENIX
    Security 2017, equation 2, for any pure protocol.
    """
    one = counts.mechanism
    found: FloatArray = (counts.items[: one.k] / counts.reports - one.q) / (one.p - one.q)
    return found


def variance(mechanism: PrivSet, target: Target = "population") -> tuple[float, float, float]:
    """Return a, b, c: the variance of one report's estimate is a + b·f + c·f² for an interest of share f.

    For the reporters only the mechanism is drawn by chance: f·p(1-p) + (1-f)·q(1-q). For the population, so are the
    reporters, which adds f(1-f)(p-q)²: the count is then binomial, r(1-r) with r = q + f(p-q). Both over (p-q)².
    The term of f is not small: with q alone, at ε = 3, intervals of liked interests would be a third too short.
    """
    p, q = mechanism.p, mechanism.q
    gap = p - q
    constant, slope = q * (1 - q), p * (1 - p) - q * (1 - q)
    if target == "reporters":
        return constant / gap**2, slope / gap**2, 0.0
    return constant / gap**2, slope / gap**2 + 1.0, -1.0


def estimate(
    counts: Counts | Sequence[Counts],
    *,
    confidence: float = 0.95,
    among: int = 1,
    target: Target = "population",
) -> Estimates:
    """Estimate each interest's share, of reports drawn in one way or in several.

    The interval holds every share f whose expected count lies within z deviations of what was counted, with the
    deviation that f itself gives: Wilson's score interval, carried over to f.

    Parameters
    ----------
    counts : Counts, or a sequence of them
        Several when ε or the size of a report changed from one period to the next; all of one table of interests.
        Each weighs by its precision for a rare interest, which depends on the mechanism and n alone: a weight that
        looked at the counts would bring a bias.
    confidence : float
        Chance that one interval, or all of them with `among`, hold the true share.
    among : int
        How many intervals are read together (Bonferroni); 1 for each by itself.
    target : "population" or "reporters"
        Whom the interval speaks of; see `variance`.

    Raises
    ------
    ValueError
        When the tables of interests differ in length, or nothing is counted.

    References
    ----------
    E. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927.
    """
    every = [counts] if isinstance(counts, Counts) else [one for one in counts if one.reports]
    if len({one.mechanism.k for one in every}) != 1:
        raise ValueError("counts of one table of interests, at least one")
    k = every[0].mechanism.k
    reports = sum(one.reports for one in every)
    if not reports:
        return Estimates(0, np.zeros(k), np.zeros(k), np.ones(k))
    precision = np.array([one.reports / one.mechanism.variance_if_rare for one in every])
    weights = precision / precision.sum()
    share = np.sum([weight * shares(one) for weight, one in zip(weights, every, strict=True)], axis=0)
    terms = np.array([np.array(variance(one.mechanism, target)) / one.reports for one in every])
    low, high = _score_interval(share, weights**2 @ terms, _deviations(confidence, among))
    return Estimates(reports, share, low, high)


def _deviations(confidence: float, among: int) -> float:
    """Return z: how many deviations an interval goes to each side."""
    return float(norm.isf((1 - confidence) / (2 * among)))


def _score_interval(share: FloatArray, terms: FloatArray, z: float) -> tuple[FloatArray, FloatArray]:
    """Return the two f where (share - f)² = z²·(a + b·f + c·f²), drawn into [0, 1]."""
    a, b, c = z**2 * terms
    middle = 2 * share + b
    root = np.sqrt(np.maximum(0.0, middle**2 - 4 * (1 - c) * (share**2 - a)))
    low, high = (middle - root) / (2 * (1 - c)), (middle + root) / (2 * (1 - c))
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


@dataclass(frozen=True)
class Rule:
    """What may be published: shares known within `widest` to each side, of at least `fewest` reports."""

    widest: float = 0.05
    fewest: int = 1000
    confidence: float = 0.95


def may_be_published(found: Estimates, rule: Rule) -> BoolArray:
    """Return which interests are known well enough."""
    return (found.half_width <= rule.widest) & (found.reports >= rule.fewest)


def reports_needed(mechanism: PrivSet, share: float, rule: Rule) -> int:
    """Return how many reports make an interval about that share narrow enough.

    >>> reports_needed(PrivSet.best(k=128, m=5, epsilon_thousandths=1000), 0.1, Rule(widest=0.02))
    197990
    """
    a, b, c = variance(mechanism)
    z = _deviations(rule.confidence, 1)
    return max(rule.fewest, int(np.ceil(z**2 * (a + b * share + c * share**2) / rule.widest**2)))


def more_needed(found: Estimates, mechanism: PrivSet, rule: Rule) -> IntArray:
    """Return how many more reports each interest needs before it may be published: 0 for those that may.

    Reckoned at the share of its interval that needs most, so that it is rather too many than too few.
    """
    worst = _worst(found, mechanism)
    needed = np.array([reports_needed(mechanism, float(share), rule) for share in worst], dtype=np.int64)
    missing: IntArray = np.maximum(1, needed - found.reports)
    return np.where(may_be_published(found, rule), 0, missing)


def _worst(found: Estimates, mechanism: PrivSet) -> FloatArray:
    """Return the share in each interval whose variance is largest."""
    _a, b, c = variance(mechanism)
    worst: FloatArray = np.clip(-b / (2 * c), found.low, found.high)
    return worst


def difference(one: Estimates, other: Estimates) -> Estimates:
    """Return share - share of two groups of people, its interval made of theirs; in [-1, 1].

    Give both with `among=k` to find what stands out among all interests.

    References
    ----------
    R. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine
    1998, method 10.
    """
    gap = one.share - other.share
    down = np.hypot(one.share - one.low, other.high - other.share)
    up = np.hypot(one.high - one.share, other.share - other.low)
    low, high = np.clip(gap - down, -1.0, 1.0), np.clip(gap + up, -1.0, 1.0)
    return Estimates(min(one.reports, other.reports), gap, low, high)


def sway_of_one(mechanism: PrivSet) -> float:
    """Return how many persons' worth a false report can add to the interests it names: (1 - q) / (p - q).

    >>> round(sway_of_one(PrivSet.best(k=128, m=5, epsilon_thousandths=1000)), 1)
    18.8
    """
    return (1 - mechanism.q) / (mechanism.p - mechanism.q)
