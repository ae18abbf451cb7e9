"""Shares out of counts, with intervals that hold, and what is too uncertain to publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy

from visavis.privacy.arrays import BoolArray, FloatArray, IntArray
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts

type Target = Literal["population", "reporters"]
"""Whom an interval speaks of: everybody the reporters were drawn from, or the reporters themselves."""


@dataclass(frozen=True)
class Estimates:
    """What is known of each interest's share."""

    reports: int  # how many reports, n
    share: FloatArray  # (k,): without bias, so it may fall outside [0, 1]: add and compare these
    low: FloatArray  # (k,): the interval, in [0, 1]: show these
    high: FloatArray  # (k,)
    half_width: FloatArray  # (k,): half of the interval before it was drawn into [0, 1]
    variance: tuple[float, float, float]  # a, b, c: an estimate of a share f has the variance a + b·f + c·f²

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
        return Estimates(0, np.zeros(k), np.zeros(k), np.ones(k), np.full(k, np.inf), (np.inf, 0.0, 0.0))
    precision = np.array([one.reports / one.mechanism.variance_if_rare for one in every])
    weights = precision / precision.sum()
    share = np.sum([weight * shares(one) for weight, one in zip(weights, every, strict=True)], axis=0)
    terms = np.array([np.array(variance(one.mechanism, target)) / one.reports for one in every])
    a, b, c = (float(term) for term in weights**2 @ terms)
    low, high = _score_interval(share, (a, b, c), _deviations(confidence, among))
    inside = np.clip([low, high], 0.0, 1.0)
    return Estimates(reports, share, inside[0], inside[1], (high - low) / 2, (a, b, c))


def _deviations(confidence: float, among: int) -> float:
    """Return z: how many deviations an interval goes to each side."""
    return -float(scipy.special.ndtri((1 - confidence) / (2 * among)))


def _score_interval(
    share: FloatArray, terms: tuple[float, float, float], z: float
) -> tuple[FloatArray, FloatArray]:
    """Return the two f where (share - f)² = z²·(a + b·f + c·f²)."""
    a, b, c = (z**2 * term for term in terms)
    middle = 2 * share + b
    root = np.sqrt(np.maximum(0.0, middle**2 - 4 * (1 - c) * (share**2 - a)))
    return (middle - root) / (2 * (1 - c)), (middle + root) / (2 * (1 - c))


@dataclass(frozen=True)
class Rule:
    """What may be published."""

    widest: float = 0.05  # the most that an interval may reach to each side
    # up to this share, whether an interest is published depends on how many reported, not on what they said.
    # To choose by the interval found would choose the shares that chance made low, whose intervals are the
    # narrowest: of those published, 91 in a hundred would hold the truth and not 95 (a test measures it).
    liked: float = 0.25
    fewest: int = 1000  # reports below which nothing is published
    confidence: float = 0.95  # of the intervals

    @property
    def most_variance(self) -> float:
        """The variance of a share whose interval is just narrow enough."""
        return (self.widest / _deviations(self.confidence, 1)) ** 2


def _variance_at(terms: tuple[float, float, float], share: FloatArray | float) -> FloatArray:
    a, b, c = terms
    return np.asarray(a + b * share + c * share**2)


def may_be_published(found: Estimates, rule: Rule) -> BoolArray:
    """Return which interests are known well enough; shape (k,)."""
    if found.reports < rule.fewest or _variance_at(found.variance, rule.liked) > rule.most_variance:
        return np.zeros(len(found.share), dtype=np.bool_)
    return found.half_width <= rule.widest


def reports_needed(mechanism: PrivSet, rule: Rule, share: float | None = None) -> int:
    """Return how many reports it takes to publish interests liked by that share, or by `rule.liked` at most.

    >>> reports_needed(PrivSet.best(k=128, m=5, epsilon_thousandths=1000), Rule(widest=0.05))
    35695
    """
    one = _variance_at(variance(mechanism), rule.liked if share is None else share)
    return max(rule.fewest, int(np.ceil(one / rule.most_variance)))


def more_needed(found: Estimates, mechanism: PrivSet, rule: Rule) -> IntArray:
    """Return about how many more reports each interest needs before it may be published: 0 for those that may.

    What is known already counts with its precision, also when it was drawn in another way. Interests that are surely
    liked by more than `rule.liked` need more.
    """
    share = np.maximum(rule.liked, found.low)
    known = 1 / _variance_at(found.variance, share)
    more = np.ceil(_variance_at(variance(mechanism), share) * (1 / rule.most_variance - known))
    missing = np.maximum(more, max(1, rule.fewest - found.reports)).astype(np.int64)
    return np.where(may_be_published(found, rule), 0, missing)


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
    half = np.hypot(one.half_width, other.half_width)
    a, b, c = (float(x + y) for x, y in zip(one.variance, other.variance, strict=True))
    return Estimates(min(one.reports, other.reports), gap, low, high, half, (a, b, c))


def sway_of_one(mechanism: PrivSet) -> float:
    """Return how many persons' worth a false report can add to the interests it names: (1 - q) / (p - q).

    >>> round(sway_of_one(PrivSet.best(k=128, m=5, epsilon_thousandths=1000)), 1)
    18.8
    """
    return (1 - mechanism.q) / (mechanism.p - mechanism.q)
