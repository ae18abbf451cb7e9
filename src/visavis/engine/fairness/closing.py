"""Close a gap: long lists are cut to short ones with the least bonus that brings a gap within a margin.

A pair's utility gains `bonus` × `tilt`, lists are cut at k by the sum, and the smallest bonus that does is
found by bisection: as it grows, what the tilt favours only rises in every list, and the utility kept only falls.
What it costs is told: the utility lost.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.fairness.gaps import gap_between
from visavis.engine.fairness.outcomes import Run, exposure, mean_of

_HALVINGS = 40


@dataclass(frozen=True)
class TwoGroups:
    """Two groups of people, and their strata when only people alike are compared; as in `gap_between`."""

    is_one: BoolArray
    is_other: BoolArray
    stratum: IntArray | None = None

    def gap(self, value: FloatArray) -> float:
        """Return the gap, NaN when too few people stand on a side."""
        return gap_between(value, self.is_one, self.is_other, self.stratum).gap


@dataclass(frozen=True)
class Closing:
    """Shortened lists in which a gap is closed, or as nearly as the long ones allow."""

    rank: IntArray  # (E,): new place of each pair in its list, from 1; 0 where it is left out
    # what was added for the side that stood behind, in the unit of utility (for one unit of the tilt)
    bonus: float
    before: float  # the gap in the lists cut without a bonus
    after: float  # the gap in the lists cut with it
    price: float  # utility lost for each place in a list, mean, in the unit of utility; at least 0
    is_closed: bool  # whether the gap is now within the margin


def cut(owner: IntArray, utility: FloatArray, k: int) -> IntArray:
    """Rank each list's pairs by utility and keep k.

    Parameters
    ----------
    owner : array of int64, shape (E,)
        Whose list the pair stands in, at least 0.
    utility : array of float64, shape (E,)
        Finite; equal ones stand in the order of the rows.
    k : int
        At least 1.

    Returns
    -------
    array of int64, shape (E,)
        From 1 to k; 0 where the pair is left out.

    Examples
    --------
    >>> cut(np.array([0, 0, 0, 1]), np.array([0.1, 0.3, 0.2, 0.9]), 2).tolist()
    [0, 1, 2, 1]
    """
    if k < 1 or owner.shape != utility.shape:
        raise ValueError(f"k is at least 1 and both shapes equal, seen {k}, {owner.shape}, {utility.shape}")
    order = np.lexsort((-utility, owner))
    place = np.arange(len(order)) - np.searchsorted(owner[order], owner[order]) + 1
    rank = np.zeros(len(order), np.int64)
    rank[order] = np.where(place <= k, place, 0)
    return rank


def close_gap(
    owner: IntArray,
    utility: FloatArray,
    tilt: FloatArray,
    k: int,
    gap_of: Callable[[IntArray, FloatArray], float],
    margin: float,
) -> Closing:
    """Find the least bonus that brings a gap within a margin, and cut the lists with it.

    Parameters
    ----------
    owner, utility : array, shape (E,)
        As in `cut`.
    tilt : array of float64, shape (E,)
        Finite; the direction in which the gap closes.
    k : int
        Length of the new lists.
    gap_of : callable
        Given the ranks and what ordered the lists, the gap that remains: above 0 while the side favoured by the
        tilt stands behind.
    margin : float
        At least 0, in the unit of the gap.

    Returns
    -------
    Closing

    References
    ----------
    Singh and Joachims 2018 put the constraint into a linear programme; its multiplier is this bonus. The
    search is bisection, on a gap that never grows with the bonus.

    Examples
    --------
    One list of four cut to two; the last two people are of the group behind.

    >>> def behind(rank, _):
    ...     return float(np.sum(rank[:2] > 0) - np.sum(rank[2:] > 0))
    >>> worth, last = np.array([0.9, 0.8, 0.7, 0.2]), np.array([0.0, 0.0, 1.0, 1.0])
    >>> done = close_gap(np.zeros(4, np.int64), worth, last, 2, behind, margin=0.0)
    >>> done.rank.tolist(), round(done.bonus, 6), round(done.price, 6), done.before, done.after
    ([1, 0, 2, 0], 0.1, 0.05, 2.0, 0.0)
    """
    if not margin >= 0:
        raise ValueError(f"margin is at least 0, seen {margin}")

    def tried(bonus: float) -> tuple[IntArray, float]:
        order = utility + bonus * tilt
        rank = cut(owner, order, k)
        return rank, gap_of(rank, order)

    first, before = tried(0.0)
    low, high = 0.0, 0.0
    rank, after = first, before
    if after > margin:
        low, high = 0.0, _most(utility, tilt)
        rank, after = tried(high)
        for _halving in range(_HALVINGS if after <= margin else 0):
            middle = (low + high) / 2
            found, gap = tried(middle)
            if gap <= margin:
                high, rank, after = middle, found, gap
            else:
                low = middle
    lost = (utility[first > 0].sum() - utility[rank > 0].sum()) / max(1, int(np.count_nonzero(first)))
    return Closing(rank, high, before, after, max(0.0, float(lost)), after <= margin)


def _most(utility: FloatArray, tilt: FloatArray) -> float:
    """Return a bonus beyond which the tilt alone decides (steps of the tilt under a thousandth apart)."""
    if not len(utility):
        return 0.0
    span = float(tilt.max() - tilt.min())
    return 0.0 if span == 0 else 1000.0 * float(np.ptp(utility) + 1e-9) / span


def close_exposure_gap(run: Run, groups: TwoGroups, k: int, margin: float) -> Closing:
    """Close the gap in exposure before employers: each vacancy's people are cut to k, by score with the bonus.

    The side behind gets one constant bonus; nothing else about a person changes her place.

    Parameters
    ----------
    run : Run
        Its score is the utility; the longer the lists, the more can be closed.
    groups : TwoGroups
    k, margin
        As in `close_gap`, the margin in units of `fairness.exposure`.

    Returns
    -------
    Closing
        Ranks are places before each vacancy.

    Examples
    --------
    >>> person, vacancy = np.repeat(np.arange(40), 2), np.tile([0, 1], 40)
    >>> is_one = np.arange(40) >= 20
    >>> score = np.linspace(0.9, 0.5, 40)[person]
    >>> run = Run(person, vacancy, vacancy + 1, score, 40, 2)
    >>> done = close_exposure_gap(run, TwoGroups(is_one, ~is_one), k=20, margin=0.05)
    >>> round(done.before, 2), done.is_closed, 0 < done.bonus < 0.4, 0 < done.price < 0.1
    (-0.7, True, True, True)
    """
    before = groups.gap(exposure(_kept(run, cut(run.vacancy, run.score, k), run.score)))
    sign, behind = (-1.0, groups.is_one) if before < 0 else (1.0, groups.is_other)

    def gap_of(rank: IntArray, order: FloatArray) -> float:
        return sign * groups.gap(exposure(_kept(run, rank, order)))

    tilt = behind[run.jobseeker].astype(np.float64)
    return _signed(close_gap(run.vacancy, run.score, tilt, k, gap_of, margin), sign)


def close_mean_gap(
    run: Run, worth: FloatArray, groups: TwoGroups, k: int, margin: float, *, more_is_better: bool = True
) -> Closing:
    """Close the gap in what is proposed, pay or distance: the lists of the side behind are cut with a bonus on it.

    Parameters
    ----------
    run : Run
        Its score is the utility.
    worth : array of float64, shape (E,)
        Pay, or distance; NaN when unknown, which counts as the mean of the list.
    groups : TwoGroups
    k, margin
        As in `close_gap`, the margin in the unit of `worth`.
    more_is_better : bool
        True for pay, false for distance.

    Returns
    -------
    Closing
        Ranks are places in each jobseeker's list.

    Examples
    --------
    >>> person, vacancy = np.repeat(np.arange(20), 3), np.tile([0, 1, 2], 20)
    >>> pay, is_one = np.array([10.0, 11.0, 12.0])[vacancy], np.arange(20) >= 10
    >>> likes = np.where(is_one[person], 3 - vacancy, vacancy) / 10
    >>> run = Run(person, vacancy, vacancy + 1, likes, 20, 3)
    >>> done = close_mean_gap(run, pay, TwoGroups(is_one, ~is_one), k=1, margin=1.5)
    >>> done.before, done.after, round(done.bonus, 3), round(done.price, 3)
    (-2.0, 0.0, 0.1, 0.1)
    """
    better = worth if more_is_better else -worth
    tilt = np.where(np.isfinite(better), better - mean_of(run, better)[run.jobseeker], 0.0)
    tilt = np.where(np.isfinite(tilt), tilt, 0.0)

    def gap(rank: IntArray) -> float:
        kept = rank > 0
        return groups.gap(mean_of(_kept(run, rank, run.score), worth[kept]))

    before = gap(cut(run.jobseeker, run.score, k))
    sign = -1.0 if before < 0 else 1.0
    behind = groups.is_one if (before < 0) == more_is_better else groups.is_other
    closed = close_gap(
        run.jobseeker,
        run.score,
        np.where(behind[run.jobseeker], tilt, 0.0),
        k,
        lambda rank, _order: sign * gap(rank),
        margin,
    )
    return _signed(closed, sign)


def _kept(run: Run, rank: IntArray, order: FloatArray) -> Run:
    """Return the lists made of the pairs kept, ordered as they were cut."""
    kept = rank > 0
    columns = (run.jobseeker[kept], run.vacancy[kept], rank[kept], order[kept])
    return Run(*columns, run.jobseekers, run.vacancies)


def _signed(found: Closing, sign: float) -> Closing:
    """Turn the gap back: of the group less the others."""
    gaps = (sign * found.before, sign * found.after)
    return Closing(found.rank, found.bonus, *gaps, found.price, found.is_closed)
