"""Capacities: what one more candidate adds where others already stand, and the crowds that add most hires.

A vacancy with c positions hires min(c, X) of those whom it and they would have; X is near a Poisson law when
each of many has a small chance (Le Cam 1960: the error is at most the sum of the squared chances).
"""

import numpy as np
import scipy
from scipy import sparse

from visavis.engine.arrays import AnyArray, FloatArray, IntArray, Integers
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.prices import kernel

_USUAL_WEIGHT = 0.5
"""How many first choices of the usual chance stand beside a vacancy's own: few tell little."""
_ALONE = 0.5
"""No vacancy is held to be crowded by fewer first choices for each position, however few the people."""
_STEPS = 512


def attention(rank: Integers) -> FloatArray:
    """Return the chance that the vacancy of a rank, from 1, is looked at: 1 / log₂(rank + 1).

    References
    ----------
    Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques".

    Examples
    --------
    >>> attention(np.array([1, 3])).tolist()
    [1.0, 0.5]
    """
    found: FloatArray = 1.0 / np.log2(np.asarray(rank) + 1.0)
    return found


def capacities(
    graph: Graph, positions: IntArray, *, k: int, epsilon: float = 0.5, outside: float = 2.5
) -> FloatArray:
    """Return the crowds at which one more first choice adds the same expected hires everywhere.

    With λ candidates who would be hired, one more adds his chance q times P(X ≤ c − 1). The capacity of a
    vacancy is the crowd at which that product is down to a level that all vacancies share; the
    level is the one at which the capacities add up to the people, where these are at least half the positions.

    Parameters
    ----------
    graph : Graph
        With logarithms of the chances that both say yes as its utility.
    positions : array of int64, shape (M,)
        c, at least 0.
    k : int
        The length of the lists: each first choice stands for a whole list, looked at as `attention` says.
    epsilon, outside : float
        As for `prices`.

    Returns
    -------
    array of float64, shape (M,)
    """
    chance = _chance_of_those_who_come(graph, epsilon, outside)
    looks = float(attention(np.arange(1, k + 1)).sum())
    low, high = 1e-9, 1.0
    crowd = np.zeros(graph.vacancies)
    table = _Table(positions)
    for _step in range(40):
        level = float(np.sqrt(low * high))
        crowd = np.maximum(table.rate(level / chance) / (chance * looks), _ALONE * positions)
        low, high = (level, high) if crowd.sum() > graph.with_pairs else (low, level)
    return crowd


def _chance_of_those_who_come(graph: Graph, epsilon: float, outside: float) -> FloatArray:
    """Return for each vacancy the mean chance of those who would choose it first, were there no price."""
    choices = kernel(graph, epsilon, np.float32)
    people = 1.0 / (np.float32(np.exp(-outside / epsilon)) + choices.sum(axis=1))
    people = people.astype(np.float32)
    values = np.exp(graph.utility.astype(np.float32))
    values *= choices.data
    likely = sparse.csr_array((values, choices.indices, choices.indptr), shape=choices.shape)
    came, hired = (one.T @ people for one in (choices, likely))
    usual = float(hired.sum() / max(1e-9, float(came.sum())))
    found = (hired + _USUAL_WEIGHT * usual) / (came + _USUAL_WEIGHT)
    chance: FloatArray = np.maximum(found.astype(np.float64), 1e-9)
    return chance


class _Table:
    """The rate λ at which P(X ≤ c − 1) is a given chance, read off a table for each number of positions."""

    def __init__(self, positions: IntArray) -> None:
        self.kinds, self.kind = np.unique(positions, return_inverse=True)
        self.rows = [self._row(int(c)) for c in self.kinds]

    @staticmethod
    def _row(positions: int) -> tuple[AnyArray, AnyArray]:
        rate = np.linspace(0.0, 1.0, _STEPS) ** 2 * (positions + 8.0 * np.sqrt(positions) + 12.0)
        return scipy.special.pdtr(max(positions - 1, 0), rate)[::-1], rate[::-1]

    def rate(self, chance: FloatArray) -> FloatArray:
        """Return the rate of each vacancy; 0 where the chance is 1 or more, or there is no position."""
        found = np.zeros(len(self.kind))
        for number, (room, rate) in enumerate(self.rows):
            if self.kinds[number] > 0:
                own = self.kind == number
                found[own] = np.interp(chance[own], room, rate)
        return found
