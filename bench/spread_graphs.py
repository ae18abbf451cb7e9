"""Large made-up graphs: who could be proposed what along a country, some vacancies dearer to all."""

import numpy as np

from visavis.engine.spread.graph import Graph

_AT_ONCE = 20_000


def country(people: int, vacancies: int, per_person: int, seed: int = 0) -> Graph:
    """Draw a graph in int32 and float32: everybody's pairs lie among the vacancies around her.

    Attraction follows a heavy tail, so that plain ranking crowds; utilities are chances in (0, 1).
    """
    rng = np.random.default_rng(seed)
    pull = rng.exponential(0.8, vacancies).astype(np.float32)
    vacancy = np.empty((people, per_person), np.int32)
    utility = np.empty((people, per_person), np.float32)
    around = np.maximum(4 * per_person, (vacancies * rng.uniform(0.002, 0.02, people)).astype(np.int64))
    for begin in range(0, people, _AT_ONCE):
        rows = slice(begin, min(begin + _AT_ONCE, people))
        reach = np.minimum(around[rows], vacancies)
        # One of each step of the way, so that none comes twice.
        step = reach[:, None] // per_person
        offset = np.arange(per_person) * step + (rng.random((len(reach), per_person)) * step).astype(np.int64)
        first = (np.arange(begin, begin + len(reach)) * vacancies // people)[:, None] - reach[:, None] // 2
        own = np.sort((first + offset) % vacancies, axis=1)
        logit = pull[own] + rng.normal(-2.5, 1.0, own.shape).astype(np.float32)
        vacancy[rows], utility[rows] = own, 1.0 / (1.0 + np.exp(-logit))
    starts = np.arange(0, people * per_person + 1, per_person)
    return Graph(starts, vacancy.ravel(), utility.ravel(), vacancies)


def places(graph: Graph, seed: int = 0) -> np.ndarray:
    """Draw positions: one, sometimes more."""
    return np.random.default_rng(seed).geometric(0.7, graph.vacancies)
