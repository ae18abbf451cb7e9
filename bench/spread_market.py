"""A market whose truth is known: who really wants what, whom employers really want, and who gets hired.

People and vacancies live in towns on a plane and in trades. A vacancy pleases everybody a little or a lot, a
person convinces every employer a little or a lot: that is what makes crowds. The engine sees the truth with an
error of a stated size, in logits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from visavis.engine.spread.graph import Graph
from visavis.engine.spread.lists import Lists

type Method = Callable[["View"], Lists]

K = 20
"""The length of a list."""


@dataclass(frozen=True)
class Size:
    """How large a market is, how tight, and how far the engine is from its truth.

    Attributes
    ----------
    people, vacancies, edges : int
        Edges are those kept for each person.
    per_position : float
        People for each position.
    error : float
        Standard deviation of what the engine believes about each side, in logits.
    rounds : int
        How many times everybody gets a list, looks, applies and is answered.
    """

    people: int = 3000
    vacancies: int = 1000
    edges: int = 50
    per_position: float = 2.0
    error: float = 0.7
    rounds: int = 4


@dataclass(frozen=True)
class Market:
    """Pairs, by person then vacancy: the truth, and what the engine believes."""

    size: Size
    person: np.ndarray
    vacancy: np.ndarray
    want: np.ndarray
    hire: np.ndarray
    want_seen: np.ndarray
    hire_seen: np.ndarray
    positions: np.ndarray


@dataclass(frozen=True)
class View:
    """What a method may look at on one day: the pairs still open, never the truth."""

    graph: Graph
    want: np.ndarray
    hire: np.ndarray
    positions: np.ndarray
    day: int


@dataclass(frozen=True)
class Outcome:
    """What became of a market under one method."""

    hires: float
    first: float
    exposure: np.ndarray
    given_up: float
    kept: float
    empty: float
    length: float


def sigmoid(logit: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(−logit))."""
    return 1.0 / (1.0 + np.exp(-logit))


def make(size: Size, seed: int) -> Market:
    """Draw a market."""
    rng = np.random.default_rng(seed)
    home, place = rng.normal(size=(size.people, 2)), rng.normal(size=(size.vacancies, 2))
    craft, asks = rng.normal(size=(size.people, 4)), rng.normal(size=(size.vacancies, 4))
    pleases, convinces = 0.8 * rng.normal(size=size.vacancies), 0.7 * rng.normal(size=size.people)
    away = np.linalg.norm(home[:, None] - place, axis=2)
    fit = craft @ asks.T / 2.0
    taste, merit = (rng.normal(size=(size.people, size.vacancies)) for _side in range(2))
    want = -1.8 + pleases + 0.6 * fit - 0.8 * away + 0.7 * taste
    hire = -1.8 + convinces[:, None] + 0.9 * fit + 0.7 * merit
    blur = [size.error * rng.normal(size=want.shape) for _side in range(2)]
    # What is seen is believed as far as it tells: towards the mean, as a calibrated score is.
    seen = [_believed(one, error, size.error) for one, error in zip((want, hire), blur, strict=True)]
    worth = sigmoid(seen[0]) * sigmoid(seen[1])
    top = np.sort(np.argpartition(-worth, size.edges - 1, axis=1)[:, : size.edges], axis=1)
    kept = [np.take_along_axis(sigmoid(one), top, axis=1).ravel() for one in (want, hire, *seen)]
    person = np.repeat(np.arange(size.people), size.edges)
    return Market(size, person, top.ravel(), *kept, _positions(size, rng))


def _believed(truth: np.ndarray, error: np.ndarray, size: float) -> np.ndarray:
    spread = float(truth.var())
    return truth.mean() + (truth + error - truth.mean()) * spread / (spread + size**2)


