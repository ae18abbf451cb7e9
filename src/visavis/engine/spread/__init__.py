"""Spread people over vacancies: prices that keep crowds away, then lists under hard limits.

A hundred people sent to one position waste ninety-nine days. Three steps avoid it. Each vacancy gets a
capacity: the crowd beyond which one more candidate would add more hires elsewhere (`spread_hires`). Entropic
transport finds for each a price, zero where there is room, at which the crowds fit (`spread_prices`).
Lists are then drawn up by what a pair is worth less the price, under a limit for each vacancy that is never passed
unless somebody would otherwise have nothing (`spread_lists`).
"""

from collections.abc import Sequence

import numpy as np

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.hires import capacities, hires
from visavis.engine.spread.lists import Lists, lists
from visavis.engine.spread.prices import Prices, prices
from visavis.engine.spread.rotation import phases, rotate

__all__ = [
    "Graph",
    "Lists",
    "Prices",
    "best_strength",
    "in_logs",
    "lists",
    "market_prices",
    "phases",
    "prices",
    "rotate",
    "spread",
]

EPSILON, OUTSIDE = 0.5, 2.5
"""In logarithms: as a list of twenty is looked at to its end, chances of one to two are all in play; below a twelfth of
her best she would rather wait."""

K = 20
"""The usual length of a list."""

TURN = 0.1
"""How far the slow rotation lifts or lowers a pair, in logarithms: those 20 % apart at most take turns."""

_LEAST = 1e-6
_phases = phases


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


def market_prices(
    graph: Graph, positions: IntArray, *, k: int = K, start: FloatArray | None = None
) -> Prices:
    """Find the prices at which everybody's crowd adds most hires, in the unit of a logarithm of a chance.

    Worth a pair's place in a list: log(utility) − strength × price. The prices may be kept during the day.

    Parameters
    ----------
    graph : Graph
        With the chances that both say yes as its utility.
    positions : array of int64, shape (M,)
    k : int
        The length of the lists.
    start : array of float64, shape (M,), optional
        Yesterday's prices, to need fewer iterations.

    Returns
    -------
    Prices
    """
    logs = in_logs(graph)
    crowd = capacities(logs, positions, k=k, epsilon=EPSILON, outside=OUTSIDE)
    return prices(logs, crowd, epsilon=EPSILON, outside=OUTSIDE, start=start)


def best_strength(
    graph: Graph, positions: IntArray, *, k: int = K, among: Sequence[float] = (0.0, 0.25, 0.5, 0.75, 1.0)
) -> float:
    """Return the strength whose lists are expected to give most hires, as the utilities have it."""
    logs, price = in_logs(graph), market_prices(graph, positions, k=k).price

    def value(strength: float) -> float:
        limit = _limit(graph, positions, k, strength, None) if strength else _no_limit(graph)
        return hires(graph, lists(logs, strength * price, limit, k), positions)

    return max(among, key=value)


def in_logs(graph: Graph) -> Graph:
    """Return the graph with logarithms of its chances, a millionth at least, as its utility."""
    utility = np.maximum(graph.utility, graph.utility.dtype.type(_LEAST))
    return graph.valued(np.log(utility, out=utility))


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
