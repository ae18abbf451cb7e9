"""The loops of `lists`: plain Python that the extra `fast` compiles as it stands.

They make no array: `fresh_heaps`, `fresh_proposers`, `fresh_matching` and `fresh_path_search` make what they write.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from visavis.engine.arrays import AnyArray, BoolArray, IntArray
from visavis.engine.fast.compiled import AVAILABLE


def _callable_from_compiled[F: Callable[..., object]](function: F) -> F:
    """Let compiled functions call this one."""
    if not AVAILABLE:
        return function
    from numba.extending import register_jitable  # noqa: PLC0415 - an extra

    return register_jitable(function)


class ListState(NamedTuple):
    """Which slots are taken, as in `lists.ListBuilder`, whose arrays these are."""

    starts: IntArray
    vacancy: AnyArray
    worth: AnyArray
    taken: BoolArray
    length: IntArray
    next: IntArray
    room: IntArray
    contested: BoolArray


class Heaps(NamedTuple):
    """For each contested vacancy the slots that a stage gave, the one worth least on top, and whose they are."""

    first: IntArray
    size: IntArray
    slot: AnyArray
    person: AnyArray


class Proposers(NamedTuple):
    """People whose turn it is to ask, the next one last, and who is among them."""

    stack: IntArray
    waits: BoolArray


class Matching(NamedTuple):
    """Each person's only slot, and the people of each vacancy as chains."""

    mine: IntArray
    head: IntArray
    after: IntArray
    before: IntArray


class PathSearch(NamedTuple):
    """By which slot, and from whom, each vacancy was entered in this phase; whom to look at next."""

    came_by: IntArray
    came_from: IntArray
    queue: IntArray


def fresh_heaps(state: ListState) -> Heaps:
    """Return empty heaps, as large as the room of the contested vacancies."""
    first = np.zeros(len(state.room) + 1, np.int64)
    np.cumsum(np.where(state.contested, state.room, 0), out=first[1:])
    kind = np.int32 if len(state.vacancy) < 2**31 else np.int64
    size = np.zeros(len(state.room), np.int64)
    return Heaps(first, size, np.empty(first[-1], kind), np.empty(first[-1], kind))


def fresh_proposers(state: ListState) -> Proposers:
    """Return nobody proposers."""
    return Proposers(np.empty(len(state.length) + 1, np.int64), np.zeros(len(state.length), np.bool_))


def fresh_matching(state: ListState) -> Matching:
    """Return nobody standing anywhere."""
    nobody = np.full(len(state.length), -1, np.int64)
    return Matching(nobody, np.full(len(state.room), -1, np.int64), nobody.copy(), nobody.copy())


def fresh_path_search(state: ListState) -> PathSearch:
    """Return room for a search."""
    vacancies, people = len(state.room), len(state.length)
    return PathSearch(
        np.empty(vacancies, np.int64), np.empty(vacancies, np.int64), np.empty(people + 1, np.int64)
    )


@_callable_from_compiled
def _less(worth: AnyArray, one: int, two: int) -> bool:
    """Tell whether one slot is worth less than another; of equal ones the later is."""
    return bool(worth[one] < worth[two] or (worth[one] == worth[two] and one > two))


@_callable_from_compiled
def _push(heaps: Heaps, worth: AnyArray, where: int, slot: int, person: int) -> None:
    begin, at = heaps.first[where], heaps.size[where]
    heaps.size[where] += 1
    while at > 0:
        above = (at - 1) // 2
        if _less(worth, heaps.slot[begin + above], slot):
            break
        heaps.slot[begin + at] = heaps.slot[begin + above]
        heaps.person[begin + at] = heaps.person[begin + above]
        at = above
    heaps.slot[begin + at] = slot
    heaps.person[begin + at] = person


@_callable_from_compiled
def _replace_least(heaps: Heaps, worth: AnyArray, where: int, slot: int, person: int) -> None:
    begin, size, at = heaps.first[where], heaps.size[where], 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and _less(worth, heaps.slot[begin + below + 1], heaps.slot[begin + below]):
            below += 1
        if _less(worth, slot, heaps.slot[begin + below]):
            break
        heaps.slot[begin + at] = heaps.slot[begin + below]
        heaps.person[begin + at] = heaps.person[begin + below]
        at = below
    heaps.slot[begin + at] = slot
    heaps.person[begin + at] = person