def _positions(size: Size, rng: np.random.Generator) -> np.ndarray:
    """Return positions, most of them single, that add up to people / per_position or nearly."""
    wanted = max(0.0, size.people / size.per_position / size.vacancies - 1.0)
    return 1 + rng.geometric(1.0 / (1.0 + wanted), size.vacancies) - 1


def attention(rank: np.ndarray) -> np.ndarray:
    """Return the chance that somebody looks at the vacancy of a rank, from 1."""
    return 1.0 / np.log2(rank + 1.0)


class Run:
    """One market under one method, day by day; what was tried is not tried again."""

    def __init__(self, market: Market, method: Method, seed: int) -> None:
        self.market, self.method = market, method
        self.rng = np.random.default_rng((seed, 1))
        self.seeking = np.ones(market.size.people, np.bool_)
        self.open = market.positions.copy()
        self.tried = np.zeros(len(market.person), np.bool_)
        self.exposure = np.zeros(market.size.vacancies)
        self.notes: list[tuple[float, float, float, float]] = []
        self.hired: list[int] = []

    def outcome(self) -> Outcome:
        """Live through all days."""
        for day in range(self.market.size.rounds):
            pairs, rank = self.lists(day)
            looked = self.rng.random(len(pairs)) < attention(rank)
            asks = looked & (self.rng.random(len(pairs)) < self.market.want[pairs])
            self.answer(pairs[asks])
        return Outcome(float(sum(self.hired)), float(self.hired[0]), self.exposure, *self.notes[0])

    def lists(self, day: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the pairs in today's lists with their ranks, and note what they cost."""
        market = self.market
        alive = np.flatnonzero(~self.tried & self.seeking[market.person] & (self.open[market.vacancy] > 0))
        starts = np.searchsorted(market.person[alive], np.arange(market.size.people + 1))
        want, hire = market.want_seen[alive], market.hire_seen[alive]
        graph = Graph(starts, market.vacancy[alive], want * hire, market.size.vacancies)
        found = self.method(View(graph, want, hire, self.open, day))
        key = market.person[alive] * market.size.vacancies + market.vacancy[alive]
        own = np.searchsorted(key, found.jobseeker * market.size.vacancies + found.vacancy)
        if day == 0:
            self.exposure = np.bincount(found.vacancy, attention(found.rank), minlength=market.size.vacancies)
        self.notes.append(_cost(graph, own))
        return alive[own], found.rank

    def answer(self, applied: np.ndarray) -> None:
        """Employers say yes or no, those they want most first; a person takes the offer she wants most."""
        market = self.market
        self.tried[applied] = True
        yes = applied[self.rng.random(len(applied)) < market.hire[applied]]
        yes = yes[np.lexsort((-market.hire[yes], market.vacancy[yes]))]
        vacancy = market.vacancy[yes]
        turn = np.arange(len(yes)) - np.searchsorted(vacancy, vacancy)
        offers = yes[turn < self.open[vacancy]]
        offers = offers[np.lexsort((-market.want[offers], market.person[offers]))]
        first = np.ones(len(offers), np.bool_)
        first[1:] = market.person[offers][1:] != market.person[offers][:-1]
        hired = offers[first]
        self.seeking[market.person[hired]] = False
        np.subtract.at(self.open, market.vacancy[hired], 1)
        self.hired.append(len(hired))


def _cost(graph: Graph, listed: np.ndarray) -> tuple[float, float, float, float]:
    """Return ranks given up, the part of plain ranking's mean chance kept, empty lists and mean length."""
    people = graph.people
    order = np.lexsort((-graph.utility, people))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - graph.starts[people[order]] + 1
    counts = np.bincount(people[listed], minlength=graph.jobseekers)
    best = rank <= K
    given_up = rank[listed].mean() - rank[best].mean()
    kept = graph.utility[listed].mean() / graph.utility[best].mean()
    empty = ((counts == 0) & (np.diff(graph.starts) > 0)).mean()
    return float(given_up), float(kept), float(empty), float(counts.mean())
