"""Keep fifty, serve twenty: which of a person's best vacancies are shown, and which wait behind.

What she asked for stands first (`score/tiers.py`), whatever it costs. Among the rest of a tier what the crowd wants is
passed by for what is nearly as good to her: a price takes no more than her allowance, at which the chances of
her best twenty fall by a twentieth at most. What is shown is drawn up under a limit for each vacancy (`limits`), which
gives way where it would cost her more than that. Behind twenty that are shown others wait
and take the place of what is closed or put aside, under a wider limit, so that whatever happens in a day
a vacancy is shown to few. Behind fewer than twenty nothing waits: what she could have besides is full.
"""

from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import AnyArray, BoolArray, FloatArray, IntArray
from visavis.engine.score.tiers import SAME, Tiers
from visavis.engine.spread.crowd import market_prices
from visavis.engine.spread.graph import Graph, best_first
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

LOST, FIRST = 0.05, 10
"""What spreading may take of the chances of anybody's best twenty, of what she asked for among them, and of her first
ten, at most. What a reader would find wrong among these pages set right (`matches/pages/fit.py`)."""

TIER_STEP, LEVEL_STEP = 200.0, 40.0
"""What a tier and a level are worth, beyond any chance or price: lists are by tier, then level, then the rest, and what
ranks a place tells its tier."""

LEVELS = (0.25, 0.5, 0.75)
"""The chances between which people read the same words: spreading never puts a lower level above a higher one."""

MOST_ALLOWED = 10.0
"""No price takes more, in logarithms."""

_CROWD_STEP = 1.0
"""In logarithms, how much less the crowd goes for what is a tier farther from what it asked for."""

_HALVINGS, _LEAST_ALLOWED = 7, 1e-9
"""How often an allowance is halved: it is found to a hundredth part; what is as good as nothing."""

_EXACT = _LEAST_CHANCE = 1e-6
"""Chances are summed up to so much, and none counts as less."""


@dataclass(frozen=True)
class Night:
    """Everybody's kept list, n rows by jobseeker then rank, and what it was drawn up by."""

    jobseeker: IntArray  # (n,)
    vacancy: IntArray  # (n,)
    rank: IntArray  # (n,): from 1; those up to `SERVED` are shown, the others wait
    pair: IntArray  # (n,): place in the graph's pairs
    # (n,): logarithm of the chance, turned for the day, less what its price takes, and less its tier
    worth: FloatArray
    allowed: FloatArray  # (N,): what prices take at most of what a vacancy is worth to each jobseeker, in logarithms
    lost: FloatArray  # (N,): the part of the chances of her best twenty that spreading takes, at most 1
    price: FloatArray  # (M,): at least 0, in the unit of a logarithm; what the crowd makes each vacancy cost
    times: float  # how many shown lists a position may stand in; infinite without spreading
    over: int  # places above a limit: people who would otherwise lose more than `LOST`


def draw_up(
    graph: Graph,
    tier: Tiers,
    ids: tuple[IntArray, IntArray],
    positions: IntArray,
    *,
    strength: float,
    day: int,
) -> Night:
    """Draw up everybody's kept list at once.

    Parameters
    ----------
    graph : Graph
        The pairs retrieved, `KEPT` for each jobseeker at most; the utility is the chance in [0, 1].
    tier : array of uint8, shape (E,)
        Of `tiers`: in which part of her list each pair stands.
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
        Nobody who has a pair has an empty list, or loses more than `LOST`. No vacancy is shown above its limit, but for
        `over`.
    """
    people = graph.people
    numbers = ids[0][people], ids[1][graph.vacancy]
    plain = ranked(graph.utility, tier, numbers, day)
    cost, times = np.zeros(graph.vacancies), np.inf
    if strength > 0:
        crowd = graph.with_pairs / max(1, int(positions.sum()))
        wanted = graph.valued(graph.utility * np.exp(-_CROWD_STEP * tier))
        cost = strength * market_prices(wanted, positions, k=SERVED).price
        times = max(LEAST_TIMES, 2.0 * SERVED * crowd / strength)
    limit = limits(positions, times)
    allowed = allowances(graph, plain, cost)
    worth = priced(plain, cost[graph.vacancy], allowed[people])
    at_limit = lists(
        graph.valued(worth), np.zeros(graph.vacancies), np.minimum(limit, graph.jobseekers), SERVED
    )
    is_shown = np.zeros(len(worth), np.bool_)
    is_shown[at_limit.pair] = True
    sums = _Sums(graph, plain, tier)
    own = _first(graph, worth)
    is_shown = np.where(sums.loses(is_shown)[people], own, is_shown)
    over = np.maximum(0, np.bincount(graph.vacancy[is_shown], minlength=graph.vacancies) - limit).sum()
    waits = _waiting(graph, worth, is_shown, wider(limit))
    pair = np.flatnonzero(is_shown | waits)
    pair = pair[np.lexsort((graph.vacancy[pair], -worth[pair], ~is_shown[pair], people[pair]))]
    owner = people[pair]
    rank = np.arange(len(pair)) - np.searchsorted(owner, owner) + 1
    kept = rank <= KEPT
    pair = pair[kept]
    return Night(
        owner[kept], graph.vacancy[pair], rank[kept], pair, worth[pair], allowed, sums.lost(is_shown), cost,
        float(times), int(over),
    )  # fmt: skip


def ranked(chance: FloatArray, tier: Tiers, ids: tuple[IntArray, IntArray], day: int) -> FloatArray:
    """Give what pairs are worth without a crowd: by tier, then level, then chance, turned; all shapes (n,)."""
    logs = np.log(np.maximum(chance, _LEAST_CHANCE))
    below = len(LEVELS) - np.searchsorted(LEVELS, chance, side="right")
    return np.asarray(turn(logs, *ids, day) - LEVEL_STEP * below - TIER_STEP * tier, np.float64)


