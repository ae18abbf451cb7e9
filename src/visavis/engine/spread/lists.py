"""Lists under hard limits: stable, level by level, and nobody left with nothing.

Everybody asks for the best of her pairs; a vacancy that more ask for than it may stand in lists keeps those to
whom it is worth most, and the others ask on (deferred acceptance, Gale and Shapley 1962). Lists grow in
stages, to 1, 2, 4 … k, and what a stage gave no later one takes: nobody gets a fifth before all had the chance of
a fourth. After the first stage, whom the limits left with nothing is placed by moving others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from visavis.engine.arrays import AnyArray, FloatArray, IntArray, Integers
from visavis.engine.fast.compiled import AVAILABLE, compiled
from visavis.engine.spread.graph import Graph, best_first

_WORTH_COMPILING = 200_000
"""Pairs from which compiled loops are taken, when the extra `fast` is installed."""


@dataclass(frozen=True)
class Lists:
    """Everybody's list, n rows, by jobseeker then rank."""

    jobseeker: IntArray  # int64 (int32 from a graph in int32), (n,)
    vacancy: IntArray  # likewise
    rank: IntArray  # likewise, from 1
    # how many places in lists stand above a vacancy's limit: 0, unless no way exists in which all people who
    # have a feasible vacancy find one under the limits
    over: int
    pair: Integers  # (n,): where each row stands among the graph's pairs


def lists(graph: Graph, price: FloatArray, limit: IntArray, k: int) -> Lists:
    """Draw up lists by utility less price, each vacancy in at most `limit` of them, nobody's list empty.

    Whatever the limits, nobody who has a pair gets an empty list. A limit is passed only by as many people as cannot be
    placed in any way (Hall); `Lists.over` counts them. The result does not depend on the order of
    the work, and is the same with the extra `fast` and without.

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
        In each list the order is that of utility less price, equal ones by the vacancy's number.

    References
    ----------
    Gale and Shapley 1962, "College admissions and the stability of marriage"; Hopcroft and Karp 1973, for the
    alternating paths in phases; Hall 1935.

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
    return ListBuilder(graph, price, limit).build(k)


class ListBuilder:
    """The lists while they are drawn up. A slot is a pair in its row's order, the best first.

    Attributes
    ----------
    starts : shape (N + 1,)
        Where each person's slots begin.
    vacancy, worth : shape (E,)
        Of each slot.
    room : shape (M,)
        In how many more lists each vacancy may stand.
    taken : shape (E,)
        The slots that stand in a list.
    count, next : shape (N,)
        How long each list is; the first slot not asked for yet.
    """

    def __init__(self, graph: Graph, price: FloatArray, limit: IntArray, *, fast: bool | None = None) -> None:
        self.fast = AVAILABLE and len(graph.vacancy) >= _WORTH_COMPILING if fast is None else fast
        self.starts = graph.starts.astype(np.int64, copy=False)
        worth = graph.utility
        if price.any():
            worth = worth - price.astype(worth.dtype)[graph.vacancy]
        self.order = best_first(graph, worth)
        self.vacancy, self.worth = graph.vacancy[self.order], worth[self.order]
        asked = np.bincount(graph.vacancy, minlength=graph.vacancies)
        self.contested = asked > limit
        self.room = np.where(self.contested, limit, asked).astype(np.int64)
        self.taken = np.zeros(len(self.vacancy), np.bool_)
        self.count = np.zeros(graph.jobseekers, np.int64)
        self.next = self.starts[:-1].copy()
        self.over = 0

    def build(self, k: int) -> Lists:
        """Go through all stages and return the lists."""
        self.stage(1)
        self.place_unmatched()
        length = 1
        while length < k:
            length = min(2 * length, k)
            self.stage(length)
        return self.lists()

    def stage(self, length: int) -> None:
        """Let lists grow to a length, by deferred acceptance."""
        if not self.fast:
            _Stage(self, length).run()
            return
        matching, state = _matching(), self._state()
        _compiled(matching.defer_acceptance)(
            state, matching.fresh_heaps(state), matching.fresh_proposers(state), length
        )

    def place_unmatched(self) -> None:
        """Place whom the limits left with nothing, by moving others; else let them stand above a limit."""
        lacking = np.flatnonzero((self.count == 0) & (np.diff(self.starts) > 0))
        if len(lacking):
            matching, state = _matching(), self._state()
            place = _compiled(matching.place_unmatched) if self.fast else matching.place_unmatched
            self.over = int(
                place(state, matching.fresh_matching(state), matching.fresh_path_search(state), lacking)
            )

    def _state(self) -> Any:
        """Return the same arrays as the loops take them."""
        return _matching().ListState(
            starts=self.starts,
            vacancy=self.vacancy,
            worth=self.worth,
            taken=self.taken,
            length=self.count,
            next=self.next,
            room=self.room,
            contested=self.contested,
        )

    def lists(self) -> Lists:
        """Return what was taken, in order."""
        slots = np.flatnonzero(self.taken)
        kind = self.vacancy.dtype
        people = np.repeat(np.arange(len(self.count), dtype=kind), self.count)
        firsts = np.cumsum(self.count) - self.count
        rank = (np.arange(1, len(slots) + 1) - np.repeat(firsts, self.count)).astype(kind)
        return Lists(people, self.vacancy[slots], rank, self.over, self.order[slots])


class _Stage:
    """One stage by arrays: all ask at once, then those refused ask on."""

    def __init__(self, builder: ListBuilder, length: int) -> None:
        self.of, self.length = builder, length
        self.most = builder.room.copy()
        self.held: AnyArray = np.zeros(0, np.int64)
        """Slots of contested vacancies that this stage gave, and may take back."""

    def run(self) -> None:
        """Ask until nobody who lacks something has anything left to ask for."""
        of = self.of
        asking = np.arange(len(of.count))
        while len(asking):
            asking = asking[(of.count[asking] < self.length) & (of.next[asking] < of.starts[asking + 1])]
            slots = of.next[asking]
            of.next[asking] += 1
            free = ~of.taken[slots]
            refused = self.settle(slots[free], asking[free])
            goes_on = np.zeros(len(of.count), np.bool_)
            goes_on[asking] = goes_on[refused] = True
            asking = np.flatnonzero(goes_on)
        np.subtract.at(of.room, of.vacancy[self.held], 1)

    def settle(self, slots: AnyArray, people: AnyArray) -> AnyArray:
        """Take new slots, give back what is too much; return the people who lost one."""
        of = self.of
        of.taken[slots] = True
        of.count[people] += 1
        new = slots[of.contested[of.vacancy[slots]]]
        touched = np.zeros(len(of.room), np.bool_)
        touched[of.vacancy[new]] = True
        concerned = touched[of.vacancy[self.held]]
        rivals = np.concatenate([self.held[concerned], new])
        rivals = rivals[np.lexsort((rivals, -of.worth[rivals], of.vacancy[rivals]))]
        vacancy = of.vacancy[rivals]
        stays = np.arange(len(rivals)) - np.searchsorted(vacancy, vacancy) < self.most[vacancy]
        self.held = np.concatenate([self.held[~concerned], rivals[stays]])
        lost = rivals[~stays]
        of.taken[lost] = False
        losers: AnyArray = np.searchsorted(of.starts, lost, side="right") - 1
        np.subtract.at(of.count, losers, 1)
        return losers


def _matching() -> ModuleType:
    """Return the loops; where numba is installed it comes with them, and only then."""
    from visavis.engine.spread import matching  # noqa: PLC0415 - an extra

    return matching


@cache
def _compiled[F: Callable[..., object]](function: F) -> F:
    return compiled(function)
