"""Lists of a crowd, spread by the engine's prices until their exposure is even enough."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from bench.ranking_data import Cut
from visavis.engine.learned.paths import standardised
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.prices import prices

type Found = Callable[[np.ndarray, sparse.csr_array], np.ndarray]
"""The figures of each person, shape (5, people): hit@10, recall@10, NDCG@10, recall@20, NDCG@20."""
type Gain = Callable[[np.ndarray, sparse.csr_array], float]

DEEP = 300
"""How many vacancies of each person may be proposed instead."""
SETTINGS = tuple((epsilon, outside) for epsilon in (0.1, 0.2, 0.4, 0.8) for outside in (2.0, 5.0))
STRENGTHS = np.arange(0, 2.01, 0.02)
NDCG = 2
LIGHT = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
PLAIN = (0.4, 5.0)
"""The way of the light spreading that may help everybody: its strength alone is chosen."""


def best(scores: np.ndarray, seen: sparse.csr_array, k: int) -> np.ndarray:
    """Return the k best vacancies of each row that its person has not seen, best first."""
    masked = scores.copy()
    masked[np.repeat(np.arange(seen.shape[0]), np.diff(seen.indptr)), seen.indices] = -np.inf
    k = min(k, masked.shape[1])
    top = np.sort(np.argpartition(-masked, k - 1, axis=1)[:, :k], axis=1)
    order = np.argsort(-np.take_along_axis(masked, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def entropy(top: np.ndarray, vacancies: int) -> float:
    """Return the entropy of exposure, divided by its largest value.

    >>> entropy(np.array([[0], [1]]), 4)
    0.5
    """
    share = np.bincount(top.ravel(), minlength=vacancies) / top.size
    share = share[share > 0]
    return float(-(share * np.log(share)).sum() / np.log(vacancies))


def reachable(least: float, people: int, vacancies: int) -> float:
    """Return the evenness asked of fewer people: their lists cannot reach all vacancies.

    >>> reachable(0.93, 1000, 1000), round(reachable(0.9, 1, 100), 3)
    (0.93, 0.45)
    """
    return least * min(1.0, float(np.log(10 * people) / np.log(vacancies)))


class Crowd:
    """People with their scores, and the price that they together make each vacancy cost.

    Every vacancy has the same capacity. Only the scores are looked at, never what is held out.
    """

    def __init__(self, scores: np.ndarray, seen: sparse.csr_array, settings: tuple[float, float]) -> None:
        epsilon, outside = settings
        self.vacancies = scores.shape[1]
        self.deep = np.sort(best(scores, seen, DEEP), axis=1)
        self.utility = standardised(np.take_along_axis(scores, self.deep, axis=1)).astype(np.float64)
        starts = np.arange(0, self.deep.size + 1, self.deep.shape[1])
        graph = Graph(starts, self.deep.ravel().astype(np.int64), self.utility.ravel(), self.vacancies)
        capacity = np.full(self.vacancies, len(scores) / self.vacancies)
        self.price = prices(graph, capacity, epsilon=epsilon, outside=outside).price

    def lists(self, strength: float) -> np.ndarray:
        """Return lists of 20 by score less so much of the price."""
        worth = self.utility - strength * self.price[self.deep]
        order = np.argsort(-worth, axis=1, kind="stable")[:, :20]
        return np.take_along_axis(self.deep, order, axis=1)


def spread(
    scores: np.ndarray, seen: sparse.csr_array, least: float, settings: tuple[float, float]
) -> np.ndarray:
    """Return lists with as little of the price as makes the first 10 even enough.

    When no strength is enough, the most even lists are returned.
    """
    crowd = Crowd(scores, seen, settings)
    most, lists = -1.0, crowd.deep[:, :20]
    for strength in STRENGTHS:
        found = crowd.lists(float(strength))
        even = entropy(found[:, :10], crowd.vacancies)
        if even > most:
            most, lists = even, found
        if even >= least:
            break
    return lists


def choose_light(scores: Sequence[np.ndarray], cuts: Sequence[Cut], found: Found) -> float:
    """Return the strength with the best NDCG@10 on the inner cuts, of those that are worth it; else 0, no spreading.

    Worth it is surely better in one figure, by two standard errors, and worse in none.
    """
    best, chosen = 0.0, 0.0
    crowds = [Crowd(own, cut.known[cut.people], PLAIN) for own, cut in zip(scores, cuts, strict=True)]
    wanted = [cut.held_out[cut.people] for cut in cuts]
    plain = [found(crowd.lists(0.0), own) for crowd, own in zip(crowds, wanted, strict=True)]
    for strength in LIGHT[1:]:
        lists = [crowd.lists(strength) for crowd in crowds]
        gains = np.hstack([found(*own) - before for *own, before in zip(lists, wanted, plain, strict=True)])
        mean, error = gains.mean(axis=1), gains.std(axis=1) / gains.shape[1] ** 0.5
        if (mean >= 0).all() and (mean > 2 * error).any() and mean[NDCG] > best:
            best, chosen = float(mean[NDCG]), strength
    return chosen


def choose(
    scores: Sequence[np.ndarray], cuts: Sequence[Cut], least: float, gain: Gain
) -> tuple[float, float]:
    """Return the settings with the best lists on the inner cuts, those that are even enough first."""

    def value(settings: tuple[float, float]) -> float:
        found = []
        for own, cut in zip(scores, cuts, strict=True):
            asked = reachable(least, len(own), own.shape[1])
            lists = spread(own, cut.known[cut.people], asked, settings)
            short = max(0.0, asked - entropy(lists[:, :10], own.shape[1]))
            found.append(gain(lists, cut.held_out[cut.people]) - 10 * short)
        return float(np.mean(found))

    return max(SETTINGS, key=value)
