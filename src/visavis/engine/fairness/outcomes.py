"""Fairness of a run: what each person got, and the gaps between groups in it.

A run is lists: who was proposed what, at which rank and score. Each measure gives one number a person, so
that people, and not pairs, are counted; `compare` then looks for gaps between groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.fairness.gaps import LEAST_PEOPLE, TOO_FEW, UNKNOWN, Estimate, gap_between, verdict

MORE_IS_WORSE = frozenset({"first_rank", "distance"})
"""Measures of which less is better; of all others more is."""

OTHERS = -1
"""Compared with all the other groups together."""


@dataclass(frozen=True)
class Run:
    """What was proposed, E rows in any order."""

    jobseeker: IntArray  # (E,): in [0, `jobseekers`); no pair twice
    vacancy: IntArray  # (E,): in [0, `vacancies`)
    rank: IntArray  # (E,): place in the jobseeker's list, from 1
    score: FloatArray  # (E,): finite, the larger the better; what orders people before one vacancy
    jobseekers: int  # N, those without any row included
    vacancies: int  # M, likewise

    def __post_init__(self) -> None:
        """Check the shapes once; what follows trusts them."""
        seen = [array.shape for array in (self.jobseeker, self.vacancy, self.rank, self.score)]
        if any(shape != self.rank.shape or len(shape) != 1 for shape in seen):
            raise ValueError(f"all four columns have one shape (E,), seen {seen}")
        if not len(self.rank):
            return
        if not 0 <= self.jobseeker.min() <= self.jobseeker.max() < self.jobseekers:
            raise ValueError(f"jobseeker is in [0, {self.jobseekers})")
        if not 0 <= self.vacancy.min() <= self.vacancy.max() < self.vacancies:
            raise ValueError(f"vacancy is in [0, {self.vacancies})")
        if self.rank.min() < 1 or not np.isfinite(self.score).all():
            raise ValueError("rank is at least 1 and score finite")
        if len(np.unique(self.pairs)) < len(self.rank):
            raise ValueError("no pair stands twice")

    @property
    def pairs(self) -> IntArray:
        """Return one number a pair."""
        return self.jobseeker * np.int64(self.vacancies) + self.vacancy

    def first(self, k: int) -> "Run":
        """Return the first k places of each list.

        >>> one = Run(np.array([0, 0]), np.array([0, 1]), np.array([2, 1]), np.array([0.1, 0.2]), 1, 2)
        >>> one.first(1).vacancy.tolist()
        [1]
        """
        kept = self.rank <= k
        columns = (self.jobseeker[kept], self.vacancy[kept], self.rank[kept], self.score[kept])
        return Run(*columns, self.jobseekers, self.vacancies)


def position_weight(rank: IntArray) -> FloatArray:
    """Weigh a place by how much it is looked at: 1 / log₂(1 + rank); 0 for rank 0, not in the list.

    Parameters
    ----------
    rank : array of int64, shape (n,)
        From 1, or 0.

    Returns
    -------
    array of float64, shape (n,)
        In [0, 1].

    References
    ----------
    A. Singh, T. Joachims, "Fairness of exposure in rankings", KDD 2018, section 3.1, with the discount of
    Järvelin and Kekäläinen 2002.

    Examples
    --------
    >>> position_weight(np.array([1, 3, 0])).tolist()
    [1.0, 0.5, 0.0]
    """
    weight: FloatArray = np.where(rank > 0, 1.0 / np.log2(1.0 + np.maximum(rank, 1)), 0.0)
    return weight


def proposed(run: Run) -> FloatArray:
    """Count the vacancies proposed to each person.

    >>> proposed(Run(np.array([1, 1]), np.array([0, 1]), np.array([1, 2]), np.zeros(2), 2, 2)).tolist()
    [0.0, 2.0]
    """
    return np.bincount(run.jobseeker, minlength=run.jobseekers).astype(np.float64)


def exposure(run: Run) -> FloatArray:
    """Add up each person's exposure before employers: the weight of her place at each vacancy proposed to her.

    At each vacancy people stand by score; those of equal score share the mean weight of their places, so
    that the order of a file never counts.

    Parameters
    ----------
    run : Run

    Returns
    -------
    array of float64, shape (N,)
        At least 0; 0 for who is proposed nothing.

    References
    ----------
    Singh and Joachims 2018, equation 1: exposure is the sum of position weights over rankings.

    Examples
    --------
    >>> two = Run(np.array([0, 1, 2]), np.zeros(3, np.int64), np.ones(3, np.int64), np.array([3.0, 1, 1]), 3, 1)
    >>> exposure(two).round(3).tolist()
    [1.0, 0.565, 0.565]
    """
    order = np.lexsort((-run.score, run.vacancy))
    vacancy, score = run.vacancy[order], run.score[order]
    place = np.arange(len(order)) - np.searchsorted(vacancy, vacancy) + 1
    starts = np.ones(len(order), np.bool_)
    starts[1:] = (vacancy[1:] != vacancy[:-1]) | (score[1:] != score[:-1])
    tie = np.cumsum(starts) - 1
    shared = np.bincount(tie, position_weight(place)) / np.maximum(np.bincount(tie), 1)
    return np.bincount(run.jobseeker[order], shared[tie], minlength=run.jobseekers)


def mean_of(run: Run, worth: FloatArray) -> FloatArray:
    """Average, for each person, what is known of the vacancies proposed to her: pay, or distance.

    Parameters
    ----------
    run : Run
    worth : array of float64, shape (E,)
        Of each pair; NaN when unknown.

    Returns
    -------
    array of float64, shape (N,)
        NaN when nothing is known.

    Examples
    --------
    >>> one = Run(np.array([0, 0]), np.array([0, 1]), np.array([1, 2]), np.zeros(2), 2, 2)
    >>> mean_of(one, np.array([12.0, np.nan])).tolist()
    [12.0, nan]
    """
    if worth.shape != run.rank.shape:
        raise ValueError(f"worth has shape {run.rank.shape}, seen {worth.shape}")
    known = np.isfinite(worth)
    number = np.bincount(run.jobseeker[known], minlength=run.jobseekers)
    amount = np.bincount(run.jobseeker[known], worth[known], minlength=run.jobseekers)
    return _ratio(amount, number.astype(np.float64))


def recall(run: Run, jobseeker: IntArray, vacancy: IntArray, k: int) -> FloatArray:
    """Give the share of each person's relevant vacancies that stands in the first k places.

    Parameters
    ----------
    run : Run
    jobseeker, vacancy : array of int64, shape (R,)
        The relevant pairs: hires, introductions; one that stands twice counts once.
    k : int
        At least 1.

    Returns
    -------
    array of float64, shape (N,)
        In [0, 1]; NaN for who has no relevant vacancy.

    References
    ----------
    C. D. Manning, P. Raghavan, H. Schütze, "Introduction to information retrieval", 2008, equation 8.2.

    Examples
    --------
    >>> one = Run(np.array([0, 0]), np.array([0, 1]), np.array([1, 2]), np.zeros(2), 2, 3)
    >>> recall(one, np.array([0, 0]), np.array([1, 2]), k=2).tolist()
    [0.5, nan]
    """
    rank, jobseeker = _rank_of(run, jobseeker, vacancy)
    found = np.bincount(jobseeker, (rank <= k).astype(np.float64), minlength=run.jobseekers)
    return _ratio(found, np.bincount(jobseeker, minlength=run.jobseekers).astype(np.float64))


def first_relevant_rank(run: Run, jobseeker: IntArray, vacancy: IntArray) -> FloatArray:
    """Give the rank of the first relevant vacancy in each list.

    Where none is in the list it counts as standing just after the longest list of the run.

    Parameters
    ----------
    run : Run
    jobseeker, vacancy : array of int64, shape (R,)
        The relevant pairs.

    Returns
    -------
    array of float64, shape (N,)
        From 1; NaN for who has no relevant vacancy.

    Examples
    --------
    >>> one = Run(np.array([0, 0]), np.array([0, 1]), np.array([1, 2]), np.zeros(2), 2, 3)
    >>> first_relevant_rank(one, np.array([0, 1]), np.array([1, 2])).tolist()
    [2.0, 3.0]
    """
    rank, jobseeker = _rank_of(run, jobseeker, vacancy)
    after = float(run.rank.max()) + 1 if len(run.rank) else 1.0
    best = np.full(run.jobseekers, np.inf)
    np.minimum.at(best, jobseeker, np.minimum(rank, after))
    return np.where(np.isfinite(best), best, np.nan)


def _rank_of(run: Run, jobseeker: IntArray, vacancy: IntArray) -> tuple[FloatArray, IntArray]:
    """Return the rank of each relevant pair, inf where it is not in the lists, and whose it is."""
    wanted = np.unique(jobseeker * np.int64(run.vacancies) + vacancy)
    order = np.argsort(run.pairs)
    there = run.pairs[order]
    rank = np.full(len(wanted), np.inf)
    if len(there):
        place = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
        rank = np.where(there[place] == wanted, run.rank[order][place], np.inf)
    return rank, wanted // max(run.vacancies, 1)


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    ratio: FloatArray = np.where(below > 0, above / np.maximum(below, 1.0), np.nan)
    return ratio


@dataclass(frozen=True, slots=True)
class Comparison:
    """One group against others in one measure; every number is NaN, or 0, where too few people stand."""

    measure: str
    group: int  # codes of the groups; `OTHERS` for all others together
    against: int  # likewise
    people: int  # of how many the measure is known
    others: int
    mean: float  # in the unit of the measure
    mean_others: float  # likewise
    margin: float  # under which a gap is small, in the unit of the measure
    all: Estimate  # the unconditional gap
    alike: Estimate  # the gap between people of the same stratum; unknown without strata
    verdict: str  # a code of `gaps`
    verdict_alike: str  # likewise


def shown_groups(group: IntArray) -> IntArray:
    """List the groups large enough to be shown, in the order of their codes.

    >>> shown_groups(np.repeat([0, 1, 2, -1], [12, 9, 10, 50])).tolist()
    [0, 2]
    """
    codes, counts = np.unique(group[group >= 0], return_counts=True)
    kept: IntArray = codes[counts >= LEAST_PEOPLE]
    return kept


def compare(
    measures: Mapping[str, FloatArray],
    group: IntArray,
    stratum: IntArray | None = None,
    *,
    margin: float = 0.05,
    reference: int = OTHERS,
) -> list[Comparison]:
    """Compare groups in every measure, among all people and among people alike.

    A group of which a measure is known of too few people stands in no comparison of it, not even among
    the others: nothing about it can be had by subtraction. Those whose group is unknown stay out too.

    Parameters
    ----------
    measures : mapping of str to array of float64, shape (N,)
        NaN when unknown.
    group : array of int64, shape (N,)
        Below 0 when unknown.
    stratum : array of int64, shape (N,), optional
        What qualification people share; below 0 when unknown.
    margin : float
        At least 0: the part of the mean of both sides under which a gap is called small.
    reference : int
        The group that each is compared with; without it, all the others together.

    Returns
    -------
    list of Comparison
        By measure, then group. Two groups are compared once.

    Raises
    ------
    ValueError
        The margin is negative, or the arrays differ in length.

    Examples
    --------
    >>> pay = np.tile([12.0, 13.0], 20)
    >>> (found,) = compare({"pay": pay - np.repeat([0, 2], 20)}, np.repeat([0, 1], 20))
    >>> found.mean, found.all.gap, found.verdict
    (12.5, 2.0, 'gap')
    """
    if not margin >= 0:
        raise ValueError(f"margin is at least 0, seen {margin}")
    found = []
    for name, value in measures.items():
        if value.shape != group.shape:
            raise ValueError(f"{name} and group have one shape (N,), seen {value.shape} and {group.shape}")
        shown = shown_groups(np.where(np.isfinite(value), group, -1))
        for code, against in _pairs(group, shown, reference):
            theirs = (group != code) if against == OTHERS else (group == against)
            sides = ((group == code) & np.isin(code, shown), np.isin(group, shown) & theirs)
            found.append(_compared((name, code, against), value, sides, stratum, margin))
    return found


def _pairs(group: IntArray, shown: IntArray, reference: int) -> list[tuple[int, int]]:
    """List who is compared with whom; two groups are one comparison."""
    codes = np.unique(group[group >= 0]).tolist()
    if reference != OTHERS:
        return [(code, reference) for code in codes if code != reference]
    if len(shown) != 2:
        return [(code, OTHERS) for code in codes] if len(codes) != 2 else [(codes[0], codes[1])]
    one, other = shown.tolist()
    return [(code, other if code == one else OTHERS) for code in codes if code != other]


def _compared(
    names: tuple[str, int, int],
    value: FloatArray,
    sides: tuple[BoolArray, BoolArray],
    stratum: IntArray | None,
    margin: float,
) -> Comparison:
    plain = gap_between(value, *sides)
    if isnan(plain.gap):
        return Comparison(*names, 0, 0, nan, nan, nan, UNKNOWN, UNKNOWN, TOO_FEW, TOO_FEW)
    alike = UNKNOWN if stratum is None else gap_between(value, *sides, stratum)
    ones, others = (value[side & np.isfinite(value)] for side in sides)
    few = margin * abs(float(np.concatenate((ones, others)).mean()))
    return Comparison(
        *names,
        people=len(ones),
        others=len(others),
        mean=float(ones.mean()),
        mean_others=float(others.mean()),
        margin=few,
        all=plain,
        alike=alike,
        verdict=verdict(plain, few),
        verdict_alike=verdict(alike, few),
    )
