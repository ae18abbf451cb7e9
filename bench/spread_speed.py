"""How long prices and lists take: ours on a large sparse graph, POT on a dense one that fits."""

import resource
import time
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
import ot
from numba import njit

from bench.spread_graphs import country, places
from visavis.engine.spread.crowd import K, in_logs, market_prices
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.lists import ListBuilder
from visavis.engine.spread.prices import ENOUGH, Sinkhorn, prices

type Row = dict[str, str | int | float]

EPSILON, OUTSIDE, SLACK = 0.03, 0.2, 1.25
PER_PERSON = 50


def timed[T](function: Callable[[], T]) -> tuple[T, float]:
    """Return what a function returns and the CPU seconds it took."""
    began = time.process_time()
    found = function()
    return found, time.process_time() - began


def peak_gb() -> float:
    """Return the most memory the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def large(edges: int) -> list[Row]:
    """Measure ours on a graph of so many pairs."""
    people = edges // PER_PERSON
    graph = country(people, max(100, people // 5), PER_PERSON)
    positions = places(graph)
    capacity = SLACK * people / positions.sum() * positions
    rows = [_scipy(graph, capacity), *_numba(graph, capacity)]
    market, seconds = timed(partial(market_prices, graph, positions))
    rows.append(
        {
            "method": "visavis, capacities from hires and prices",
            "edges": len(graph.vacancy),
            "iterations": market.iterations,
            "overflow": market.excess,
            "seconds": seconds,
        }
    )
    rows += [
        _lists(graph, positions, market.price, times, fast) for fast in (True, False) for times in (2.0, 1.2)
    ]
    for row in rows:
        row["peak_gb"] = peak_gb()
    return rows


def _scipy(graph: Graph, capacity: np.ndarray) -> Row:
    solve = partial(prices, graph, capacity, epsilon=EPSILON, outside=OUTSIDE)
    found, seconds = timed(solve)
    sinkhorn, built = timed(partial(Sinkhorn, graph, capacity, EPSILON, OUTSIDE))
    per = np.median([timed(sinkhorn.step)[1] for _time in range(9)]) / len(graph.vacancy)
    held = sum(one.data.nbytes + one.indices.nbytes for one in (sinkhorn.kernel, sinkhorn.transposed))
    return {
        "method": "visavis",
        "edges": len(graph.vacancy),
        "ns_per_edge_iteration": 1e9 * float(per),
        "iterations": found.iterations,
        "seconds": seconds,
        "build_s": built,
        "overflow": found.excess,
        "bytes_per_edge": held / len(graph.vacancy),
    }


def _numba(graph: Graph, capacity: np.ndarray) -> list[Row]:
    """Measure a compiled kernel on the same arrays, which would take scipy's place were it faster."""
    sinkhorn = Sinkhorn(graph, capacity, EPSILON, OUTSIDE)
    by_person, by_vacancy = sinkhorn.kernel, sinkhorn.transposed
    choices = np.empty(graph.jobseekers, np.float32)
    crowd = np.empty(graph.vacancies, np.float32)

    def step() -> None:
        _product(by_person.indptr, by_person.indices, by_person.data, sinkhorn.scale, choices)
        np.divide(sinkhorn.has_pairs, choices + sinkhorn.stays, out=choices)
        _product(by_vacancy.indptr, by_vacancy.indices, by_vacancy.data, choices, crowd)

    step()
    apart = float(np.abs(crowd / np.maximum(sinkhorn.crowd(), 1e-9) - 1).max())
    per = np.median([timed(step)[1] for _time in range(9)]) / len(graph.vacancy)
    return [
        {
            "method": "numba, CSR and CSC (not used)",
            "edges": len(graph.vacancy),
            "ns_per_edge_iteration": 1e9 * float(per),
            "difference": apart,
        }
    ]


@njit(cache=True, nogil=True)
def _product(
    starts: np.ndarray, index: np.ndarray, value: np.ndarray, x: np.ndarray, out: np.ndarray
) -> None:
    for row in range(len(starts) - 1):
        total = np.float32(0)
        for at in range(starts[row], starts[row + 1]):
            total += value[at] * x[index[at]]
        out[row] = total


