"""The loops of `lists`: plain Python that the extra `fast` compiles as it stands.

They make no array: what they write is made by `fresh_heaps`, `fresh_waiting`, `fresh_crowd` and `fresh_search`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from visavis.engine.arrays import AnyArray, BoolArray, IntArray
from visavis.engine.fast.compiled import AVAILABLE


def _part[F: Callable[..., object]](function: F) -> F:
    """Let compiled functions call this one."""
    if not AVAILABLE:
        return function
    from numba.extending import register_jitable  # noqa: PLC0415 - an extra

    return register_jitable(function)


class Book(NamedTuple):
    """Who stands where, as in `lists.Drawing`, whose arrays these are."""

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


class Waiting(NamedTuple):
    """People whose turn it is to ask, the next one last, and who is among them."""

    stack: IntArray
    waits: BoolArray


class Crowd(NamedTuple):
    """Each person's only slot, and the people who stand at each vacancy as chains."""

    mine: IntArray
    head: IntArray
    after: IntArray
    before: IntArray


class Search(NamedTuple):
    """By which slot, and from whom, each vacancy was entered in this phase; whom to look at next."""

    came_by: IntArray
    came_from: IntArray
    queue: IntArray


def fresh_heaps(book: Book) -> Heaps:
    """Return empty heaps, as large as the room of the contested vacancies."""
    first = np.zeros(len(book.room) + 1, np.int64)
    np.cumsum(np.where(book.contested, book.room, 0), out=first[1:])
    kind = np.int32 if len(book.vacancy) < 2**31 else np.int64
    size = np.zeros(len(book.room), np.int64)
    return Heaps(first, size, np.empty(first[-1], kind), np.empty(first[-1], kind))


def fresh_waiting(book: Book) -> Waiting:
    """Return nobody waiting."""
    return Waiting(np.empty(len(book.length) + 1, np.int64), np.zeros(len(book.length), np.bool_))


def fresh_crowd(book: Book) -> Crowd:
    """Return nobody standing anywhere."""
    nobody = np.full(len(book.length), -1, np.int64)
    return Crowd(nobody, np.full(len(book.room), -1, np.int64), nobody.copy(), nobody.copy())


def fresh_search(book: Book) -> Search:
    """Return room for a search."""
    vacancies, people = len(book.room), len(book.length)
    return Search(
        np.empty(vacancies, np.int64), np.empty(vacancies, np.int64), np.empty(people + 1, np.int64)
    )


@_part
def _less(worth: AnyArray, one: int, two: int) -> bool:
    """Tell whether one slot is worth less than another; of equal ones the later is."""
    return bool(worth[one] < worth[two] or (worth[one] == worth[two] and one > two))


@_part
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


@_part
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


@_part
def _offer(book: Book, heaps: Heaps, slot: int, person: int) -> int:
    """Let a person ask for a slot. Return −2 when refused, −1 when there was room, else who lost hers."""
    where = book.vacancy[slot]
    loser = -1
    if book.contested[where]:
        size = heaps.size[where]
        if size < book.room[where]:
            _push(heaps, book.worth, where, slot, person)
        else:
            if size == 0 or _less(book.worth, slot, heaps.slot[heaps.first[where]]):
                return -2
            loser = heaps.person[heaps.first[where]]
            book.taken[heaps.slot[heaps.first[where]]] = False
            book.length[loser] -= 1
            _replace_least(heaps, book.worth, where, slot, person)
    book.taken[slot] = True
    book.length[person] += 1
    return int(loser)


def ask(book: Book, heaps: Heaps, waiting: Waiting, length: int) -> None:
    """Let lists grow to a length by deferred acceptance, one person after the other.

    The result is the same in whatever order people ask, for all preferences are strict.
    """
    stack, waits = waiting.stack, waiting.waits
    for person in range(len(book.length)):
        stack[0], depth = person, 1
        waits[person] = True
        while depth > 0:
            asks = stack[depth - 1]
            slot = book.next[asks]
            if book.length[asks] >= length or slot >= book.starts[asks + 1]:
                waits[asks] = False
                depth -= 1
                continue
            book.next[asks] += 1
            if book.taken[slot]:
                continue
            loser = _offer(book, heaps, slot, asks)
            if loser >= 0 and not waits[loser]:
                stack[depth] = loser
                waits[loser] = True
                depth += 1
    for where in range(len(book.room)):
        book.room[where] -= heaps.size[where]


@_part
def _stand(crowd: Crowd, where: int, person: int, slot: int) -> None:
    crowd.mine[person] = slot
    crowd.before[person] = -1
    crowd.after[person] = crowd.head[where]
    if crowd.head[where] >= 0:
        crowd.before[crowd.head[where]] = person
    crowd.head[where] = person


@_part
def _leave(crowd: Crowd, where: int, person: int) -> None:
    before, after = crowd.before[person], crowd.after[person]
    if before >= 0:
        crowd.after[before] = after
    else:
        crowd.head[where] = after
    if after >= 0:
        crowd.before[after] = before


@_part
def _room_from(book: Book, crowd: Crowd, search: Search, root: int) -> int:
    """Return a vacancy with room to which people can be moved up from a person, or −1."""
    search.queue[0] = root
    begin, end = 0, 1
    while begin < end:
        someone = search.queue[begin]
        begin += 1
        for slot in range(book.starts[someone], book.starts[someone + 1]):
            where = book.vacancy[slot]
            if search.came_by[where] >= 0 and book.room[where] == 0:
                continue
            search.came_by[where] = slot
            search.came_from[where] = someone
            if book.room[where] > 0:
                return int(where)
            other = crowd.head[where]
            while other >= 0:
                search.queue[end] = other
                end += 1
                other = crowd.after[other]
    return -1


@_part
def _move_up(book: Book, crowd: Crowd, search: Search, where: int) -> None:
    """Take the path back: each person on it moves to the vacancy that was entered from her."""
    book.room[where] -= 1
    while True:
        someone, slot = search.came_from[where], search.came_by[where]
        former = crowd.mine[someone]
        if former >= 0:
            book.taken[former] = False
            _leave(crowd, book.vacancy[former], someone)
        book.taken[slot] = True
        _stand(crowd, where, someone, slot)
        if former < 0:
            book.length[someone] = 1
            return
        where = book.vacancy[former]


def place(book: Book, crowd: Crowd, search: Search, lacking: IntArray) -> int:
    """Place people who have nothing, along alternating paths; return how many had to stand above a limit.

    Everybody else has one slot. In a phase a full vacancy is entered once, by one search; a phase in which nobody
    is placed proves that nobody can be: all that its searches entered is full, of people who have nowhere else
    to go (Hall).
    """
    for person in range(len(book.length)):
        for slot in range(book.starts[person], book.starts[person + 1]):
            if book.taken[slot]:
                _stand(crowd, book.vacancy[slot], person, slot)
                break
    left, placed = len(lacking), 1
    while placed > 0 and left > 0:
        search.came_by[:] = -1
        placed, seen = 0, left
        left = 0
        for number in range(seen):
            where = _room_from(book, crowd, search, lacking[number])
            if where >= 0:
                _move_up(book, crowd, search, where)
                placed += 1
            else:
                lacking[left] = lacking[number]
                left += 1
    for number in range(left):
        book.taken[book.starts[lacking[number]]] = True
        book.length[lacking[number]] = 1
    return left
