"""The gap between two groups of people in one value: how large, how sure, and among people alike.

The unconditional gap is the difference of means. The conditional gap compares only people of the same
stratum (the same qualification, say), and weighs strata as Mantel and Haenszel do. For a rate it is their
risk difference; for a mean it is the coefficient of the group in a regression with one constant a stratum,
that is the unexplained part of Oaxaca and Blinder with pooled coefficients. These weights, rather than
the pooled distribution of people, because strata are thin: a stratum with one woman and a hundred men
would weigh a hundred and one there and make the whole gap hang on her, here it weighs about one. What is
left, unconditional less conditional, is what the composition of the groups explains (Kitagawa).
"""

from dataclasses import dataclass
from math import inf, isnan, nan, sqrt

import numpy as np
import scipy

from visavis.engine.arrays import BoolArray, FloatArray, IntArray

LEAST_PEOPLE = 10
"""A group of fewer people is never shown: neither its mean nor its gap."""

TOO_FEW, NONE_SEEN, SMALL, LARGE = "too_few", "none_seen", "small", "gap"
"""Verdicts: too few people to say; the interval holds 0; a gap under the margin; a gap."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A gap with its 95 % interval; all NaN when too few people stand on either side."""

    gap: float  # mean of the group less mean of the others, in the unit of the value
    low: float  # ends of the interval, in the same unit
    high: float
    share: float  # share of the two groups, in [0, 1], that stands in strata where both are found


UNKNOWN = Estimate(nan, nan, nan, nan)


def stratum_weights(ones: FloatArray, others: FloatArray) -> FloatArray:
    """Weigh strata by how much each tells of the gap; 0 where a group is absent.

    Parameters
    ----------
    ones, others : array of float64, shape (S,)
        How many people of each group stand in each stratum, at least 0.

    Returns
    -------
    array of float64, shape (S,)
        Half the harmonic mean of the two counts.

    References
    ----------
    W. G. Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10 (1954);
    N. Mantel, W. Haenszel, JNCI 22 (1959). As risk difference: S. Greenland, J. M. Robins, Biometrics 41
    (1985), equation 5. As regression weights: J. Angrist, Econometrica 66 (1998).

    Examples
    --------
    >>> stratum_weights(np.array([1.0, 10.0, 0.0]), np.array([100.0, 10.0, 7.0])).round(2).tolist()
    [0.99, 5.0, 0.0]
    """
    weights: FloatArray = ones * others / np.maximum(ones + others, 1.0)
    return weights


def gap_between(
    value: FloatArray, is_one: BoolArray, is_other: BoolArray, stratum: IntArray | None = None
) -> Estimate:
    """Estimate the gap between two groups, among all or among people of the same stratum.

    Parameters
    ----------
    value : array of float64, shape (N,)
        NaN when unknown: the person is left out.
    is_one, is_other : array of bool, shape (N,)
        The two groups; nobody is in both, some may be in neither.
    stratum : array of int64, shape (N,), optional
        Below 0 when unknown: the person is left out. Without it everybody is in one stratum.

    Returns
    -------
    Estimate
        Without strata, the interval is Welch's.

    Raises
    ------
    ValueError
        The arrays differ in length, or somebody is in both groups.

    Examples
    --------
    Within each stratum nobody earns less; the women stand more often in the lower one.

    >>> pay = np.array([10.0] * 30 + [20.0] * 30) + np.tile([0.0, 1.0], 30)
    >>> woman = np.arange(60) % 30 < np.repeat([20, 10], 30)
    >>> gap_between(pay, woman, ~woman).gap.__round__(2)
    -3.33
    >>> gap_between(pay, woman, ~woman, np.repeat([0, 1], 30)).gap.__round__(2)
    0.0
    """
    level = np.zeros(len(value), np.int64) if stratum is None else stratum
    _check(value, is_one, is_other, level)
    kept = (is_one | is_other) & np.isfinite(value) & (level >= 0)
    if not kept.any():
        return UNKNOWN
    y, one = value[kept], is_one[kept]
    _, place = np.unique(level[kept], return_inverse=True)
    ones = np.bincount(place, one.astype(np.float64))
    others = np.bincount(place) - ones
    shared = ((ones > 0) & (others > 0))[place]
    if min(int(one[shared].sum()), int((~one[shared]).sum())) < LEAST_PEOPLE:
        return UNKNOWN
    leaning = one - (ones / (ones + others))[place]
    amount = float(stratum_weights(ones, others).sum())
    gap = float(leaning @ y) / amount
    share = float(np.mean(shared))
    half = _half_width(_Fit(y[shared], one[shared], place[shared], leaning[shared], amount), gap)
    return Estimate(gap, gap - half, gap + half, share)


@dataclass(frozen=True)
class _Fit:
    """People in shared strata: value, side, stratum, side less its stratum's mean, and its sum of squares."""

    value: FloatArray
    is_one: BoolArray
    place: IntArray
    leaning: FloatArray
    amount: float


def _half_width(fit: _Fit, gap: float) -> float:
    """Return half the 95 % interval: HC2 variance, Satterthwaite's degrees of freedom.

    With one stratum HC2 is s²/n of each side and the whole is Welch's interval.

    References
    ----------
    J. G. MacKinnon, H. White, J. Econometrics 29 (1985), HC2; B. L. Welch, Biometrika 34 (1947).
    """
    counts = np.maximum(np.bincount(fit.place), 1)
    left = fit.value - gap * fit.leaning
    left = left - (np.bincount(fit.place, fit.value) / counts)[fit.place]
    leverage = 1.0 / counts[fit.place] + fit.leaning**2 / fit.amount
    parts = (fit.leaning * left / fit.amount) ** 2 / np.maximum(1.0 - leverage, 1e-9)
    ones, others = float(parts[fit.is_one].sum()), float(parts[~fit.is_one].sum())
    if ones + others <= 0:
        return 0.0
    count = int(fit.is_one.sum())
    below = ones**2 / (count - 1) + others**2 / (len(parts) - count - 1)
    freedom = (ones + others) ** 2 / below if below > 0 else inf
    return float(scipy.special.stdtrit(freedom, 0.975)) * sqrt(ones + others)


def verdict(found: Estimate, margin: float) -> str:
    """Say what an estimate shows.

    Parameters
    ----------
    found : Estimate
    margin : float
        At least 0, in the unit of the value: under it a gap is called small.

    Returns
    -------
    str
        `TOO_FEW`, `NONE_SEEN` (the interval holds 0: a gap as large as its ends is not excluded), `SMALL`
        or `LARGE`.

    Examples
    --------
    >>> verdict(Estimate(-0.3, -0.5, -0.1, 1.0), 0.2), verdict(Estimate(-0.3, -0.5, -0.1, 1.0), 0.4)
    ('gap', 'small')
    >>> verdict(Estimate(0.1, -0.2, 0.4, 1.0), 0.2), verdict(UNKNOWN, 0.2)
    ('none_seen', 'too_few')
    """
    if isnan(found.gap):
        return TOO_FEW
    if found.low <= 0 <= found.high:
        return NONE_SEEN
    return SMALL if abs(found.gap) < margin else LARGE


def _check(value: FloatArray, is_one: BoolArray, is_other: BoolArray, stratum: IntArray) -> None:
    seen = [array.shape for array in (value, is_one, is_other, stratum)]
    if any(shape != value.shape or len(shape) != 1 for shape in seen):
        raise ValueError(f"value, groups and strata have one shape (N,), seen {seen}")
    if np.any(is_one & is_other):
        raise ValueError("nobody is in both groups")