@_callable_from_compiled
def _propose(state: ListState, heaps: Heaps, slot: int, person: int) -> int:
    """Let a person ask for a slot. Return −2 when refused, −1 when there was room, else who lost hers."""
    where = state.vacancy[slot]
    loser = -1
    if state.contested[where]:
        size = heaps.size[where]
        if size < state.room[where]:
            _push(heaps, state.worth, where, slot, person)
        else:
            if size == 0 or _less(state.worth, slot, heaps.slot[heaps.first[where]]):
                return -2
            loser = heaps.person[heaps.first[where]]
            state.taken[heaps.slot[heaps.first[where]]] = False
            state.length[loser] -= 1
            _replace_least(heaps, state.worth, where, slot, person)
    state.taken[slot] = True
    state.length[person] += 1
    return int(loser)


def defer_acceptance(state: ListState, heaps: Heaps, proposers: Proposers, length: int) -> None:
    """Let lists grow to a length by deferred acceptance, one person after the other.

    The result is the same in whatever order people ask, for all preferences are strict.
    """
    stack, waits = proposers.stack, proposers.waits
    for person in range(len(state.length)):
        stack[0], depth = person, 1
        waits[person] = True
        while depth > 0:
            asks = stack[depth - 1]
            slot = state.next[asks]
            if state.length[asks] >= length or slot >= state.starts[asks + 1]:
                waits[asks] = False
                depth -= 1
                continue
            state.next[asks] += 1
            if state.taken[slot]:
                continue
            loser = _propose(state, heaps, slot, asks)
            if loser >= 0 and not waits[loser]:
                stack[depth] = loser
                waits[loser] = True
                depth += 1
    for where in range(len(state.room)):
        state.room[where] -= heaps.size[where]


@_callable_from_compiled
def _link(matching: Matching, where: int, person: int, slot: int) -> None:
    matching.mine[person] = slot
    matching.before[person] = -1
    matching.after[person] = matching.head[where]
    if matching.head[where] >= 0:
        matching.before[matching.head[where]] = person
    matching.head[where] = person


@_callable_from_compiled
def _unlink(matching: Matching, where: int, person: int) -> None:
    before, after = matching.before[person], matching.after[person]
    if before >= 0:
        matching.after[before] = after
    else:
        matching.head[where] = after
    if after >= 0:
        matching.before[after] = before


@_callable_from_compiled
def _find_path(state: ListState, matching: Matching, search: PathSearch, root: int) -> int:
    """Return a vacancy with room to which people can be moved up from a person, or −1."""
    search.queue[0] = root
    begin, end = 0, 1
    while begin < end:
        someone = search.queue[begin]
        begin += 1
        for slot in range(state.starts[someone], state.starts[someone + 1]):
            where = state.vacancy[slot]
            if search.came_by[where] >= 0 and state.room[where] == 0:
                continue
            search.came_by[where] = slot
            search.came_from[where] = someone
            if state.room[where] > 0:
                return int(where)
            other = matching.head[where]
            while other >= 0:
                search.queue[end] = other
                end += 1
                other = matching.after[other]
    return -1


@_callable_from_compiled
def _augment(state: ListState, matching: Matching, search: PathSearch, where: int) -> None:
    """Take the path back: each person on it moves to the vacancy that was entered from her."""
    state.room[where] -= 1
    while True:
        someone, slot = search.came_from[where], search.came_by[where]
        former = matching.mine[someone]
        if former >= 0:
            state.taken[former] = False
            _unlink(matching, state.vacancy[former], someone)
        state.taken[slot] = True
        _link(matching, where, someone, slot)
        if former < 0:
            state.length[someone] = 1
            return
        where = state.vacancy[former]


def place_unmatched(state: ListState, matching: Matching, search: PathSearch, lacking: IntArray) -> int:
    """Place people who have nothing, along alternating paths; return how many had to stand above a limit.

    Everybody else has one slot. In a phase a full vacancy is entered once, by one search; a phase in which nobody
    is placed proves that nobody can be: all that its searches entered is full, of people who have nowhere else
    to go (Hall).
    """
    for person in range(len(state.length)):
        for slot in range(state.starts[person], state.starts[person + 1]):
            if state.taken[slot]:
                _link(matching, state.vacancy[slot], person, slot)
                break
    left, placed = len(lacking), 1
    while placed > 0 and left > 0:
        search.came_by[:] = -1
        placed, seen = 0, left
        left = 0
        for number in range(seen):
            where = _find_path(state, matching, search, lacking[number])
            if where >= 0:
                _augment(state, matching, search, where)
                placed += 1
            else:
                lacking[left] = lacking[number]
                left += 1
    for number in range(left):
        state.taken[state.starts[lacking[number]]] = True
        state.length[lacking[number]] = 1
    return left
