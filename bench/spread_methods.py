"""The ways compared in the market whose truth is known: what each lists from what may be seen."""

import heapq

import numpy as np
from scipy import sparse

from bench.spread_market import K, Method, View
from bench.spread_ours import best_strength, spread
from visavis.engine.spread.crowd import EPSILON, OUTSIDE, in_logs
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.lists import Lists
from visavis.engine.spread.prices import prices
from visavis.engine.spread.serving import draw_up

TRANSFERABLE = (0.5, 1.0)
"""Temperatures of TU matching that are shown."""


def methods() -> dict[str, Method]:
    """Return all ways by name; the engine's are `visavis` and a strength."""
    return {
        "plain ranking": plain,
        "random among near-equals": shuffled,
        **{f"as served, {strength}": served(strength) for strength in (0.5, 1.0)},
        **{f"visavis {strength}": ours(strength) for strength in (0.25, 0.5, 0.75, 1.0)},
        "visavis, own choice": chosen,
        "transport, capacities by positions": by_positions,
        "greedy under limits": greedy,
        "deferred acceptance": deferred,
        **{f"TU matching {beta}": transferable(beta) for beta in TRANSFERABLE},
    }


def plain(view: View) -> Lists:
    """Everybody's best."""
    return _best(view.graph, view.graph.utility)


def shuffled(view: View) -> Lists:
    """Everybody's best, by chance among those within a tenth."""
    rng = np.random.default_rng(view.day)
    rounded = np.round(np.log(view.graph.utility) / 0.1)
    return _best(view.graph, rounded + 0.5 * rng.random(len(rounded)))


def ours(strength: float) -> Method:
    """The engine's lists at a strength."""
    return lambda view: spread(view.graph, view.positions, strength=strength, k=K)


def served(strength: float) -> Method:
    """The lists of the site: a price takes from nobody more than a twentieth of her best twenty chances."""

    def way(view: View) -> Lists:
        graph = view.graph
        tier, ids = (
            np.zeros(len(graph.vacancy), np.uint8),
            (np.arange(graph.jobseekers), np.arange(graph.vacancies)),
        )
        night = draw_up(graph, tier, ids, view.positions, strength=strength, day=view.day)
        shown = night.rank <= K
        columns = night.jobseeker, night.vacancy, night.rank
        return Lists(*(column[shown] for column in columns), night.over, night.pair[shown])

    return way


def chosen(view: View) -> Lists:
    """The engine's lists at the strength from which it expects most hires."""
    strength = best_strength(view.graph, view.positions, k=K)
    return spread(view.graph, view.positions, strength=strength, k=K)


def by_positions(view: View) -> Lists:
    """The same transport, a vacancy's capacity being its part of all positions: what the objective adds."""
    logs = in_logs(view.graph)
    capacity = view.graph.with_pairs / max(1, view.positions.sum()) * view.positions
    found = prices(logs, capacity, epsilon=EPSILON, outside=OUTSIDE)
    return _best(view.graph, logs.utility - found.price[logs.vacancy])


def _even(view: View) -> np.ndarray:
    """Return in how many lists each vacancy may stand when all positions stand in as many, and half as many again."""
    even = 1.5 * K * view.graph.with_pairs / max(1, view.positions.sum())
    return np.ceil(even * view.positions).astype(np.int64)


def greedy(view: View) -> Lists:
    """All pairs by worth, taken while the list and the vacancy have room."""
    graph, room = view.graph, _even(view).tolist()
    people, vacancy = graph.people.tolist(), graph.vacancy.tolist()
    lacks, taken = [K] * graph.jobseekers, np.zeros(len(people), np.bool_)
    for pair in np.argsort(-graph.utility, kind="stable").tolist():
        if lacks[people[pair]] and room[vacancy[pair]]:
            lacks[people[pair]] -= 1
            room[vacancy[pair]] -= 1
            taken[pair] = True
    return _best(graph, np.where(taken, graph.utility, -np.inf))


def deferred(view: View) -> Lists:
    """Stable lists: people ask by what they want, vacancies keep whom they would hire (Gale and Shapley)."""
    graph, limit = view.graph, _even(view).tolist()
    order = np.lexsort((-view.want, graph.people))
    held: list[list[tuple[float, int, int]]] = [[] for _vacancy in range(graph.vacancies)]
    count, following = [0] * graph.jobseekers, graph.starts[:-1].tolist()
    ends, vacancy, hire = graph.starts[1:].tolist(), graph.vacancy.tolist(), view.hire.tolist()
    waiting = list(range(graph.jobseekers))
    while waiting:
        person = waiting[-1]
        if count[person] == K or following[person] == ends[person]:
            waiting.pop()
            continue
        pair = int(order[following[person]])
        following[person] += 1
        count[person] += 1
        crowd = held[vacancy[pair]]
        heapq.heappush(crowd, (hire[pair], -pair, person))
        if len(crowd) > limit[vacancy[pair]]:
            loser = heapq.heappop(crowd)[2]
            count[loser] -= 1
            waiting.append(loser)
    taken = np.zeros(len(order), np.bool_)
    taken[[-pair for crowd in held for _hire, pair, _person in crowd]] = True
    return _best(graph, np.where(taken, view.want, -np.inf))


def transferable(beta: float) -> Method:
    """Lists by the masses of a matching with transferable utility, by iterative proportional fitting.

    Choo and Siow 2006; for recommendations Tomita, Togashi and Moriwaki 2022.
    """

    def method(view: View) -> Lists:
        graph = view.graph
        joint = np.exp(np.log(graph.utility) / (2 * beta))
        shape = graph.jobseekers, graph.vacancies
        kernel = sparse.csr_array((joint, graph.vacancy, graph.starts), shape=shape)
        transposed = kernel.T.tocsr()
        alone = np.ones(graph.vacancies)
        for _step in range(100):
            pull = kernel @ alone
            single = (np.sqrt(pull**2 + 4.0) - pull) / 2
            pull = transposed @ single
            alone = (np.sqrt(pull**2 + 4.0 * view.positions) - pull) / 2
        return _best(graph, joint * alone[graph.vacancy])

    return method


def _best(graph: Graph, worth: np.ndarray) -> Lists:
    """Return everybody's K best, none of them endlessly bad."""
    order = np.lexsort((graph.vacancy, -worth, graph.people))
    people = graph.people[order]
    rank = np.arange(len(order)) - graph.starts[people] + 1
    kept = (rank <= K) & (worth[order] > -np.inf)
    return Lists(people[kept], graph.vacancy[order][kept], rank[kept], 0, order[kept])