def priced(plain: FloatArray, price: FloatArray, allowed: FloatArray) -> FloatArray:
    """Take prices off; all shapes (n,).

    However large, none takes more than is allowed, and the larger still takes more: a (1 − exp(−price / a)).
    """
    least = np.maximum(allowed, _LEAST_ALLOWED)
    return np.asarray(plain + least * np.expm1(-price / least), np.float64)


def allowances(graph: Graph, plain: FloatArray, price: FloatArray) -> FloatArray:
    """Find what prices may take for each jobseeker, shape (N,), so that she loses at most `LOST`.

    The chances of the twenty that she reads are held against those of her best twenty, and those of the first ten
    against her best ten: the allowance is halved until they are enough. Two openings change places only when their
    chances differ by less than the allowance.
    """
    low, high = (
        np.zeros(graph.jobseekers),
        np.full(graph.jobseekers, min(MOST_ALLOWED, price.max(initial=0.0))),
    )
    if not high.any():
        return low
    asked, people = price[graph.vacancy], graph.people
    best = _reads(graph, plain.astype(np.float32))

    def is_enough(allowed: FloatArray) -> BoolArray:
        worth = priced(plain, asked, allowed[people]).astype(np.float32)
        enough: BoolArray = (_reads(graph, worth) >= (1 - LOST) * best - _EXACT).all(axis=0)
        return enough

    low = np.where(is_enough(high), high, low)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        enough = is_enough(middle)
        low, high = np.where(enough, middle, low), np.where(enough, high, middle)
    return low


def one_list(
    graph: Graph,
    tier: Tiers,
    worths: tuple[FloatArray, FloatArray],
    counts: tuple[IntArray, IntArray],
    limit: IntArray,
) -> IntArray:
    """Draw up one person's list by day, among the lists of the night.

    Parameters
    ----------
    graph : Graph
        Her pairs.
    tier : array of uint8, shape (n,)
    worths : pair of arrays of float64, shape (n,)
        As `ranked` gives them, and as `priced`.
    counts : pair of arrays of int64, shape (n,)
        In how many other people's shown lists each stands, and in how many kept ones.
    limit : array of int64, shape (n,)
        Of `limits`.

    Returns
    -------
    array of int64
        Places among her pairs in the order of the list; the first `SERVED` are shown. Empty only when n is 0.

    Examples
    --------
    The best is shown elsewhere as often as it may be: another that is as good stands in its place.

    >>> chances = np.array([0.5] * 40)
    >>> graph, tier = Graph(np.array([0, 40]), np.arange(40), chances, 40), np.zeros(40, np.uint8)
    >>> full = np.arange(40) == 0
    >>> one_list(graph, tier, (chances, chances), (3 * full, 3 * full), np.full(40, 3))[:3].tolist()
    [1, 2, 3]
    """
    plain, worth = worths
    order = np.lexsort((graph.vacancy, -worth))
    shown, kept = counts
    first = order[(shown < limit)[order]][:SERVED]
    is_first = np.zeros(len(worth), np.bool_)
    is_first[first] = True
    if _Sums(graph, plain, tier).loses(is_first).any():
        first = order[:SERVED]
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


class _Sums:
    """The chances of everybody's best twenty, of all of them and of what she asked for, to hold lists against."""

    def __init__(self, graph: Graph, plain: FloatArray, tier: Tiers) -> None:
        self.graph, self.is_asked = graph, tier <= SAME
        best = _first(graph, plain)
        self.best, self.best_asked = _sums(graph, best), _sums(graph, best & self.is_asked)

    def loses(self, is_shown: BoolArray) -> BoolArray:
        """Tell who loses more than `LOST` of either, shape (N,)."""
        got, asked = _sums(self.graph, is_shown), _sums(self.graph, is_shown & self.is_asked)
        loses: BoolArray = got < (1 - LOST) * self.best - _EXACT
        return loses | (asked < (1 - LOST) * self.best_asked - _EXACT)

    def lost(self, is_shown: BoolArray) -> FloatArray:
        """Give the part of all of them that each loses, shape (N,)."""
        got = _sums(self.graph, is_shown)
        return np.maximum(0.0, 1.0 - got / np.maximum(self.best, _EXACT)) * (self.best > 0)


def _first(graph: Graph, worth: AnyArray) -> BoolArray:
    """Say which pairs are the first `SERVED` of their jobseeker, shape (E,)."""
    return _turns(graph, worth) < SERVED


def _turns(graph: Graph, worth: AnyArray) -> IntArray:
    """Number the pairs of each jobseeker from 0, the most worth first, shape (E,)."""
    order = best_first(graph, worth)
    turns = np.empty(len(worth), np.int64)
    turns[order] = np.arange(len(order)) - np.repeat(graph.starts[:-1], np.diff(graph.starts))
    return turns


def _reads(graph: Graph, worth: AnyArray) -> FloatArray:
    """Sum up the chances of what each jobseeker reads first, and of all she reads, shape (2, N)."""
    turns = _turns(graph, worth)
    return np.array([_sums(graph, turns < many) for many in (FIRST, SERVED)])


def _sums(graph: Graph, which: BoolArray) -> FloatArray:
    """Sum up the chances of some pairs by jobseeker, shape (N,)."""
    pairs = np.flatnonzero(which)
    found: FloatArray = np.bincount(graph.people[pairs], graph.utility[pairs], graph.jobseekers)
    return found
