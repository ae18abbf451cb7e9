"""Spread people over vacancies: prices that keep crowds away, then lists under hard limits.

A hundred people sent to one position waste ninety-nine days. Two steps avoid it. Entropic transport
finds for each vacancy a price, zero where there is room, that makes the crowd as large as the places
(`prices`). Lists are then drawn up by utility less price, under a limit for each vacancy that is never
passed unless somebody would otherwise have nothing (`lists`).
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from visavis.engine.arrays import FloatArray, IntArray

_SMALLEST = 1e-30
_FASTER = 1.5


@dataclass(frozen=True)
class Graph:
    """Who could be proposed what: the feasible pairs kept for each jobseeker, row by row.

    Attributes
    ----------
    starts : array of int64, shape (N + 1,)
        Where each jobseeker's pairs begin, as in a CSR matrix.
    vacancy : array of int64, shape (E,)
        The vacancy of each pair, in [0, M); none twice for one jobseeker.
    utility : array of float64, shape (E,)
        What the pair is worth, finite: the chance that both say yes, in [0, 1].
    vacancies : int
        M.
    """

    starts: IntArray
    vacancy: IntArray
    utility: FloatArray
    vacancies: int

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


@dataclass(frozen=True)
class Prices:
    """What the crowd makes each vacancy cost.

    Attributes
    ----------
    price : array of float64, shape (M,)
        In the unit of utility; 0 where there is room, larger where more people wish to go.
    excess : float
        The part of all people who still stand above the capacities, in [0, 1].
    iterations : int
        How many were needed.
    """

    price: FloatArray
    excess: float
    iterations: int


def prices(
    graph: Graph, capacity: FloatArray, *, epsilon: float = 0.03, outside: float = 0.2, most: int = 200
) -> Prices:
    """Find the prices at which the crowd fits, by entropic transport on the sparse graph.

    Each jobseeker has a mass of 1, that she may leave outside: at a utility `outside` under her best
    she rather waits. Without it, transport has no solution where people outnumber the places. Each vacancy takes at
    most its capacity. The scalings are those of Sinkhorn, over-relaxed.

    Parameters
    ----------
    graph : Graph
    capacity : array of float64, shape (M,)
        At least 0: how many people each vacancy may be the first choice of.
    epsilon : float
        Above 0, in the unit of utility: how blurred the choices are. Smaller is sharper and slower.
    outside : float
        At least 0, in the unit of utility.
    most : int
        The most iterations.

    Returns
    -------
    Prices

    References
    ----------
    Cuturi 2013, "Sinkhorn distances"; Chizat, Peyré, Schmitzer and Vialard 2018, "Scaling algorithms for
    unbalanced transport", for the inequality; Thibault, Chizat, Dossal and Papadakis 2021, for the
    over-relaxation.

    Examples
    --------
    Two people both prefer the first vacancy, which has one place; the price makes them even.

    >>> graph = Graph(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([0.9, 0.8, 0.7, 0.3]), 2)
    >>> prices(graph, np.array([1.0, 1.0])).price.round(2).tolist()
    [0.15, 0.0]
    """
    _check(graph, capacity)
    if epsilon <= 0 or outside < 0:
        raise ValueError(f"epsilon is above 0 and outside at least 0, seen {epsilon} and {outside}")
    kernel, has_pairs = _kernel(graph, epsilon)
    transposed = kernel.T.tocsr()
    stays = np.exp(-outside / epsilon)
    scale = np.ones(graph.vacancies)
    people = max(1, int(has_pairs.sum()))
    excess, done = 0.0, 0
    for done in range(1, most + 1):
        row_scale = has_pairs / (stays + kernel @ scale)
        crowd = transposed @ row_scale
        excess = float(np.maximum(0.0, crowd * scale - capacity).sum() / people)
        if excess < 1e-3 and done > 1:
            break
        wanted = np.minimum(1.0, capacity / np.maximum(crowd, _SMALLEST))
        scale = np.minimum(1.0, scale * (np.maximum(wanted, _SMALLEST) / scale) ** _FASTER)
        scale = np.maximum(scale, _SMALLEST)
    return Prices(np.abs(epsilon * np.log(scale)), excess, done)


def _kernel(graph: Graph, epsilon: float) -> tuple[sparse.csr_array, FloatArray]:
    """Return exp((utility − the person's best) / epsilon), and 1 for whoever has a pair."""
    counts = np.diff(graph.starts)
    has_pairs = (counts > 0).astype(np.float64)
    best = np.zeros(graph.jobseekers)
    if len(graph.vacancy):
        filled = np.flatnonzero(counts)
        best[filled] = np.maximum.reduceat(graph.utility, graph.starts[filled])
    values = np.exp((graph.utility - best[graph.people]) / epsilon)
    shape = (graph.jobseekers, graph.vacancies)
    return sparse.csr_array((values, graph.vacancy, graph.starts), shape=shape), has_pairs


def _check(graph: Graph, capacity: FloatArray) -> None:
    if capacity.shape != (graph.vacancies,) or np.any(~(capacity >= 0)):
        raise ValueError(f"capacity is at least 0 and of shape ({graph.vacancies},), seen {capacity.shape}")


@dataclass(frozen=True)
class Lists:
    """Everybody's list, n rows, by jobseeker then rank.

    Attributes
    ----------
    jobseeker, vacancy : array of int64, shape (n,)
    rank : array of int64, shape (n,)
        From 1.
    over : int
        How many places in lists stand above a vacancy's limit: 0, unless no way exists in which all
        people who have a feasible vacancy find one under the limits.
    """

    jobseeker: IntArray
    vacancy: IntArray
    rank: IntArray
    over: int


def lists(graph: Graph, price: FloatArray, limit: IntArray, k: int) -> Lists:
    """Draw up lists by utility less price, each vacancy in at most `limit` of them, nobody's list empty.

    In the first round each person takes the best vacancy that still has room; whom the limits leave
    with nothing is placed by moving others along alternating paths, so that a limit is passed only when
    it must be (Hall). In each further round everybody adds one more, while there is room.

    Parameters
    ----------
    graph : Graph
    price : array of float64, shape (M,)
        Zeros for no price.
    limit : array of int64, shape (M,)
        At least 0: in how many lists a vacancy may stand.
    k : int
        The length of a list, at least 1; who has fewer pairs, or finds no more room, has a shorter one.

    Returns
    -------
    Lists
        In each list the order is that of utility less price.

    References
    ----------
    Berge 1957, "Two theorems in graph theory", for the alternating paths; Hall 1935.

    Examples
    --------
    >>> graph = Graph(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([0.9, 0.8, 0.7]), 2)
    >>> lists(graph, np.zeros(2), np.array([1, 1]), k=1).vacancy.tolist()
    [1, 0]
    """
    if k < 1:
        raise ValueError(f"k is at least 1, seen {k}")
    if limit.shape != (graph.vacancies,) or price.shape != (graph.vacancies,):
        raise ValueError(
            f"price and limit have shape ({graph.vacancies},), seen {price.shape} and {limit.shape}"
        )
    drawing = _Drawing(graph, price, limit)
    drawing.first_round()
    for _round in range(1, k):
        if not drawing.next_round():
            break
    return drawing.lists(k)


class _Drawing:
    """The lists while they are drawn up: a pair is taken or not, a vacancy has room or not."""

    def __init__(self, graph: Graph, price: FloatArray, limit: IntArray) -> None:
        self.graph = graph
        self.people = graph.people
        self.worth = graph.utility - price[graph.vacancy]
        # Each person's pairs, best first; ties by the vacancy's number.
        self.order = np.lexsort((graph.vacancy, -self.worth, self.people))
        self.taken = np.zeros(len(self.worth), np.bool_)
        self.room = limit.astype(np.int64).copy()
        self.next = graph.starts[:-1].copy()
        self.over = 0

    def first_round(self) -> None:
        """Give everybody one, by taking the best with room, then by moving others."""
        self.round(np.flatnonzero(np.diff(self.graph.starts)))
        placed = np.zeros(self.graph.jobseekers, np.bool_)
        placed[self.people[self.taken]] = True
        for person in np.flatnonzero(~placed & (np.diff(self.graph.starts) > 0)).tolist():
            self._place(person)
        # What a full vacancy refused stays refused: the pointers of the next rounds start anew.
        self.next = self.graph.starts[:-1].copy()

    def next_round(self) -> bool:
        """Let everybody add one more; return whether anybody did."""
        before = int(self.taken.sum())
        self.round(np.flatnonzero(self.next < self.graph.starts[1:]))
        return int(self.taken.sum()) > before

    def round(self, asking: IntArray) -> None:
        """Let people ask, best first, until each has one more or has asked everywhere.

        Where more people ask than there is room, those who would lose least by waiting are refused last
        asked: the worth of the pair decides, then the person's number.
        """
        ends = self.graph.starts[1:]
        while len(asking):
            asking = asking[self.next[asking] < ends[asking]]
            pair = self.order[self.next[asking]]
            self.next[asking] += 1
            vacancy = self.graph.vacancy[pair]
            may = ~self.taken[pair] & (self.room[vacancy] > 0)
            chosen = np.flatnonzero(may)
            best = chosen[np.lexsort((asking[chosen], -self.worth[pair[chosen]], vacancy[chosen]))]
            sorted_vacancy = vacancy[best]
            first = np.searchsorted(sorted_vacancy, sorted_vacancy, side="left")
            kept = best[np.arange(len(best)) - first < self.room[sorted_vacancy]]
            self.taken[pair[kept]] = True
            np.subtract.at(self.room, vacancy[kept], 1)
            waits = np.ones(len(asking), np.bool_)
            waits[kept] = False
            asking = asking[waits]

    def _place(self, person: int) -> None:
        """Find room for one person along an alternating path; else let her stand above a limit."""
        came_by: dict[int, int] = {}
        queue = [person]
        for someone in queue:
            for pair in self._pairs(someone):
                vacancy = int(self.graph.vacancy[pair])
                if vacancy in came_by:
                    continue
                came_by[vacancy] = pair
                if self.room[vacancy] > 0:
                    self._move(vacancy, came_by, person)
                    return
                queue.extend(self._who_stands_at(vacancy))
        best = self._pairs(person)[0]
        self.taken[best] = True
        self.over += 1

    def _pairs(self, person: int) -> list[int]:
        start, stop = self.graph.starts[person], self.graph.starts[person + 1]
        found: list[int] = self.order[start:stop].tolist()
        return found

    def _who_stands_at(self, vacancy: int) -> list[int]:
        pairs = np.flatnonzero(self.taken & (self.graph.vacancy == vacancy))
        found: list[int] = self.people[pairs].tolist()
        return found

    def _move(self, vacancy: int, came_by: dict[int, int], person: int) -> None:
        """Take the path back: each person on it moves to the vacancy by which she was come from."""
        self.room[vacancy] -= 1
        while True:
            pair = came_by[vacancy]
            someone = int(self.people[pair])
            self.taken[pair] = True
            if someone == person:
                return
            former = next(p for p in self._pairs(someone) if self.taken[p] and p != pair)
            self.taken[former] = False
            vacancy = int(self.graph.vacancy[former])

    def lists(self, k: int) -> Lists:
        """Return what was taken, in order."""
        pairs = self.order[self.taken[self.order]]
        people = self.people[pairs]
        starts = np.searchsorted(people, np.arange(self.graph.jobseekers))
        rank = np.arange(len(people)) - starts[people] + 1
        kept = rank <= k
        return Lists(people[kept], self.graph.vacancy[pairs][kept], rank[kept].astype(np.int64), self.over)


def spread(
    graph: Graph,
    positions: IntArray,
    *,
    strength: float = 0.5,
    k: int = 20,
    times: float | None = None,
    day: int | None = None,
) -> Lists:
    """Draw up everybody's list, from plain ranking to full spreading by one parameter.

    `strength` is the part of the crowd above the places that is asked to go elsewhere: 0 leaves
    everybody the best of her pairs, without price or limit; 1 makes the crowd fit.

    Parameters
    ----------
    graph : Graph
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
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength is in [0, 1], seen {strength}")
    turned = graph if day is None else rotate(graph, day)
    if strength == 0:
        nobody_refused = np.bincount(graph.vacancy, minlength=graph.vacancies)
        return lists(turned, np.zeros(graph.vacancies), nobody_refused, k)
    people = int((np.diff(graph.starts) > 0).sum())
    per_position = people / max(1, int(positions.sum()))
    found = prices(turned, 1.25 * per_position * positions)
    if times is None:
        times = 2.0 * k * per_position / strength
    return lists(turned, strength * found.price, np.ceil(times * positions).astype(np.int64), k)


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
    phase = _phases(graph.people, graph.vacancy)
    turn = np.sin(2 * np.pi * ((day % period_days) / period_days + phase))
    return Graph(graph.starts, graph.vacancy, graph.utility + share * turn, graph.vacancies)


def _phases(person: IntArray, vacancy: IntArray) -> FloatArray:
    """Return a number in [0, 1) for each pair that looks like chance and is always the same (Knuth, 6.4)."""
    mixed = (person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        vacancy.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
