"""The prices that everybody together makes each vacancy cost."""

import numpy as np

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.hires import capacities
from visavis.engine.spread.prices import Prices, prices

EPSILON, OUTSIDE = 0.5, 2.5
"""In logarithms: as a list of twenty is looked at to its end, chances of one to two are all in play; below a twelfth of
her best she would rather wait."""

K = 20
"""The usual length of a list."""

_LEAST = 1e-6


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


def in_logs(graph: Graph) -> Graph:
    """Return the graph with logarithms of its chances, a millionth at least, as its utility."""
    utility = np.maximum(graph.utility, graph.utility.dtype.type(_LEAST))
    return graph.valued(np.log(utility, out=utility))
