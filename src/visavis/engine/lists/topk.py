"""The best vacancies for each jobseeker, and the best jobseekers for each vacancy, exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import BoolArray, FloatArray, IntArray, Progress
from visavis.engine.facts.rows import take_rows
from visavis.engine.fast import LAID_OUT
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.lists.matches import Matches, best_per_jobseeker, taken
from visavis.engine.market.market import Market
from visavis.engine.score.candidates import PAIRS_AT_ONCE, PEOPLE_AT_ONCE, blocks
from visavis.engine.score.constraints import only_feasible
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.people import People
from visavis.engine.score.related import only_related
from visavis.engine.score.score import PART_NAMES, score_parts
from visavis.engine.score.tiers import BEYOND, DISCOVER, OCCUPATION, Tiers, leads, tiers

_KEPT_AT_ONCE = 4_000_000

WORTH_LAYING_OUT = 10_000
"""Vacancies from which `lay_out` lays a market out for the compiled kernels."""

WORTH_COMPILING = 200_000_000
"""Jobseekers times vacancies from which the compiled kernels, if they are there, are worth their start."""

MANY_PEOPLE, WORTH_AN_INDEX = 10_000, 5_000_000
"""Jobseekers, and jobseekers times vacancies, from which jobseekers are laid out for kernels that go through them."""


def top_vacancies(
    market: Market,
    k: int,
    progress: Progress | None = None,
    jobseekers: IntArray | Sequence[int] | None = None,
) -> Matches:
    """Give each jobseeker her `k` best vacancies among those feasible and related.

    Parameters
    ----------
    market : Market
    k : int
        At least 1; who has fewer gets fewer.
    progress : callable (done, total), optional
        Told how many jobseekers are done.
    jobseekers : array of int, shape (n,), optional
        Who, each once; everybody when left out.

    Returns
    -------
    Matches
        By jobseeker in the order asked, then rank: what she asked for first, then what is near that, then the rest
        (`score/tiers.py`), each by score; equal scores stand in the order of the vacancies. Who did not say how far
        she goes, and has fewer than `k` within her reach, finds after these what lies beyond.

    Raises
    ------
    ValueError
        `k` is below 1, or a jobseeker does not exist or is asked twice.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["J1506"], contracts=["permanent"])])
    >>> work = [Vacancy(occupation="J1506", contract="temporary"), Vacancy(occupation="J1506"),
    ...         Vacancy(occupation="F1703")]
    >>> found = top_vacancies(Market(people, vacancy_columns(work), today=0), k=3)
    >>> found.vacancy.tolist(), found.score.round(3).tolist()
    ([1], [0.6])
    """
    rows = _chosen(jobseekers, len(market.jobseekers), k)
    found = _within_reach(market, rows, k, progress)
    beyond = _beyond(market, rows, found, k)
    return found if beyond is None else _in_order(rows, (found, beyond), k)


def _within_reach(market: Market, rows: IntArray, k: int, progress: Progress | None = None) -> Matches:
    if is_worth_compiling(market, len(rows)):
        from visavis.engine.fast import top  # noqa: PLC0415 (it needs the extra)

        return _joined(list(top.found(top.Prepared(market), rows, k, progress=progress)))
    found = []
    done = 0
    for block in blocks(market, rows, np.arange(len(market.vacancies))):
        pairs = only_related(only_feasible(block).narrowed())
        parts = score_parts(pairs)
        score = parts.sum(axis=1)
        best, _ = _ranked(pairs.local, pairs.vacancy, score + leads(parts[:, OCCUPATION]), k)
        tier = tiers(parts[best])
        order = np.lexsort((pairs.vacancy[best], -score[best], tier, pairs.local[best]))
        best, owner = best[order], pairs.local[best[order]]
        rank = (np.arange(len(best)) - np.searchsorted(owner, owner) + 1).astype(np.int32)
        told = pairs.jobseeker[best], pairs.vacancy[best], rank, score[best], parts[best].astype(np.float32)
        found.append((*told, tier[order]))
        done += len(block.people)
        if progress:
            progress(done, len(rows))
    return _joined(found)


FARTHER = 3.0
"""How many times the usual reach somebody looks beyond it."""


def _beyond(market: Market, rows: IntArray, found: Matches, k: int) -> Matches | None:
    """Give what lies beyond the reach of those who did not say how far they go and find fewer than `k` within it."""
    people = market.jobseekers
    has = np.bincount(found.jobseeker, minlength=len(people))[rows]
    short = rows[np.isnan(people.radius_km[rows]) & ~np.isnan(people.reach_km[rows]) & (has < k)]
    if not len(short):
        return None
    few = take_rows(people, short)
    anywhere = market.with_changed(replace(few, reach_km=few.reach_km * FARTHER), short)
    every = _within_reach(anywhere, np.arange(len(short)), k)
    every = replace(every, jobseeker=short[every.jobseeker])
    width = len(market.vacancies)
    known = np.isin(every.jobseeker * width + every.vacancy, found.jobseeker * width + found.vacancy)
    beyond = taken(every, np.flatnonzero(~known & (every.tier < DISCOVER)))
    return replace(beyond, tier=np.full(len(beyond), BEYOND, np.uint8))


def _in_order(rows: IntArray, found: Sequence[Matches], k: int) -> Matches:
    """Merge lists of some jobseekers, in the order in which these were asked."""
    place = np.empty(int(rows.max(initial=-1)) + 1, np.int64)
    place[rows] = np.arange(len(rows))
    merged = best_per_jobseeker([replace(one, jobseeker=place[one.jobseeker]) for one in found], k)
    return replace(merged, jobseeker=rows[merged.jobseeker])


def top_of_those_left(market: Market, k: int, is_gone: BoolArray) -> Matches:
    """Give each jobseeker her `k` best vacancies, as `top_vacancies`, of those that are not gone, a few of all."""
    found = top_vacancies(market, k + int(is_gone.sum()))
    return best_per_jobseeker([taken(found, np.flatnonzero(~is_gone[found.vacancy]))], k)


def lay_out(market: Market) -> None:
    """Lay out the vacancies for many runs to come, where that pays: many of them, and the kernels installed."""
    if AVAILABLE and len(market.vacancies) >= WORTH_LAYING_OUT:
        from visavis.engine.fast.top import laid_out  # noqa: PLC0415 (it needs the extra)

        laid_out(market)


def is_worth_compiling(market: Market, jobseekers: int) -> bool:
    """Tell whether `top_vacancies` will use the compiled kernels, which give the same lists.

    They are used when the market was laid out for them, or when the run is large.
    """
    large = jobseekers * len(market.vacancies) >= WORTH_COMPILING
    return AVAILABLE and (large or LAID_OUT in market.__dict__)


def top_jobseekers(
    market: Market,
    k: int,
    progress: Progress | None = None,
    vacancies: IntArray | Sequence[int] | None = None,
) -> Matches:
    """Give each vacancy its `k` best jobseekers among those feasible and related.

    Parameters
    ----------
    market : Market
    k : int
        At least 1; a vacancy with fewer gets fewer.
    progress : callable (done, total), optional
        Told how many jobseekers have been looked at.
    vacancies : array of int, shape (m,), optional
        Which, each once; all when left out.

    Returns
    -------
    Matches
        By vacancy in the order asked, then rank. Equal scores stand in the order of the jobseekers.

    Raises
    ------
    ValueError
        `k` is below 1, or a vacancy does not exist or is asked twice.
    """
    rows = _chosen(vacancies, len(market.vacancies), k)
    kept, held = [_no_pairs()], 0
    found = _met_by_index if is_worth_an_index(market, len(rows)) else _met
    for done, some in found(market, rows):
        kept.append(some)
        held += len(some[0])
        if held > _KEPT_AT_ONCE:
            kept = [_best_per_vacancy(kept, k)]
            held = len(kept[0][0])
        if progress:
            progress(done, len(market.jobseekers))
    owner, jobseeker, score = _best_per_vacancy(kept, k)
    rank = np.arange(len(owner)) - np.searchsorted(owner, owner) + 1
    vacancy = rows[owner]
    parts = parts_of(market, jobseeker, vacancy).astype(np.float32)
    return Matches(jobseeker, vacancy, rank.astype(np.int32), score, parts, tiers(parts))


def is_worth_an_index(market: Market, vacancies: int) -> bool:
    """Tell whether `top_jobseekers` goes through the people of each vacancy by kernels, which find the same.

    They do for many people before fewer vacancies: what a vacancy costs beside its people is more than numpy's.
    """
    people = len(market.jobseekers)
    many = people >= max(MANY_PEOPLE, vacancies) and people * vacancies >= WORTH_AN_INDEX
    return AVAILABLE and many


def _met(market: Market, rows: IntArray) -> Iterator[tuple[int, "_Kept"]]:
    """Give the pairs of some vacancies, block after block of jobseekers, and how many of these are done."""
    place = np.empty(len(market.vacancies), np.int64)
    place[rows] = np.arange(len(rows))
    done = 0
    for block in blocks(market, np.arange(len(market.jobseekers)), rows):
        pairs = only_related(only_feasible(block).narrowed())
        done += len(block.people)
        yield done, (place[pairs.vacancy], pairs.jobseeker, score_parts(pairs).sum(axis=1))


def _met_by_index(market: Market, rows: IntArray) -> Iterator[tuple[int, "_Kept"]]:
    """Give the same pairs, a few vacancies after the other; as many jobseekers are done as vacancies."""
    from visavis.engine.fast.reverse import AT_ONCE, ReverseIndex  # noqa: PLC0415 (it needs the extra)

    index = ReverseIndex(market)
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        place, jobseeker, score = index.find(market, some)
        done = len(market.jobseekers) * (first + len(some)) // len(rows)
        yield done, (first + place, jobseeker, score)


def parts_of(market: Market, jobseeker: IntArray, vacancy: IntArray) -> FloatArray:
    """Score any pairs, feasible or not, in the order given.

    Parameters
    ----------
    market : Market
    jobseeker, vacancy : array of int64, shape (n,)
        Rows of the market's columns.

    Returns
    -------
    array of float64, shape (n, P)
        The parts of `Matches`.
    """
    order = np.argsort(jobseeker, kind="stable")
    parts = np.empty((len(jobseeker), len(PART_NAMES)))
    people, owner = np.unique(jobseeker[order], return_inverse=True)
    for first in range(0, len(people), PEOPLE_AT_ONCE):
        group = People(market, people[first : first + PEOPLE_AT_ONCE])
        low, high = np.searchsorted(owner, [first, first + PEOPLE_AT_ONCE])
        for a in range(low, high, PAIRS_AT_ONCE):
            some = order[a : min(a + PAIRS_AT_ONCE, high)]
            local = owner[a : a + len(some)] - first
            parts[some] = score_parts(Pairs(group, local, vacancy[some]))
    return parts


type _Kept = tuple[IntArray, IntArray, FloatArray]


def _chosen(rows: IntArray | Sequence[int] | None, count: int, k: int) -> IntArray:
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if rows is None:
        return np.arange(count)
    chosen = np.asarray(rows, np.int64)
    if chosen.ndim != 1 or (len(chosen) and (chosen.min() < 0 or chosen.max() >= count)):
        raise ValueError(f"expected rows of [0, {count}) in one dimension, got shape {chosen.shape}")
    if len(np.unique(chosen)) < len(chosen):
        raise ValueError("a row is asked twice")
    return chosen


def _ranked(
    owner: IntArray, tie: IntArray, score: FloatArray, k: int
) -> tuple[IntArray, npt.NDArray[np.int32]]:
    """Indices of the `k` best of each owner, owners rising, and their ranks from 1."""
    order = np.lexsort((tie, -score, owner))
    sorted_owner = owner[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_owner, sorted_owner) + 1
    within = rank <= k
    return order[within], rank[within].astype(np.int32)


def _best_per_vacancy(kept: list[_Kept], k: int) -> _Kept:
    owner, jobseeker, score = (np.concatenate(part) for part in zip(*kept, strict=True))
    best, _ = _ranked(owner, jobseeker, score, k)
    return owner[best], jobseeker[best], score[best]


def _no_pairs() -> _Kept:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)


def _joined(
    found: list[tuple[IntArray, IntArray, npt.NDArray[np.int32], FloatArray, npt.NDArray[np.float32], Tiers]],
) -> Matches:
    none, parts = np.zeros(0, np.int64), np.zeros((0, len(PART_NAMES)), np.float32)
    found.append((none, none, none.astype(np.int32), np.zeros(0), parts, tiers(parts)))
    return Matches(*(np.concatenate(part) for part in zip(*found, strict=True)))
