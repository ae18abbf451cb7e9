"""Everybody's lists by one parameter, from plain ranking to full spreading, and the hires expected of them.

The site draws its lists up by `engine/spread/serving.py`; here the same prices and limits are tried at any strength.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import pdtr, pdtrc

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.spread.crowd import K, in_logs, market_prices
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.hires import attention
from visavis.engine.spread.lists import Lists, lists
from visavis.engine.spread.rotation import phases

TURN = 0.1
"""How far the slow rotation lifts or lowers a pair, in logarithms: those 20 % apart at most take turns."""


def spread(
    graph: Graph,
    positions: IntArray,
    *,
    strength: float = 0.5,
    k: int = K,
    times: float | None = None,
    day: int | None = None,
) -> Lists:
    """Draw up everybody's list, from plain ranking to full spreading by one parameter.

    At 0 everybody has the best of her pairs, without price or limit. At 1 the whole price of the
    crowd is taken off, and a vacancy stands in at most twice as many lists as even lists would need.

    Parameters
    ----------
    graph : Graph
        With the chances that both say yes, in [0, 1], as its utility.
    positions : array of int64, shape (M,)
        At least 0: how many people each vacancy can hire.
    strength : float
        In [0, 1].
    k : int
        The length of a list, at least 1.
    times : float, optional
        No vacancy stands in more lists than so many times its positions, where a way exists that leaves nobody
        with nothing. Without it, twice what even lists would need, divided by the strength.
    day : int, optional
        Days since 1970-01-01, for the slow rotation; without it nothing turns.

    Returns
    -------
    Lists

    Examples
    --------
    Both prefer the first vacancy; it is kept for whom it suits more.

    >>> graph = Graph(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([0.6, 0.2, 0.5, 0.4]), 2)
    >>> [spread(graph, np.array([1, 1]), strength=s, k=1).vacancy.tolist() for s in (0.0, 1.0)]
    [[0, 0], [0, 1]]
    """
    _check(positions, graph, strength)
    if strength == 0 and day is None:
        return lists(graph, np.zeros(graph.vacancies), _no_limit(graph), k)
    logs = in_logs(graph)
    turned = logs if day is None else rotate(logs, day, share=TURN)
    if strength == 0:
        return lists(turned, np.zeros(graph.vacancies), _no_limit(graph), k)
    price = market_prices(graph, positions, k=k).price
    return lists(turned, strength * price, _limit(graph, positions, k, strength, times), k)


def best_strength(
    graph: Graph, positions: IntArray, *, k: int = K, among: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)
) -> float:
    """Return the strength whose lists are expected to give most hires, as the utilities have it."""
    logs, price = in_logs(graph), market_prices(graph, positions, k=k).price

    def value(strength: float) -> float:
        limit = _limit(graph, positions, k, strength, None) if strength else _no_limit(graph)
        return hires(graph, lists(logs, strength * price, limit, k), positions)

    return max(among, key=value)


def _limit(graph: Graph, positions: IntArray, k: int, strength: float, times: float | None) -> IntArray:
    if times is None:
        times = 2.0 * k * graph.with_pairs / max(1, int(positions.sum())) / strength
    limit: IntArray = np.floor(times * positions + 1e-9).astype(np.int64)
    return limit


def _no_limit(graph: Graph) -> IntArray:
    return np.full(graph.vacancies, graph.jobseekers, np.int64)


def _check(positions: IntArray, graph: Graph, strength: float) -> None:
    if not 0 <= strength <= 1:
        raise ValueError(f"strength is in [0, 1], seen {strength}")
    if positions.shape != (graph.vacancies,) or np.any(positions < 0):
        raise ValueError(f"positions is at least 0 and of shape ({graph.vacancies},), seen {positions.shape}")


def expected_hires(rate: FloatArray, positions: IntArray) -> FloatArray:
    """Return E[min(c, X)] for X of Poisson's law: λ P(X ≤ c − 2) + c P(X ≥ c).

    Parameters
    ----------
    rate : array of float64, shape (M,)
        λ, at least 0: how many who apply would be wanted, on average.
    positions : array of int64, shape (M,)
        c, at least 0.

    Returns
    -------
    array of float64, shape (M,)

    Examples
    --------
    >>> expected_hires(np.array([1.0, 1.0, 5.0]), np.array([1, 9, 0])).round(3).tolist()
    [0.632, 1.0, 0.0]
    """
    below = np.where(positions >= 2, pdtr(np.maximum(positions - 2, 0), rate), 0.0)
    above = np.where(positions >= 1, pdtrc(np.maximum(positions - 1, 0), rate), 0.0)
    found: FloatArray = rate * below + positions * above
    return found


def hires(graph: Graph, found: Lists, positions: IntArray) -> float:
    """Return the hires expected of lists, as the utilities have it: one look at each list.

    A person whom two would hire counts twice.

    Parameters
    ----------
    graph : Graph
        With the chances that both say yes as its utility.
    found : Lists
    positions : array of int64, shape (M,)

    Returns
    -------
    float
    """
    chance = attention(found.rank) * graph.utility[found.pair]
    rate = np.bincount(found.vacancy, chance, minlength=graph.vacancies)
    return float(expected_hires(rate, positions).sum())


def rotate(graph: Graph, day: int, *, share: float = 0.02, period_days: int = 14) -> Graph:
    """Turn the order slowly, so that near-equal vacancies take turns at the top: day by day, never a shuffle.

    Each pair's utility moves along a sine of its own phase; two days that follow each other differ by at
    most 2π / `period_days` of `share`.

    Parameters
    ----------
    graph : Graph
    day : int
        Days since 1970-01-01.
    share : float
        At least 0, in the unit of utility: how far a pair may rise or fall.
    period_days : int
        At least 2.

    Returns
    -------
    Graph
        The same pairs.

    Examples
    --------
    >>> graph = Graph(np.array([0, 1]), np.array([0]), np.array([0.5]), 1)
    >>> bool(rotate(graph, 3).utility == rotate(graph, 17).utility)
    True
    """
    if share < 0 or period_days < 2:
        raise ValueError(f"share is at least 0 and period_days at least 2, seen {share} and {period_days}")
    phase = phases(graph.people, graph.vacancy)
    turn = np.sin(2 * np.pi * ((day % period_days) / period_days + phase))
    return Graph(graph.starts, graph.vacancy, graph.utility + share * turn, graph.vacancies)
