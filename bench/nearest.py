"""The nearest vacancies of each jobseeker by dense text vectors alone, among those that keep the constraints.

Inner products of bytes find who may be among the best, with a bound that holds whatever the vectors; only
these few are multiplied in float64. So the lists are exact.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import Bytes, FloatArray, Floats, IntArray, Words
from visavis.engine.fast.bounds import PersonFilter, chord_of, chord_to, person_filter, within_reach
from visavis.engine.fast.compiled import compiled, inlined
from visavis.engine.fast.flat import JobseekerSide, Rows, VacancySide
from visavis.engine.fast.pair import is_within, kilometres, meets_constraints
from visavis.engine.fast.scan import insert
from visavis.engine.fast.tiles import CLOSE, GROUP
from visavis.engine.fast.top import Prepared

_GROUP, _CLOSE = GROUP, CLOSE
_LOW = -1e30
_AT_ONCE = 50_000
_SEEN = 20_000
_WIDER, _FLOAT32 = 1.0001, 2e-6
HEAD = 64
"""Numbers that are compared first."""
# Sums may be reordered, and no NaN is met: for bounds and dot products.
fast_math = numba.njit(fastmath=True, nogil=True, error_model="numpy", _nrt=False)


@dataclass(frozen=True)
class Nearest:
    """The lists of some jobseekers, in the order of the rows asked.

    Attributes
    ----------
    count : array of int64, shape (n,)
        How many vacancies each list holds.
    place : array of int64, shape (n, k)
        Places in ``prepared.vacancies.row``, best first.
    score : array of float64, shape (n, k)
        Inner products.
    """

    count: IntArray
    place: IntArray
    score: FloatArray


class Quantised(NamedTuple):
    """Vectors as bytes: ``scale * byte`` is each within `error` (a length) of the vector.

    The first numbers are kept apart from the others: where the axes are the principal ones, they tell of most
    pairs that they are not near, at a quarter of the memory.

    Attributes
    ----------
    head, tail : int8, shapes (n, HEAD) and (n, d - HEAD)
    rest : float32, shape (n,)
        The length of the tail, and a margin.
    scale, error : float32, shape (n,)
    """

    head: Bytes
    tail: Bytes
    rest: Floats
    scale: Floats
    error: Floats


class _Found(NamedTuple):
    stands: npt.NDArray[np.uint8]
    standing: Words
    place: Words
    value: Floats
    best: Floats
    turn: IntArray
    slot: IntArray


def quantised(vectors: Floats, axes: Floats | None = None, order: IntArray | None = None) -> Quantised:
    """Turn rows of float32, shape (n, d), into bytes, seen along `axes` (d, d), in this order.

    Examples
    --------
    >>> rows = np.array([[0.5, -1.0], [0.0, 0.0]], np.float32)
    >>> quantised(rows).head.tolist()
    [[64, -127], [0, 0]]
    """
    order = np.arange(len(vectors)) if order is None else order
    size, depth = len(order), vectors.shape[1]
    cut = min(HEAD, depth)
    found = Quantised(
        np.empty((size, cut), np.int8),
        np.empty((size, depth - cut), np.int8),
        np.empty(size, np.float32),
        np.empty(size, np.float32),
        np.empty(size, np.float32),
    )
    for first in range(0, size, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        here = vectors[order[some]]
        here = here if axes is None else here @ axes
        scale = np.abs(here).max(axis=1, initial=0.0).astype(np.float32) / np.float32(127.0)
        byte = np.rint(here / np.where(scale > 0, scale, 1.0)[:, None]).astype(np.int8)
        error = np.linalg.norm(here - byte * scale[:, None], axis=1)
        found.head[some], found.tail[some] = byte[:, :cut], byte[:, cut:]
        found.rest[some] = np.linalg.norm(here[:, cut:], axis=1) * _WIDER + _FLOAT32
        found.scale[some], found.error[some] = scale, error * _WIDER + _FLOAT32
    return found


def principal_axes(vectors: Floats) -> Floats:
    """Find the axes along which vectors differ most, the first first; shape (d, d), orthonormal columns.

    References
    ----------
    K. Pearson, "On lines and planes of closest fit to systems of points in space", 1901. About 0, not about the
    mean: inner products are to be kept.
    """
    some = vectors[:: max(1, len(vectors) // _SEEN)].astype(np.float64)
    _, axes = np.linalg.eigh(some.T @ some)
    return np.ascontiguousarray(axes[:, ::-1], np.float32)


class Dense:
    """Vacancies with their vectors, ready to be compared.

    Parameters
    ----------
    prepared : Prepared
        The market; a constraint whose columns are unknown on one side refuses nobody.
    vacancies : array of float32, shape (M, d)
        Vectors of length at most 1, in the order of the market's rows.
    """

    def __init__(self, prepared: Prepared, vacancies: Floats) -> None:
        """Make bytes of the vectors, in the order of the tiles."""
        self.prepared = prepared
        self.vectors = np.ascontiguousarray(vacancies, np.float32)
        self.axes = principal_axes(self.vectors)
        self.bytes = quantised(self.vectors, self.axes, prepared.vacancies.row)

    def nearest(self, rows: IntArray, k: int, people: Floats) -> Nearest:
        """List the `k` nearest feasible vacancies of some jobseekers; `people` (N, d) is in the market's order."""
        hers = np.ascontiguousarray(people[rows], np.float32)
        side = self.prepared.vacancies
        size, tile = len(side.row) + 1, int(np.diff(side.tiles.start).max(initial=1))
        desk = _Found(
            np.zeros(tile, np.uint8),
            np.zeros(tile + 1, np.int32),
            np.zeros(size, np.int32),
            np.zeros(size, np.float32),
            np.zeros(k, np.float32),
            np.zeros(1, np.int64),
            np.zeros(k, np.int64),
        )
        found = Nearest(
            np.zeros(len(rows), np.int64), np.zeros((len(rows), k), np.int64), np.zeros((len(rows), k))
        )
        ours = (self.vectors, self.bytes, hers, quantised(hers, self.axes))
        who, out = (rows, self.prepared.order(rows)), (found.count, found.place, found.score)
        _search(side, self.prepared.jobseekers, who, ours, desk, out)
        return found


