"""Keep fifty, serve twenty: which of a person's best vacancies are shown, and which wait behind.

What is shown is drawn up under a limit for each vacancy (`limits`). Behind twenty that are shown others wait
and take the place of what is closed or put aside, under a wider limit, so that whatever happens in a day
a vacancy is shown to few. Behind fewer than twenty nothing waits: what she could have besides is full.
"""

from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.spread.crowd import in_logs, market_prices
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.lists import lists
from visavis.engine.spread.rotation import turn

KEPT = 50
"""How many places of a list are kept."""

SERVED = 20
"""How many of them are shown."""

LEAST_TIMES = 20.0
"""However few the people, a vacancy may stand in so many shown lists for each of its positions."""

ANY = 2**31 - 1
"""The limit of what has none."""


@dataclass(frozen=True)
class Night:
    """Everybody's kept list, n rows by jobseeker then rank, and what it was drawn up by."""

    jobseeker: IntArray  # (n,)
    vacancy: IntArray  # (n,)
    rank: IntArray  # (n,): from 1; those up to `SERVED` are shown, the others wait
    pair: IntArray  # (n,): place in the graph's pairs
    worth: FloatArray  # (n,): logarithm of the chance, turned for the day, less the price
    price: FloatArray  # (M,): at least 0, in the unit of a logarithm; what the crowd makes each vacancy cost
    times: float  # how many shown lists a position may stand in; infinite without spreading
    over: int  # places above a limit: people who would otherwise have nothing


def draw_up(
    graph: Graph, ids: tuple[IntArray, IntArray], positions: IntArray, *, strength: float, day: int
) -> Night:
    """Draw up everybody's kept list at once.

    Parameters
    ----------
    graph : Graph
        The pairs retrieved, `KEPT` for each jobseeker at most; the utility is the chance in [0, 1].
    ids : pair of arrays of int64, shapes (N,) and (M,)
        Lasting numbers of the jobseekers and of the vacancies: the rotation follows them.
    positions : array of int64, shape (M,)
        At least 1.
    strength : float
        In [0, 1]: 0 is plain ranking, 1 makes the crowd fit.
    day : int
        Days since 1970-01-01.

    Returns
    -------
    Night
        Nobody who has a pair has an empty list. No vacancy is shown above its limit, but for `over`.
    """
    people = graph.people
    turned = turn(in_logs(graph).utility, ids[0][people], ids[1][graph.vacancy], day)
    moved = graph.valued(turned)
    cost, times = np.zeros(graph.vacancies), np.inf
    if strength > 0:
        crowd = graph.with_pairs / max(1, int(positions.sum()))
        cost = strength * market_prices(graph, positions, k=SERVED).price
        times = max(LEAST_TIMES, 2.0 * SERVED * crowd / strength)
    limit = limits(positions, times)
    shown = lists(moved, cost, np.minimum(limit, graph.jobseekers), SERVED)
    worth = turned - cost[graph.vacancy]
    is_shown = _found(
        people * graph.vacancies + graph.vacancy, shown.jobseeker * graph.vacancies + shown.vacancy
    )
    waits = _waiting(graph, worth, is_shown, wider(limit))
    pair = np.flatnonzero(is_shown | waits)
    pair = pair[np.lexsort((graph.vacancy[pair], -worth[pair], ~is_shown[pair], people[pair]))]
    owner = people[pair]
    rank = np.arange(len(pair)) - np.searchsorted(owner, owner) + 1
    kept = rank <= KEPT
    pair = pair[kept]
    return Night(
        owner[kept], graph.vacancy[pair], rank[kept], pair, worth[pair], cost, float(times), shown.over
    )


def one_list(
    worth: FloatArray, vacancy: IntArray, counts: tuple[IntArray, IntArray], limit: IntArray
) -> IntArray:
    """Draw up one person's list by day, among the lists of the night.

    Parameters
    ----------
    worth : array of float64, shape (n,)
        As in `Night`.
    vacancy : array of int64, shape (n,)
        Numbers that decide between equals.
    counts : pair of arrays of int64, shape (n,)
        In how many other people's shown lists each stands, and in how many kept ones.
    limit : array of int64, shape (n,)
        Of `limits`.

    Returns
    -------
    array of int64
        Places in `worth` in the order of the list; the first `SERVED` are shown. Empty only when n is 0.

    Examples
    --------
    The best is shown elsewhere as often as it may be.

    >>> counts = np.array([3, 0]), np.array([3, 0])
    >>> one_list(np.array([0.9, 0.5]), np.array([7, 8]), counts, np.array([3, 3])).tolist()
    [1]
    """
    order = np.lexsort((vacancy, -worth))
    shown, kept = counts
    first = order[(shown < limit)[order]][:SERVED]
    if len(first) < SERVED:
        return first if len(first) else order[:1]
    rest = order[~np.isin(order, first)]
    return np.concatenate([first, rest[(kept < wider(limit))[rest]]])[:KEPT]


def limits(positions: IntArray, times: float) -> IntArray:
    """Give in how many shown lists each vacancy may stand, shape (M,).

    Examples
    --------
    >>> limits(np.array([1, 3]), 20.0).tolist()
    [20, 60]
    """
    if not np.isfinite(times):
        return np.full(len(positions), ANY, np.int64)
    return np.minimum(np.ceil(times * positions), ANY).astype(np.int64)


def wider(limit: IntArray) -> IntArray:
    """Give in how many kept lists each may stand: wider, as a kept list is longer than what is shown."""
    return np.minimum(np.ceil(limit * (KEPT / SERVED)), ANY).astype(np.int64)


def chance(score: FloatArray) -> FloatArray:
    """Turn scores, logits of shape (n,), into chances: the logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-score)), np.float64)


def log_chance(score: FloatArray) -> FloatArray:
    """Turn scores, logits of shape (n,), into logarithms of chances, a millionth at least, as `in_logs` does.

    Examples
    --------
    >>> log_chance(np.array([0.0])).round(3).tolist()
    [-0.693]
    """
    return np.asarray(np.log(np.maximum(chance(score), 1e-6)), np.float64)


def _waiting(graph: Graph, worth: FloatArray, is_shown: BoolArray, limit: IntArray) -> BoolArray:
    """Say which of the pairs not shown wait behind: for each vacancy the most worth, while there is room."""
    shown_at = np.bincount(graph.vacancy[is_shown], minlength=graph.vacancies)
    has_enough = np.bincount(graph.people[is_shown], minlength=graph.jobseekers) >= SERVED
    rest = np.flatnonzero(~is_shown & has_enough[graph.people])
    rest = rest[np.lexsort((graph.people[rest], -worth[rest], graph.vacancy[rest]))]
    vacancy = graph.vacancy[rest]
    turn_of = np.arange(len(rest)) - np.searchsorted(vacancy, vacancy)
    waits = np.zeros(len(worth), np.bool_)
    waits[rest[turn_of < (limit - shown_at)[vacancy]]] = True
    return waits


def _found(keys: IntArray, wanted: IntArray) -> BoolArray:
    """Say which keys are wanted; the keys of one side are never repeated."""
    return np.isin(keys, wanted, assume_unique=True)
