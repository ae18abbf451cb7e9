"""What each line of an ideal profile does to groups of people: who has it, and what it moves in the lists."""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.fairness.gaps import LARGE, LEAST_PEOPLE, SMALL, UNKNOWN, Estimate, gap_between, verdict
from visavis.engine.ideal.table import saturated
from visavis.engine.ideal.traits import wilson

FOUR_FIFTHS = 0.8
"""A line that one group has less than four fifths as often as the other is too unequal.

Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4 D, for a rate of selection; here of
having what is counted."""


@dataclass(frozen=True)
class Lists:
    """Lists of people before vacancies, E places in any order."""

    person: IntArray  # (E,): rows; no pair twice
    vacancy: IntArray  # (E,)
    score: FloatArray  # (E,): without what the ideal profile adds


@dataclass(frozen=True, slots=True)
class LineGap:
    """One line between one group and the others; all NaN where fewer than ten people stand on a side."""

    people: int  # of how many of each side it is known whether they have it; 0 when too few
    others: int
    share: float  # who has it, in [0, 1]
    share_others: float
    having: Estimate  # difference of the shares
    logits: Estimate  # difference of what the line adds on average
    # difference of how many places it moves people up in the lists, on average, before a vacancy
    places: Estimate
    verdict: str  # a code of `gaps`: of having it, where under four fifths is a gap


def line_gap(
    has: FloatArray, moved: tuple[FloatArray, FloatArray], is_one: BoolArray, is_other: BoolArray
) -> LineGap:
    """Compare two groups in one line.

    Parameters
    ----------
    has : array of float64, shape (N,)
        1 who has it, 0 who has not, NaN unknown.
    moved : (array, array) of float64, shape (N,)
        Logits that it adds to each person, and places: see `moved_logits` and `moved_places`.
    is_one, is_other : array of bool, shape (N,)
        Nobody is in both.

    Examples
    --------
    >>> has = np.repeat([1.0, 0.0, 1.0, 0.0], [18, 2, 6, 14])
    >>> ones = np.arange(40) < 20
    >>> found = line_gap(has, (0.2 * has, has), ones, ~ones)
    >>> found.share, found.share_others, found.verdict, round(found.logits.gap, 2)
    (0.9, 0.3, 'gap', 0.12)
    """
    known = np.isfinite(has)
    one, other = has[is_one & known], has[is_other & known]
    if min(len(one), len(other)) < LEAST_PEOPLE:
        return LineGap(0, 0, nan, nan, UNKNOWN, UNKNOWN, UNKNOWN, verdict(UNKNOWN, 0.0))
    having = newcombe((int(one.sum()), len(one)), (int(other.sum()), len(other)))
    logits, places = (gap_between(value, is_one, is_other) for value in moved)
    shares = float(one.mean()), float(other.mean())
    return LineGap(len(one), len(other), *shares, having, logits, places, judged(having, *shares))


def judged(having: Estimate, share: float, share_others: float) -> str:
    """Say whether a line is too unequal: the interval holds no 0, and it is under four fifths.

    Examples
    --------
    >>> judged(Estimate(0.1, 0.02, 0.2, 1.0), 0.9, 0.8), judged(Estimate(0.3, 0.1, 0.5, 1.0), 0.9, 0.6)
    ('small', 'gap')
    """
    found = verdict(having, 0.0)
    if found != LARGE:
        return found
    less, more = sorted((share, share_others))
    return SMALL if less >= FOUR_FIFTHS * more else LARGE


def newcombe(one: tuple[int, int], other: tuple[int, int]) -> Estimate:
    """Give the difference of two shares and its 95 % interval; each side says who have it, of how many.

    References
    ----------
    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17 (1998), 873-890, method 10.

    Examples
    --------
    >>> found = newcombe((56, 70), (48, 80))
    >>> round(found.gap, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    p, q = one[0] / one[1], other[0] / other[1]
    (p_low, p_high), (q_low, q_high) = wilson(*one), wilson(*other)
    low = p - q - sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    high = p - q + sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return Estimate(p - q, low, high, 1.0)


def moved_logits(has: FloatArray, worth: FloatArray) -> FloatArray:
    """Give what each line adds to each person on top of her other lines, logits, shape (N, T).

    Parameters
    ----------
    has : array of float64, shape (N, T)
        1, 0, or NaN, which adds nothing.
    worth : array of float64, shape (T,)
        The credit of each line, at least 0.

    Examples
    --------
    >>> moved_logits(np.array([[1.0, np.nan]]), np.array([0.2, 0.3])).round(3).tolist()
    [[0.17, 0.0]]
    """
    earned = np.where(np.isfinite(has), has, 0.0) * worth
    total = earned.sum(axis=1, keepdims=True)
    added: FloatArray = saturated(total) - saturated(total - earned)
    return added


def moved_places(lists: Lists, people: int, with_it: FloatArray, without: FloatArray) -> FloatArray:
    """Give by how many places each person moves up on average when a line counts; NaN for who is in no list.

    Parameters
    ----------
    lists : Lists
    people : int
        N.
    with_it, without : array of float64, shape (N,)
        What the ideal profile adds to each person's score with the line and without it.

    Examples
    --------
    >>> one = Lists(np.array([0, 1]), np.array([0, 0]), np.array([0.0, 0.1]))
    >>> moved_places(one, 3, np.array([0.2, 0.0, 0.0]), np.zeros(3)).tolist()
    [1.0, -1.0, nan]
    """
    up = _ranks(lists, without) - _ranks(lists, with_it)
    count = np.bincount(lists.person, minlength=people)
    total = np.bincount(lists.person, up, minlength=people)
    found: FloatArray = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return found


def _ranks(lists: Lists, added: FloatArray) -> FloatArray:
    """Give the place of each row in the list of its vacancy, from 1; the same scores keep their order."""
    order = np.lexsort((lists.person, -(lists.score + added[lists.person]), lists.vacancy))
    vacancy = lists.vacancy[order]
    first = np.searchsorted(vacancy, vacancy)
    rank = np.empty(len(order))
    rank[order] = np.arange(len(order)) - first + 1
    return rank