def _lists(graph: Graph, positions: np.ndarray, price: np.ndarray, times: float, fast: bool) -> Row:
    """Measure the rounding to lists under limits of so many times what even lists need."""
    logs = in_logs(graph)
    even = K * graph.with_pairs / positions.sum()
    limit = np.floor(times * even * positions).astype(np.int64)
    # Compiled beforehand: kept on disk from then on.
    small = country(2000, 400, 20)
    ListBuilder(small, np.zeros(400), np.full(400, 60), fast=fast).build(K)
    found, seconds = timed(lambda: ListBuilder(logs, price, limit, fast=fast).build(K))
    length = np.bincount(found.jobseeker, minlength=graph.jobseekers)
    stands = np.bincount(found.vacancy, minlength=graph.vacancies)
    return {
        "method": f"visavis, lists under {times} × even, {'numba' if fast else 'numpy'}",
        "edges": len(graph.vacancy),
        "people": graph.jobseekers,
        "seconds": seconds,
        "us_per_person": 1e6 * seconds / graph.jobseekers,
        "mean_length": float(length.mean()),
        "empty": int((length == 0).sum()),
        "above_limit": int(np.maximum(0, stands - limit).sum()),
    }


def beside_pot(people: int = 6000, vacancies: int = 3000) -> list[Row]:
    """Compare with POT's dense transport where it fits, in float32 as ours: what is not a pair is out of reach.

    The same problem in POT's terms has a vacancy more, for whoever stays outside, and a person more, who fills
    what capacity is left. Its partial transport is near it; an iteration of each is timed.
    """
    graph = country(people, vacancies, PER_PERSON)
    capacity = np.full(vacancies, SLACK * people / vacancies)
    sinkhorn = Sinkhorn(graph, capacity, EPSILON, OUTSIDE)
    per = float(np.median([timed(sinkhorn.step)[1] for _time in range(31)]))
    found, seconds = timed(partial(prices, graph, capacity, epsilon=EPSILON, outside=OUTSIDE))
    ours: Row = {
        "method": "visavis, beside POT",
        "edges": len(graph.vacancy),
        "s_per_iteration": per,
        "ns_per_edge_iteration": 1e9 * per / len(graph.vacancy),
        "iterations": found.iterations,
        "seconds": seconds,
        "overflow": found.excess,
    }
    cost = np.ones((people + 1, vacancies + 1), np.float32)
    best = np.maximum.reduceat(graph.utility, graph.starts[:-1])
    cost[graph.people, graph.vacancy] = best[graph.people] - graph.utility
    cost[:, -1], cost[-1] = OUTSIDE, 0.0
    room = np.append(capacity, people).astype(np.float32)
    mass = np.append(np.ones(people), room.sum() - people).astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peers = _peers(cost, mass, room)
        rows = [_peer(name, *peer, cost.size, ours) for name, peer in peers.items()]
        rows[0] |= _converged(peers["POT sinkhorn"][0], room[:-1], people, ours)
    return [ours, *rows]


type Solve = Callable[[int], np.ndarray]


def _peers(cost: np.ndarray, mass: np.ndarray, room: np.ndarray) -> dict[str, tuple[Solve, tuple[int, int]]]:
    """Return POT's ways, each with two numbers of iterations to take the time of one from."""

    def sinkhorn(method: str) -> Solve:
        return lambda n: ot.sinkhorn(
            mass, room, cost, EPSILON, method=method, numItermax=n, stopThr=0.0, warn=False
        )

    return {
        "POT sinkhorn": (sinkhorn("sinkhorn"), (5, 25)),
        "POT sinkhorn_log": (sinkhorn("sinkhorn_log"), (2, 6)),
        "POT entropic_partial": (
            lambda n: ot.partial.entropic_partial_wasserstein(
                mass[:-1], room, cost[:-1], EPSILON, m=0.999 * len(mass), numItermax=n, stopThr=0.0
            ),
            (1, 2),
        ),
    }


def _peer(name: str, solve: Solve, few_more: tuple[int, int], cells: int, ours: Row) -> Row:
    """Time an iteration of one peer, from the difference of two runs, three times."""
    few, more = few_more
    per = float(
        np.median(
            [
                (timed(partial(solve, more))[1] - timed(partial(solve, few))[1]) / (more - few)
                for _time in range(3 if more > 2 else 1)
            ]
        )
    )
    return {
        "method": name,
        "cells": cells,
        "s_per_iteration": per,
        "ns_per_cell_iteration": 1e9 * per / cells,
        "times_ours": per / float(ours["s_per_iteration"]),
    }


def _converged(solve: Solve, room: np.ndarray, people: int, ours: Row) -> Row:
    """Take more iterations until as little stands above what is allowed as with ours; at most 320."""
    row: Row = {}
    for iterations in (5, 10, 20, 40, 80, 160, 320):
        plan, seconds = timed(partial(solve, iterations))
        above = np.maximum(0.0, plan[:-1, :-1].sum(axis=0) - room).sum()
        too_many = np.maximum(0.0, plan[:-1].sum(axis=1) - 1.0).sum()
        row = {"iterations": iterations, "seconds": seconds, "overflow": float((above + too_many) / people)}
        if float(row["overflow"]) < ENOUGH:
            break
    return row | {"times_ours_in_all": float(row["seconds"]) / float(ours["seconds"])}