def nearest(prepared: Prepared, rows: IntArray, k: int, people: Floats, vacancies: Floats) -> Nearest:
    """List the `k` nearest feasible vacancies of some jobseekers: `Dense` for once."""
    return Dense(prepared, vacancies).nearest(rows, k, people)


@compiled
def _search(
    v: VacancySide,
    p: JobseekerSide,
    who: tuple[IntArray, IntArray],
    ours: tuple[Floats, Quantised, Floats, Quantised],
    d: _Found,
    out: tuple[IntArray, IntArray, FloatArray],
) -> None:
    vectors, theirs, hers, mine = ours
    count, places, scores = out
    rows, order = who
    for step in range(len(order)):
        place = order[step]
        i = rows[place]
        _look_around(v, p, (theirs, mine), d, i, place)
        for turn in range(d.turn[0]):
            j = d.place[turn]
            if d.value[turn] + theirs.error[j] + mine.error[place] * (1.0 + theirs.error[j]) >= d.best[-1]:
                value = exact_dot(vectors[v.row[j]], hers[place])
                insert(v.row, places[place], scores[place], d.slot, count, place, j, value)


@inlined
def _look_around(
    v: VacancySide, p: JobseekerSide, bytes_of: tuple[Quantised, Quantised], d: _Found, i: int, place: int
) -> None:
    """Note the rows that may be among the best; `d.best` holds k lower bounds, falling."""
    theirs, mine = bytes_of
    t = v.tiles
    d.turn[0] = 0
    for rank in range(len(d.best)):
        d.best[rank] = _LOW
    bound = not np.isnan(p.radius[i]) and not np.isnan(p.point[i, 0])
    point, own = p.point[i], chord_of(p.radius[i]) if bound else np.inf
    wide = person_filter(point, p.refuses[i], p.avoids[i], p.pay[i])
    for group in range(len(t.group_farther)):
        away = chord_to(point, t.group_low, t.group_high, group)
        if bound and away > own + t.group_farther[group] + _CLOSE:
            continue
        for tile in range(group * _GROUP, min((group + 1) * _GROUP, len(t.farther))):
            reach = own + t.farther[tile]
            if bound and chord_to(point, t.low, t.high, tile) > reach + _CLOSE:
                continue
            seen = within_reach(wide, reach)
            first, last = t.start[tile], t.start[tile + 1]
            _pass_rows(d.stands, v.rows, seen, first, last)
            for turn in range(_standing(d.stands, d.standing, last - first)):
                j = first + d.standing[turn]
                scale = theirs.scale[j] * mine.scale[place]
                error = theirs.error[j] + mine.error[place] * (np.float32(1.0) + theirs.error[j])
                value = _dot(theirs.head[j], mine.head[place]) * scale
                if value + theirs.rest[j] * mine.rest[place] + error < d.best[-1]:
                    continue
                value += _dot(theirs.tail[j], mine.tail[place]) * scale
                if value + error < d.best[-1] or not meets_constraints(v, p, i, j):
                    continue
                if not is_within(v, p, i, j, kilometres(v, p, i, j)):
                    continue
                d.place[d.turn[0]], d.value[d.turn[0]] = j, value
                d.turn[0] += 1
                _raise(d.best, value - error)


@fast_math
def _pass_rows(stands: npt.NDArray[np.uint8], rows: Rows, f: PersonFilter, first: int, last: int) -> None:
    """Tell which rows of a tile are within reach and keep the constraints of `Rows`."""
    for turn in range(last - first):
        j = first + turn
        a, b, c = rows.x[j] - f.x, rows.y[j] - f.y, rows.z[j] - f.z
        clash = (rows.need[j] & f.refuses) | (rows.condition[j] & f.avoids)
        stands[turn] = (a * a + b * b + c * c <= f.limit) & (clash == 0) & (rows.top_pay[j] >= f.lowest)


@compiled
def _standing(stands: npt.NDArray[np.uint8], standing: Words, size: int) -> int:
    """List the rows that stand, without a branch; return how many."""
    count = 0
    for turn in range(size):
        standing[count] = turn
        count += stands[turn]
    return count


@fast_math
def _dot(one: Bytes, other: Bytes) -> np.float32:
    # Kept in 32 bits at every step: the compiler then multiplies 32 bytes at once.
    total = np.int32(0)
    for place in range(np.uint32(len(one))):
        total = np.int32(total + np.int32(one[place]) * np.int32(other[place]))
    return np.float32(total)


@compiled
def _raise(best: Floats, value: np.float32) -> None:
    """Put a value among the greatest."""
    if value <= best[-1]:
        return
    place = len(best) - 1
    while place > 0 and best[place - 1] < value:
        best[place] = best[place - 1]
        place -= 1
    best[place] = value


@fast_math
def exact_dot(one: Floats, other: Floats) -> float:
    """Inner product in float64."""
    total = 0.0
    for place in range(len(one)):
        total += float(one[place]) * float(other[place])
    return total
