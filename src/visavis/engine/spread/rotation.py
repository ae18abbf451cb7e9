"""Slow rotation: near-equal vacancies take turns at the top, day by day, never by a shuffle."""

import numpy as np

from visavis.engine.arrays import FloatArray, Integers
from visavis.engine.spread.graph import Graph


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


def phases(person: Integers, vacancy: Integers) -> FloatArray:
    """Return a number in [0, 1) for each pair that looks like chance and is always the same (Knuth, 6.4)."""
    mixed = (person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        vacancy.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
