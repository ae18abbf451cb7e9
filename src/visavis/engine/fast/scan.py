"""The scan of one jobseeker: tiles within her reach, the rows that may stand in her list, the best first."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.fast import cache_lines, flat
from visavis.engine.fast.bounds import (
    BoundTerms,
    PersonFilter,
    bound_terms,
    chord_of,
    chord_to,
    distance_bound,
    maximum,
    only_by_title,
    person_filter,
    upper_bound,
    within_reach,
)
from visavis.engine.fast.compiled import compiled, inlined
from visavis.engine.fast.flat import (
    JobseekerSide,
    Rules,
    VacancySide,
)
from visavis.engine.fast.pair import meets_constraints, score
from visavis.engine.fast.prefetch import prefetch
from visavis.engine.fast.tiles import CLOSE, GROUP
from visavis.engine.fast.workspace import (
    BATCH,
    BUCKETS,
    Workspace,
    load_person,
    unload_person,
)
from visavis.engine.score import tiers

_TITLE_RELATED, _GROUP, _BATCH = w.TITLE_RELATED, GROUP, BATCH
_X, _Y, _Z, _TOP_PAY, _NEED, _CONDITION = (
    cache_lines.X,
    cache_lines.Y,
    cache_lines.Z,
    cache_lines.TOP_PAY,
    cache_lines.NEED,
    cache_lines.CONDITION,
)
_WORDS, _MOST_SKILLS, _OCCUPATION = cache_lines.WORDS, cache_lines.MOST_SKILLS, flat.OCCUPATION
_CLOSE = CLOSE
_SLACK = 1e-3
_FIRST_PASS = 1.0
"""Occupations within so many logits of her best are looked at before the others."""

_FIRST = 128
"""Rows after which the first are scored, so that the rest has a floor to reach."""

_BUCKETS = BUCKETS

# As numpy compares parts with them: in the width of the parts.
_ASKED_LOGIT, _SPEAKS = np.float32(w.ASKED_LOGIT), np.float32(w.SPEAKS)
_TITLE_CLOSE_SAME, _TITLE_CLOSE = np.float32(tiers.CLOSE_SAME), np.float32(tiers.CLOSE)
_ASKED_LEAD, _OF_HER = w.ASKED_LEAD, tuple(tiers.OF_HER)
_OCCUPATION_PART, _TITLE_PART = tiers.OCCUPATION, tiers.TITLE
_ASKED, _SAME, _NEAR, _DISCOVER, _SLIGHT = tiers.ASKED, tiers.SAME, tiers.NEAR, tiers.DISCOVER, tiers.SLIGHT


class TopLists(NamedTuple):
    """The lists of some jobseekers, in the order of the rows asked; k places each."""

    length: IntArray  # (n,): how many places are taken
    place: IntArray  # (n, k): places among the laid-out vacancies, best first
    score: FloatArray  # (n, k)
    parts: npt.NDArray[np.float32]  # (n, k, 12)
    # (k,): while a list is made: where in `noted`, float32 (k, 12), the parts of each of its places are
    slot: IntArray
    noted: npt.NDArray[np.float32]


class ScanLimits(NamedTuple):
    """Which occupations are looked at, by `Workspace.total_bound`, and what must be reached."""

    low: np.float32  # occupations from the first
    high: np.float32  # to below the second
    floor: np.float32  # what a score must reach
    floor_here: np.float32  # the same less the most that nearness to this tile may add


def empty_lists(n: int, k: int) -> TopLists:
    """Make empty lists."""
    return TopLists(
        length=np.zeros(n, np.int64),
        place=np.zeros((n, k), np.int64),
        score=np.zeros((n, k)),
        parts=np.zeros((n, k, 12), np.float32),
        slot=np.zeros(k, np.int64),
        noted=np.zeros((k, 12), np.float32),
    )


@compiled
def rank(
    ws: Workspace,
    v: VacancySide,
    p: JobseekerSide,
    r: Rules,
    who: tuple[IntArray, IntArray],
    ideal: FloatArray,
    out: TopLists,
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
            ws.ideal[profile] = ideal[place, profile]
        load_person(ws, v, p, r, i)
        for rank in range(len(out.slot)):
            out.slot[rank] = rank
        scan_tiles(ws, v, p, r, i, out, place)
        for rank in range(out.length[place]):
            for part in range(len(ws.parts)):
                out.parts[place, rank, part] = out.noted[out.slot[rank], part]
        unload_person(ws, p, r, i)
        put_in_tiers(v.row, out.place[place], out.score[place], out.parts[place], out.slot, out.length[place])


@compiled
def scan_tiles(
    ws: Workspace, v: VacancySide, p: JobseekerSide, r: Rules, i: int, out: TopLists, place: int
) -> None:
    """Go through the tiles within reach, and score what may enter the list, a batch at a time."""
    t = v.tiles
    has_work = p.job_at[i + 1] > p.job_at[i]
    said = (p.has_skill[i], p.has_text[i], has_work, p.is_comparable[i])
    terms = bound_terms(p.point[i], p.radius[i], p.pay[i], said)
    bound = not np.isnan(p.reach[i]) and not np.isnan(p.point[i, 0])
    point, own = p.point[i], chord_of(p.reach[i]) if bound else np.inf
    first = person_filter(point, p.refuses[i], p.avoids[i], p.pay[i])
    cut = maximum(ws.total_bound) - _FIRST_PASS
    listed, enough = 0, _FIRST
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
                close = distance_bound(terms, v.runs, away, tile)
                passes = within_reach(first, reach)
                limits = ScanLimits(
                    np.float32(low), np.float32(high), np.float32(floor), np.float32(floor - close)
                )
                listed = scan_tile(ws, v, passes, terms, limits, tile, listed)
                if listed >= enough:
                    score_candidates(ws, v, p, r, terms, i, listed, out, place)
                    listed, enough = 0, min(2 * enough, _BATCH)
        score_candidates(ws, v, p, r, terms, i, listed, out, place)
        listed = 0


@inlined
def floor_of(out: TopLists, place: int) -> float:
    """What a score must reach to enter a list."""
    size = out.place.shape[1]
    return out.score[place, size - 1] if out.length[place] == size else -1e30


@inlined
def scan_tile(
    ws: Workspace,
    v: VacancySide,
    f: PersonFilter,
    terms: BoundTerms,
    limits: ScanLimits,
    tile: int,
    listed: int,
) -> int:
    """Add to those listed the rows of a tile that may reach `floor`; return how many are listed.

    A row is listed when it is within reach, keeps the constraints of `Rows`, and its bound reaches the floor.
    """
    runs, t = v.runs, v.cache_lines
    passing = 0
    for run in range(runs.at[tile], runs.at[tile + 1]):
        o = runs.occupation[run]
        if (
            ws.total_bound[o] + runs.most[run] < limits.floor_here
            or ws.total_bound[o] < limits.low
            or ws.total_bound[o] >= limits.high
        ):
            continue
        by_title = only_by_title(ws, terms, o)
        if by_title and (terms.title == 0 or ws.similarity_bound[o] < _TITLE_RELATED):
            continue
        ws.passing_runs[passing] = run
        passing += 1
        prefetch(t.real, runs.start[run])
    for turn in range(passing):
        run = ws.passing_runs[turn]
        o = runs.occupation[run]
        by_title = only_by_title(ws, terms, o)
        passed = 0  # Noted without a branch: few rows pass, and no processor guesses which.
        for j in range(runs.start[run], runs.start[run + 1]):
            x, y, z = t.real[j, _X] - f.x, t.real[j, _Y] - f.y, t.real[j, _Z] - f.z
            clash = (t.whole[j, _NEED] & f.refuses) | (t.whole[j, _CONDITION] & f.avoids)
            near = x * x + y * y + z * z <= f.limit
            ws.sorted[passed] = j
            passed += (clash == 0) & near & (t.real[j, _TOP_PAY] >= f.lowest)
        for one in range(passed):
            j = ws.sorted[one]
            most = upper_bound(ws, t, terms, o, j)
            is_seen = by_title and terms.title > 0 and ws.seen_at[t.whole[j, _WORDS]] == ws.generation[0]
            if is_seen and ws.similarity[t.whole[j, _WORDS]] < _TITLE_RELATED:
                continue
            if most < limits.floor:
                continue
            ws.candidate[listed] = j
            ws.bound[listed] = most
            listed += 1
            prefetch(v.facts, j)
            prefetch(v.facts[j], 8)
            prefetch(v.offsets, j)
    return listed


@compiled
def score_candidates(
    ws: Workspace,
    v: VacancySide,
    p: JobseekerSide,
    r: Rules,
    terms: BoundTerms,
    i: int,
    count: int,
    out: TopLists,
    place: int,
) -> None:
    """Score the rows listed, the most promising first, until no other can enter the list."""
    kept = 0
    for turn in range(count):
        j = ws.candidate[turn]
        ws.candidate[kept], ws.bound[kept] = j, ws.bound[turn]
        kept += meets_constraints(v, p, i, j)
    low, step = sort_by_bound(ws, v, kept)
    buckets = ws.bucket_start
    for bucket in range(_BUCKETS - 1, -1, -1):
        floor = floor_of(out, place)
        if low + (bucket + 1) * step + _SLACK < floor:
            break
        for turn in range(buckets[bucket], buckets[bucket + 1]):
            entry = ws.sorted[turn]
            floor = floor_of(out, place)
            if ws.bound[entry] < floor:
                continue
            j = ws.candidate[entry]
            most = ws.bound[entry] - min(
                ws.skills_bound[np.int64(v.facts[j, _OCCUPATION])],
                terms.skills * v.cache_lines.real[j, _MOST_SKILLS],
            )
            value = score(ws, v, p, r, i, j, most, floor - _SLACK)
            if value > -np.inf:
                slot = insert(
                    v.row, out.place[place], out.score[place], out.slot, out.length, place, j, value
                )
                for part in range(len(ws.parts) if slot >= 0 else 0):
                    out.noted[slot, part] = ws.parts[part]


@compiled
def sort_by_bound(ws: Workspace, v: VacancySide, count: int) -> tuple[float, float]:
    """Put the rows listed in buckets by what they may score at most; return the lowest and the width."""
    low, high = np.inf, -np.inf
    for turn in range(count):
        low, high = min(low, ws.bound[turn]), max(high, ws.bound[turn])
    step = (high - low) / _BUCKETS if high > low else 1.0
    starts, filled = ws.bucket_start, ws.bucket_end
    for bucket in range(_BUCKETS + 1):
        starts[bucket] = 0
    for turn in range(count):
        starts[min(int((ws.bound[turn] - low) / step), _BUCKETS - 1) + 1] += 1
        prefetch(v.essential, v.offsets[ws.candidate[turn], 0])
        prefetch(v.wished, v.offsets[ws.candidate[turn], 1])
    for bucket in range(_BUCKETS):
        starts[bucket + 1] += starts[bucket]
    for bucket in range(_BUCKETS):
        filled[bucket] = starts[bucket]
    for turn in range(count):
        bucket = min(int((ws.bound[turn] - low) / step), _BUCKETS - 1)
        ws.sorted[filled[bucket]] = turn
        filled[bucket] += 1
    return low, step


@compiled
def insert(
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


@compiled
def put_in_tiers(
    row: IntArray, places: IntArray, scores: FloatArray, parts: FloatArray, tier: IntArray, length: int
) -> None:
    """Take off what led in one list, and put it in the order of tier, score and vacancy if it is in another.

    `tier` is room for as many numbers as the list has places.
    """
    is_late = False
    for rank in range(length):
        if parts[rank, _OCCUPATION_PART] >= _ASKED_LOGIT:
            parts[rank, _OCCUPATION_PART] -= _ASKED_LEAD
            scores[rank] -= _ASKED_LEAD
        tier[rank] = tier_of(parts, rank)
        if rank > 0:
            same = tier[rank] == tier[rank - 1]
            is_late |= tier[rank] < tier[rank - 1] or (same and scores[rank] > scores[rank - 1])
    if not is_late:
        return
    for rank in range(1, length):
        last = rank
        while last > 0 and stands_after(row, places, scores, tier, last):
            places[last - 1], places[last] = places[last], places[last - 1]
            scores[last - 1], scores[last] = scores[last], scores[last - 1]
            tier[last - 1], tier[last] = tier[last], tier[last - 1]
            for part in range(parts.shape[1]):
                parts[last - 1, part], parts[last, part] = parts[last, part], parts[last - 1, part]
            last -= 1


@compiled
def stands_after(row: IntArray, places: IntArray, scores: FloatArray, tier: IntArray, last: int) -> bool:
    """Say whether the place before belongs after this one."""
    if tier[last - 1] != tier[last]:
        return bool(tier[last - 1] > tier[last])
    if scores[last - 1] != scores[last]:
        return bool(scores[last - 1] < scores[last])
    return bool(row[places[last - 1]] > row[places[last]])


@compiled
def tier_of(parts: FloatArray, rank: int) -> int:
    """Tell the tier of one place, as `tiers.tiers` does of many."""
    occupation, title = parts[rank, _OCCUPATION_PART], parts[rank, _TITLE_PART]
    same = occupation >= _ASKED_LOGIT
    if title >= _TITLE_CLOSE or (same and (title == 0 or title >= _TITLE_CLOSE_SAME)):
        return _ASKED
    if same:
        return _SAME
    if occupation > 0:
        return _NEAR
    speaks = np.float32(0.0)
    for part in _OF_HER:
        speaks += parts[rank, part]
    return _SLIGHT if occupation < 0 and speaks < _SPEAKS else _DISCOVER
