"""Who could be proposed what, as rows of pairs, and the order of the pairs within their rows."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import AnyArray, FloatArray, IntArray, Integers

_AT_ONCE = 1 << 20
"""Pairs put in order at once: bounds the memory."""


@dataclass(frozen=True)
class Graph:
    """Who could be proposed what: the feasible pairs kept for each jobseeker, row by row.

    int32 and float32 take half the memory and are kept as they come; a country needs them.
    """

    # int64 or int32, (N + 1,): where each jobseeker's pairs begin, as in a CSR matrix
    starts: IntArray
    # int64 or int32, (E,): the vacancy of each pair, in [0, M); none twice for one jobseeker
    vacancy: IntArray
    # float64 or float32, (E,): what the pair is worth, finite: the chance that both say yes, in [0, 1]
    utility: FloatArray
    vacancies: int  # M

    def __post_init__(self) -> None:
        """Check the shapes once; what follows trusts them."""
        edges = len(self.vacancy)
        if len(self.starts) == 0 or self.starts[0] != 0 or self.starts[-1] != edges:
            raise ValueError(
                f"starts runs from 0 to the {edges} pairs, seen {self.starts[:1]}…{self.starts[-1:]}"
            )
        if np.any(np.diff(self.starts) < 0):
            raise ValueError("starts never decreases")
        if self.utility.shape != (edges,) or not np.isfinite(self.utility).all():
            raise ValueError(f"utility is finite and of shape ({edges},), seen {self.utility.shape}")
        if edges and not 0 <= self.vacancy.min() <= self.vacancy.max() < self.vacancies:
            raise ValueError(f"vacancy is in [0, {self.vacancies})")

    @property
    def jobseekers(self) -> int:
        """Return N."""
        return len(self.starts) - 1

    @property
    def people(self) -> IntArray:
        """Return the jobseeker of each pair."""
        return np.repeat(np.arange(self.jobseekers), np.diff(self.starts))

    @property
    def with_pairs(self) -> int:
        """Return how many jobseekers have a pair."""
        return int(np.count_nonzero(np.diff(self.starts)))

    def valued(self, utility: FloatArray) -> "Graph":
        """Return the same pairs with other utilities."""
        return Graph(self.starts, self.vacancy, utility, self.vacancies)


def best_first(graph: Graph, worth: AnyArray) -> Integers:
    """Return the pairs of each row, the best first; of equal ones the vacancy of the lower number.

    Parameters
    ----------
    graph : Graph
    worth : array of float64 or float32, shape (E,)

    Returns
    -------
    array of int32 (int64 beyond 2³¹ pairs), shape (E,)
        Positions in the graph's pairs, row after row.

    Examples
    --------
    >>> graph = Graph(np.array([0, 3, 4]), np.array([5, 2, 4, 1]), np.zeros(4), 6)
    >>> best_first(graph, np.array([0.1, 0.3, 0.3, 0.2])).tolist()
    [1, 2, 0, 3]
    """
    edges = len(worth)
    order: Integers = np.empty(edges, np.int32 if edges < 2**31 else np.int64)
    for where in _rows_alike(graph.starts):
        chosen = where[:, :1] + _descending(worth[where])
        level = worth[chosen]
        tied = np.flatnonzero((level[:, 1:] == level[:, :-1]).any(axis=1))
        if len(tied):
            own = where[tied]
            by = np.lexsort((graph.vacancy[own], -worth[own]), axis=1)
            chosen[tied] = own[:, :1] + by
        order[where] = chosen
    return order


def _rows_alike(starts: IntArray) -> Iterator[IntArray]:
    """Give rectangles of positions: rows of one length, as many as are put in order at once."""
    lengths = np.diff(starts)
    rows = np.argsort(lengths, kind="stable")
    cuts = np.flatnonzero(np.diff(lengths[rows])) + 1
    for alike in np.split(rows, cuts):
        length = int(lengths[alike[0]]) if len(alike) else 0
        step = max(1, _AT_ONCE // max(1, length))
        for begin in range(0, len(alike) if length else 0, step):
            yield starts[alike[begin : begin + step], None] + np.arange(length)


def _descending(worth: AnyArray) -> AnyArray:
    """Return what puts each row of a rectangle in descending order.

    A float32 and its place make one integer of 64 bits, which sorts many times faster than an indirect sort.
    """
    if worth.dtype != np.float32:
        return np.argsort(-worth, axis=1, kind="stable")
    bits = (worth + np.float32(0)).view(np.uint32)
    negative = (bits >> 31).astype(np.bool_)
    rising = np.where(negative, ~bits, bits | np.uint32(1 << 31))
    key = (~rising).astype(np.uint64) << np.uint64(32)
    key |= np.arange(worth.shape[1], dtype=np.uint64)
    key.sort(axis=1)
    return (key & np.uint64(0xFFFFFFFF)).astype(np.int64)
