"""The scan of one jobseeker: tiles within her reach, the rows that may stand in her list, the best first."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray, Floats, IntArray
from visavis.engine.facts.geo import EARTH_RADIUS_KM
from visavis.engine.facts.occupations import DOMAIN
from visavis.engine.fast import lines, sides
from visavis.engine.fast.ahead import fetch
from visavis.engine.fast.compiled import compiled, pasted
from visavis.engine.fast.desk import BATCH, BUCKETS, Desk, bent, sit_down, stand_up
from visavis.engine.fast.lines import Lines
from visavis.engine.fast.pair import keeps_terms, score
from visavis.engine.fast.sides import (
    JobseekerSide,
    Rules,
    Runs,
    VacancySide,
)
from visavis.engine.fast.tiles import CLOSE, GROUP

_TITLE_RELATED, _DOMAIN = w.TITLE_RELATED, DOMAIN
_TITLE_USUAL, _TITLE_WORST, _TITLE_BEST = w.TITLE_USUAL, w.TITLE_WORST, w.TITLE_BEST
_RADIUS, _GROUP, _BATCH = EARTH_RADIUS_KM, GROUP, BATCH
_BASE, _ENOUGH = w.BASE, w.EXPERIENCE_ENOUGH
_NEAR, _FAR, _USUAL_KM = w.DISTANCE_NEAR, w.DISTANCE_FAR, w.DISTANCE_USUAL_KM
_PAY_SLOPE, _PAY_USUAL, _PAY_BEST, _PAY_WORST = w.PAY_SLOPE, w.PAY_USUAL, w.PAY_BEST, w.PAY_WORST
_X, _Y, _Z, _TOP_PAY, _NEED, _CONDITION = (
    lines.X,
    lines.Y,
    lines.Z,
    lines.TOP_PAY,
    lines.NEED,
    lines.CONDITION,
)
_NEARNESS, _LOG_PAY, _HAS_PAY, _MONTHS, _SHORT = (
    lines.NEAR,
    lines.LOG_PAY,
    lines.HAS_PAY,
    lines.MONTHS,
    lines.SHORT,
)
_FIXED, _SCHOOLING, _WORDS = lines.FIXED, lines.SCHOOLING, lines.WORDS
_MOST_SKILLS, _MOST_TITLE, _OCCUPATION = lines.MOST_SKILLS, lines.MOST_TITLE, sides.OCCUPATION
_EVERYWHERE, _CLOSE = 8.0, CLOSE
_DOUBT_KM = 0.05
"""Float32 coordinates are wrong by less than a metre: fifty are allowed for."""

_SLACK = 1e-3
_FIRST_CLASS = 1.0
"""Occupations within so many logits of her best are looked at before the others."""

_FIRST = 128
"""Rows after which the first are scored, so that the rest has a floor to reach."""

_BUCKETS = BUCKETS


class Best(NamedTuple):
    """The lists of some jobseekers, in the order of the rows asked; k places each.

    Attributes
    ----------
    length : array of int64, shape (n,)
        How many places are taken.
    place : array of int64, shape (n, k)
        Places among the laid-out vacancies, best first.
    score : array of float64, shape (n, k)
    parts : array of float32, shape (n, k, 12)
    slot : array of int64, shape (k,)
        While a list is made: where in `noted`, float32 (k, 12), the parts of each of its places are.
    """

    length: IntArray
    place: IntArray
    score: FloatArray
    parts: npt.NDArray[np.float32]
    slot: IntArray
    noted: npt.NDArray[np.float32]


class Eye(NamedTuple):
    """Where one person looks from: her place and the square of the chord of her circle, and what she refuses."""

    x: np.float32
    y: np.float32
    z: np.float32
    limit: np.float32
    refuses: np.int32
    avoids: np.int32
    lowest: np.float32


class Span(NamedTuple):
    """Which occupations are looked at, by `Desk.over`, and what must be reached.

    Attributes
    ----------
    low, high : float32
        From the first to below the second.
    floor, floor_here : float32
        What a score must reach; the same less the most that nearness to this tile may add.
    """

    low: np.float32
    high: np.float32
    floor: np.float32
    floor_here: np.float32


class Hopes(NamedTuple):
    """What the bounds of a tile need of one person.

    Attributes
    ----------
    x, y, z : float32
        Her place; `slope` turns a chord into what distance costs, `near` and `far` are its ends.
    log_lowest, pay : float32
        Logarithm of the lowest pay she takes; 1 when she gave it.
    skills, title : float32
        1 when she gave a skill, a text.
    job : bool
        Whether she gave her work.
    told : bool
        Whether she gave anything to compare.
    """

    x: np.float32
    y: np.float32
    z: np.float32
    near: np.float32
    slope: np.float32
    far: np.float32
    log_lowest: np.float32
    pay: np.float32
    skills: np.float32
    title: np.float32
    job: bool
    told: bool


def best(n: int, k: int) -> Best:
    """Make empty lists."""
    return Best(
        np.zeros(n, np.int64),
        np.zeros((n, k), np.int64),
        np.zeros((n, k)),
        np.zeros((n, k, 12), np.float32),
        np.zeros(k, np.int64),
        np.zeros((k, 12), np.float32),
    )


@compiled
def rank(
    d: Desk,
    v: VacancySide,
    p: JobseekerSide,
    r: Rules,
    who: tuple[IntArray, IntArray],
    ideal: FloatArray,
    out: Best,
) -> None:
    """Fill the lists of some jobseekers, whose earned ideal traits are `ideal` (n, profiles).

    `who` are their rows, and the order in which they are taken: neighbours after each other find their tiles
    still near the processor.
    """
    rows, order = who
    for turn in range(len(order)):
        place = order[turn]
        i = rows[place]
        for profile in range(ideal.shape[1]):
            d.ideal[profile] = ideal[place, profile]
        sit_down(d, v, p, r, i)
        for rank in range(len(out.slot)):
            out.slot[rank] = rank
        look_around(d, v, p, r, i, out, place)
        for rank in range(out.length[place]):
            for part in range(len(d.parts)):
                out.parts[place, rank, part] = out.noted[out.slot[rank], part]
        stand_up(d, p, r, i)


@compiled
def look_around(d: Desk, v: VacancySide, p: JobseekerSide, r: Rules, i: int, out: Best, place: int) -> None:
    """Go through the tiles within reach, and score what may enter the list, a batch at a time."""
    t = v.tiles
    has_work = p.job_at[i + 1] > p.job_at[i]
    said = (p.has_skill[i], p.has_text[i], has_work, p.has_told[i])
    hopes = hopes_of(p.point[i], p.radius[i], p.pay[i], said)
    bound = not np.isnan(p.radius[i]) and not np.isnan(p.point[i, 0])
    point, own = p.point[i], chord_of(p.radius[i]) if bound else np.inf
    first = eye_of(point, p.refuses[i], p.avoids[i], p.pay[i])
    cut = highest(d.over) - _FIRST_CLASS
    waiting, enough = 0, _FIRST
    for turn in range(2):
        low, high = (cut, np.inf) if turn == 0 else (-np.inf, cut)
        for group in range(len(t.group_farther)):
            away = chord_to(point, t.group_low, t.group_high, group)
            if bound and away > own + t.group_farther[group] + _CLOSE:
                continue
            for tile in range(group * _GROUP, min((group + 1) * _GROUP, len(t.farther))):
                away, reach = chord_to(point, t.low, t.high, tile), own + t.farther[tile]
                if bound and away > reach + _CLOSE:
                    continue
                floor = floor_of(out, place) - _SLACK
                close = nearness(hopes, v.runs, away, tile)
                eye = eye_before(first, reach)
                span = Span(np.float32(low), np.float32(high), np.float32(floor), np.float32(floor - close))
                waiting = look_at_tile(d, v, eye, hopes, span, tile, waiting)
                if waiting >= enough:
                    keep_best(d, v, p, r, hopes, i, waiting, out, place)
                    waiting, enough = 0, min(2 * enough, _BATCH)
        keep_best(d, v, p, r, hopes, i, waiting, out, place)
        waiting = 0


@compiled
def highest(values: Floats) -> float:
    """The greatest of some values, of which there is one at least."""
    found = -np.inf
    for place in range(len(values)):
        found = max(found, values[place])
    return found


@pasted
def floor_of(out: Best, place: int) -> float:
    """What a score must reach to enter a list."""
    size = out.place.shape[1]
    return out.score[place, size - 1] if out.length[place] == size else -1e30


@pasted
def chord_to(point: FloatArray, low: FloatArray, high: FloatArray, box: int) -> float:
    """The chord from a place to the nearest point of a box, 0 inside."""
    x = max(max(low[box, 0] - point[0], point[0] - high[box, 0]), 0.0)
    y = max(max(low[box, 1] - point[1], point[1] - high[box, 1]), 0.0)
    z = max(max(low[box, 2] - point[2], point[2] - high[box, 2]), 0.0)
    return np.sqrt(x * x + y * y + z * z)


@compiled
def eye_of(point: FloatArray, refuses: np.int32, avoids: np.int32, pay: float) -> Eye:
    """Gather what the scan of a tile needs, but how far it goes: see `eye_before`."""
    x = y = z = np.float32(0.0)
    if not np.isnan(point[0]):
        x, y, z = np.float32(point[0]), np.float32(point[1]), np.float32(point[2])
    return Eye(x, y, z, np.float32(0.0), refuses, avoids, np.float32(pay) if pay > 0 else np.float32(0.0))


@compiled
def chord_of(km: float) -> float:
    """The chord of a way over the globe, and a margin."""
    return 2.0 * np.sin(min((km + _DOUBT_KM) / _RADIUS, np.pi) / 2.0)


@pasted
def eye_before(e: Eye, reach: float) -> Eye:
    """Say how far an eye sees, a chord."""
    return Eye(
        e.x, e.y, e.z, np.float32(min(_EVERYWHERE, reach * reach + 1e-12)), e.refuses, e.avoids, e.lowest
    )


@compiled
def hopes_of(point: FloatArray, radius: float, pay: float, said: tuple[bool, bool, bool, bool]) -> Hopes:
    """Gather what the bounds need of one person: see `Hopes`."""
    x = y = z = near = slope = far = np.float32(0.0)
    if not np.isnan(point[0]):
        x, y, z = np.float32(point[0]), np.float32(point[1]), np.float32(point[2])
        span = 2.0 * _USUAL_KM if np.isnan(radius) else max(radius, 1e-9)
        near, slope = np.float32(_NEAR), np.float32((_NEAR - _FAR) * _RADIUS / span)
        far = np.float32(0.0 if np.isnan(radius) else _FAR)
    given = not np.isnan(pay)
    lowest = np.float32(np.log(max(pay, 1e-9))) if given else np.float32(0.0)
    skills, title, job, told = said
    pay_known = np.float32(given)
    return Hopes(
        x,
        y,
        z,
        near,
        slope,
        far,
        lowest,
        pay_known,
        np.float32(skills),
        np.float32(title),
        job,
        told,
    )


@pasted
def nearness(h: Hopes, runs: Runs, away: float, tile: int) -> float:
    """The most that the distance to a row of a tile may add, which is a chord `away` at least; NaN when unknown."""
    worth = h.near
    if h.slope > 0:
        worth = max(h.far, np.float32(h.near - h.slope * away) + np.float32(_SLACK))
    return worth * (runs.nearest[tile] if worth >= 0 else runs.farthest[tile])


@pasted
def most_of(d: Desk, t: Lines, h: Hopes, o: int, j: int) -> float:
    """Bound the score of row `j`, of occupation `o`, from above."""
    most = d.room[o] + np.float32(_BASE) + t.real[j, _FIXED] + d.schooling[t.whole[j, _SCHOOLING]]
    if t.real[j, _NEARNESS] > 0:
        x, y, z = t.real[j, _X] - h.x, t.real[j, _Y] - h.y, t.real[j, _Z] - h.z
        most += t.real[j, _NEARNESS] * max(h.far, h.near - h.slope * np.sqrt(x * x + y * y + z * z))
    over = np.float32(_PAY_SLOPE) * (t.real[j, _LOG_PAY] - h.log_lowest - np.float32(_PAY_USUAL))
    most += h.pay * t.real[j, _HAS_PAY] * min(max(over, np.float32(_PAY_WORST)), np.float32(_PAY_BEST))
    if h.job and o >= 0 and t.real[j, _MONTHS] >= 0:
        months = np.float32(d.months[o])
        if t.real[j, _MONTHS] > 0:
            share = min(np.float32(1.0), months / t.real[j, _MONTHS])
            most += t.real[j, _SHORT] + share * (np.float32(_ENOUGH) - t.real[j, _SHORT])
        if months > t.real[j, _MONTHS]:
            most += d.extra[o]
    most += min(d.skills[o], h.skills * t.real[j, _MOST_SKILLS])
    if h.title > 0 and d.seen[t.whole[j, _WORDS]] == d.turn[0]:
        most += bent(d.similarity[t.whole[j, _WORDS]], _TITLE_USUAL, _TITLE_WORST, _TITLE_BEST) + _SLACK
    else:
        most += min(d.title[o], t.real[j, _MOST_TITLE])
    return most


@pasted
def only_by_title(d: Desk, h: Hopes, o: int) -> bool:
    """Tell whether only a title may relate her to an occupation: another domain, and none of its skills is hers."""
    return h.told and o >= 0 and d.relation[o] < _DOMAIN and not d.shares[o]


@pasted
def look_at_tile(d: Desk, v: VacancySide, e: Eye, h: Hopes, span: Span, tile: int, waiting: int) -> int:
    """Add to those waiting the rows of a tile that may reach `floor`; return how many wait.

    A row waits when it is within reach, keeps the constraints of `Rows`, and its bound reaches the floor.
    """
    runs, t = v.runs, v.lines
    passing = 0
    for run in range(runs.at[tile], runs.at[tile + 1]):
        o = runs.occupation[run]
        if d.over[o] + runs.most[run] < span.floor_here or d.over[o] < span.low or d.over[o] >= span.high:
            continue
        by_title = only_by_title(d, h, o)
        if by_title and (h.title == 0 or d.likeness[o] < _TITLE_RELATED):
            continue
        d.runs[passing] = run
        passing += 1
        fetch(t.real, runs.start[run])
    for turn in range(passing):
        run = d.runs[turn]
        o = runs.occupation[run]
        by_title = only_by_title(d, h, o)
        passed = 0  # Noted without a branch: few rows pass, and no processor guesses which.
        for j in range(runs.start[run], runs.start[run + 1]):
            x, y, z = t.real[j, _X] - e.x, t.real[j, _Y] - e.y, t.real[j, _Z] - e.z
            clash = (t.whole[j, _NEED] & e.refuses) | (t.whole[j, _CONDITION] & e.avoids)
            near = x * x + y * y + z * z <= e.limit
            d.sorted[passed] = j
            passed += (clash == 0) & near & (t.real[j, _TOP_PAY] >= e.lowest)
        for one in range(passed):
            j = d.sorted[one]
            most = most_of(d, t, h, o, j)
            is_seen = by_title and h.title > 0 and d.seen[t.whole[j, _WORDS]] == d.turn[0]
            if is_seen and d.similarity[t.whole[j, _WORDS]] < _TITLE_RELATED:
                continue
            if most < span.floor:
                continue
            d.place[waiting] = j
            d.ceiling[waiting] = most
            waiting += 1
            fetch(v.facts, j)
            fetch(v.facts[j], 8)
            fetch(v.named, j)
    return waiting


@compiled
def keep_best(
    d: Desk,
    v: VacancySide,
    p: JobseekerSide,
    r: Rules,
    hopes: Hopes,
    i: int,
    count: int,
    out: Best,
    place: int,
) -> None:
    """Score the rows listed, the most promising first, until no other can enter the list."""
    kept = 0
    for turn in range(count):
        j = d.place[turn]
        d.place[kept], d.ceiling[kept] = j, d.ceiling[turn]
        kept += keeps_terms(v, p, i, j)
    low, step = sort_by_ceiling(d, v, kept)
    buckets = d.buckets
    for bucket in range(_BUCKETS - 1, -1, -1):
        floor = floor_of(out, place)
        if low + (bucket + 1) * step + _SLACK < floor:
            break
        for turn in range(buckets[bucket], buckets[bucket + 1]):
            entry = d.sorted[turn]
            floor = floor_of(out, place)
            if d.ceiling[entry] < floor:
                continue
            j = d.place[entry]
            most = d.ceiling[entry] - min(
                d.skills[np.int64(v.facts[j, _OCCUPATION])], hopes.skills * v.lines.real[j, _MOST_SKILLS]
            )
            value = score(d, v, p, r, i, j, most, floor - _SLACK)
            if value > -np.inf:
                slot = enter(v.row, out.place[place], out.score[place], out.slot, out.length, place, j, value)
                for part in range(len(d.parts) if slot >= 0 else 0):
                    out.noted[slot, part] = d.parts[part]


@compiled
def sort_by_ceiling(d: Desk, v: VacancySide, count: int) -> tuple[float, float]:
    """Put the rows listed in buckets by what they may score at most; return the lowest and the width."""
    low, high = np.inf, -np.inf
    for turn in range(count):
        low, high = min(low, d.ceiling[turn]), max(high, d.ceiling[turn])
    step = (high - low) / _BUCKETS if high > low else 1.0
    starts, filled = d.buckets, d.filled
    for bucket in range(_BUCKETS + 1):
        starts[bucket] = 0
    for turn in range(count):
        starts[min(int((d.ceiling[turn] - low) / step), _BUCKETS - 1) + 1] += 1
        fetch(v.essential, v.named[d.place[turn], 0])
        fetch(v.wished, v.named[d.place[turn], 1])
    for bucket in range(_BUCKETS):
        starts[bucket + 1] += starts[bucket]
    for bucket in range(_BUCKETS):
        filled[bucket] = starts[bucket]
    for turn in range(count):
        bucket = min(int((d.ceiling[turn] - low) / step), _BUCKETS - 1)
        d.sorted[filled[bucket]] = turn
        filled[bucket] += 1
    return low, step


@compiled
def enter(
    row: IntArray, places: IntArray, scores: FloatArray, slots: IntArray, count: IntArray, place: int, j: int,
    value: float,
) -> int:  # fmt: skip
    """Put a vacancy at its place in a list; equal scores stand in the order of the vacancies.

    Returns the slot that falls to it, of one that is dropped when the list is full; -1 when it does not enter.
    """
    size = len(places)
    last = count[place]
    if last == size:
        worst = places[size - 1]
        if value < scores[size - 1] or (value == scores[size - 1] and row[j] > row[worst]):
            return -1
        last -= 1
    slot = slots[last]
    while last > 0 and (
        scores[last - 1] < value or (scores[last - 1] == value and row[places[last - 1]] > row[j])
    ):
        scores[last], places[last], slots[last] = scores[last - 1], places[last - 1], slots[last - 1]
        last -= 1
    scores[last], places[last], slots[last] = value, j, slot
    count[place] = min(size, count[place] + 1)
    return slot
