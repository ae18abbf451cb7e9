"""A reverse index: the jobseekers in whose list a vacancy enters, or whom it suits, found from the vacancy's side."""

from typing import NamedTuple

import numpy as np

from visavis.engine import weights as w
from visavis.engine.arrays import Bytes, FloatArray, Floats, IntArray, Words
from visavis.engine.facts.geo import EARTH_RADIUS_KM
from visavis.engine.facts.rows import take_rows
from visavis.engine.fast import cache_lines, flat
from visavis.engine.fast.bounds import chord_of, chord_to
from visavis.engine.fast.compiled import compiled, inlined
from visavis.engine.fast.flat import (
    JobseekerSide,
    Rules,
    VacancySide,
    jobseeker_side,
    rules,
    sources_of,
    vacancy_side,
)
from visavis.engine.fast.pair import meets_constraints, score
from visavis.engine.fast.tiles import CLOSE, GROUP, Tiles, lay_out
from visavis.engine.fast.workspace import (
    Workspace,
    empty_workspace,
    load_person_before,
    piecewise_linear,
    unload_person,
)
from visavis.engine.market.market import Market
from visavis.engine.market.numbered import together

_GROUP = GROUP

TILE = 256
"""Jobseekers of a tile at most."""

AT_ONCE = 256
"""Vacancies that are best laid out together."""

_RELATION_LOGIT, _WORK_LOGIT = w.RELATION_LOGIT, w.WORK_LOGIT
_NEAR, _FAR, _WISH_STEP = w.DISTANCE_NEAR, w.DISTANCE_FAR, w.WISH_STEP
_SKILL_LEVEL, _WISHED_BEST = w.SKILL_LEVEL, w.WISHED_SKILLS_BEST
_SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST = w.SKILLS_USUAL, w.SKILLS_WORST, w.SKILLS_BEST
_EXPERIENCE_BEST = w.EXPERIENCE_ENOUGH + w.EXPERIENCE_EXTRA
_DOUBT_KM, _SLACK, _CLOSE = 0.05, 1e-3, CLOSE


class JobseekerRows(NamedTuple):
    """The jobseekers in the order of their tiles, N rows; what the scan reads of each."""

    tiles: Tiles
    x: Floats  # unit vectors, 0 when no place binds her
    y: Floats  # likewise
    z: Floats  # likewise
    reach: Floats  # her reach as an angle, and a margin; without limit when no place binds her
    refuses: Words  # as in `JobseekerSide`
    avoids: Words  # likewise
    lowest: Floats  # the lowest pay she takes, € an hour, 0 when not said


class VacancyQuery(NamedTuple):
    """What the scan needs of one vacancy: fields of `Rows`, what all parts but those of the occupation, the
    skills, the title and the distance may add (`most`), and what each skill is of all it asks or wishes."""

    x: np.float32
    y: np.float32
    z: np.float32
    need: np.int32
    condition: np.int32
    top_pay: np.float32
    occupation: int
    near: np.float32
    most: float
    most_skills: float
    most_title: float
    doubt: np.float32
    own_chord: float
    point: FloatArray
    anywhere: bool
    essential: FloatArray
    wished: FloatArray
    has_essential: bool


class ReverseIndex:
    """Jobseekers laid out so that a new vacancy finds in a moment those in whose list it enters.

    Parameters
    ----------
    market : Market
        The jobseekers before the vacancies of the night, whose rarities and n-grams are used.
    floors : array of float64, shape (N,), or a number for all
        What a score must reach to enter each list: the score of its last place, -inf while it has room.

    Notes
    -----
    What a new vacancy names that no vacancy of the night named counts as unknown until the next night. Threads
    may ask at the same time.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["F1703"]), Jobseeker(wishes=["J1506"])])
    >>> market = Market(people, vacancy_columns([Vacancy(occupation="J1506")]), today=0)
    >>> place, jobseeker, score = ReverseIndex(market).find(market, np.array([0]))
    >>> place.tolist(), jobseeker.tolist(), score.round(3).tolist()
    ([0], [1], [0.6])
    """

    def __init__(self, market: Market, floors: FloatArray | float = -np.inf) -> None:
        """Lay out the jobseekers, neighbours beside each other in memory."""
        tiles, self.row = _tiles(market)
        self.people = take_rows(market.jobseekers, self.row)
        laid = market.with_jobseekers(self.people)
        sources = sources_of(laid)
        self.side: JobseekerSide = jobseeker_side(laid, sources)
        self.rules: Rules = rules(laid, sources)
        self.rows = _jobseeker_rows(tiles, self.side)
        self.floors = np.broadcast_to(floors, len(self.row))[self.row]

    def find(self, market: Market, vacancies: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Find who would have some vacancies in her list.

        Parameters
        ----------
        market : Market
            The market laid out, or newcomers to it (`newcomers.with_newcomers`, `numbered.together`).
        vacancies : array of int64, shape (m,)
            Its rows; lay out a few at once (`AT_ONCE`).

        Returns
        -------
        place, jobseeker, score : arrays of shape (n,)
            Place in `vacancies`, never falling, and row of the jobseeker, rising within it, whose score reaches
            her floor.
        """
        small = together((market, vacancies))
        side, here = vacancy_side(small), self._rules_for(small)
        found = [self._suited(small, side, here, place) for place in np.argsort(side.row).tolist()]
        places = np.repeat(np.arange(len(vacancies)), [len(rows) for rows, _scores in found])
        none = np.zeros(0, np.int64), np.zeros(0)
        jobseekers, scores = zip(none, *found, strict=True)
        return places, np.concatenate(jobseekers), np.concatenate(scores)

    def _suited(
        self, market: Market, side: VacancySide, here: Rules, place: int
    ) -> tuple[IntArray, FloatArray]:
        """Return whom the vacancy at one place of its side suits."""
        query, found = _query_of(market, side, place, here), np.empty(len(self.row) + 1, np.int64)
        count = _scan_tiles(self.rows, side, self.side, here, query, self.floors, found)
        rows = found[:count]
        ideal = market.ideal.earned(self.people, rows) if len(market.ideal) else np.zeros((count, 0))
        scores = np.full(count, -np.inf)
        at = empty_workspace(side, self.side, here, len(market.ideal))
        _score(at, side, self.side, here, rows, place, ideal, self.floors, scores)
        kept = (scores >= self.floors[rows]) & (scores > -np.inf)
        found, scores = self.row[rows[kept]], scores[kept]
        order = np.argsort(found)
        return found[order], scores[order]

    def _rules_for(self, market: Market) -> Rules:
        titles = market.titles.rows
        return self.rules._replace(
            title_at=titles.indptr.astype(np.int64),
            title_gram=titles.indices.astype(np.int32),
            title_weight=titles.data.astype(np.float32),
        )


def _query_of(market: Market, v: VacancySide, j: int, r: Rules) -> VacancyQuery:
    o, facts = int(v.rows.occupation[j]), v.facts[j]
    anywhere = bool(int(facts[flat.KIND]) & flat.REMOTE or np.isnan(facts[flat.X]))
    most = w.BASE + _EXPERIENCE_BEST + w.INTERESTS_BEST + float(v.rows.most[j]) + 10.0 * _SLACK
    most += w.IDEAL_BEST if o >= 0 and r.profile[o] >= 0 else 0.0
    essential, wished = (np.zeros(len(r.rarity)) for _ in range(2))
    for table, values, at, asked in (
        (essential, v.essential, v.offsets[:, 0], facts[flat.ESSENTIAL]),
        (wished, v.wished, v.offsets[:, 1], facts[flat.WISHED]),
    ):
        named = values[at[j] : at[j + 1]]
        np.add.at(table, named, r.rarity[named] / max(asked, 1e-300))
    return VacancyQuery(
        x=v.rows.x[j],
        y=v.rows.y[j],
        z=v.rows.z[j],
        need=v.rows.need[j],
        condition=v.rows.condition[j],
        top_pay=v.rows.top_pay[j],
        occupation=o,
        near=v.cache_lines.real[j, cache_lines.NEAR],
        most=most,
        most_skills=float(v.rows.most_skills[j]),
        most_title=float(v.rows.most_title[j]),
        doubt=np.float32(facts[flat.DOUBT] / EARTH_RADIUS_KM),
        own_chord=chord_of(float(facts[flat.DOUBT])),
        point=facts[: flat.DOUBT].copy(),
        anywhere=anywhere,
        essential=essential,
        wished=wished,
        has_essential=bool(facts[flat.ESSENTIAL] > 0),
    )


def _tiles(market: Market) -> tuple[Tiles, IntArray]:
    reach, points = market.jobseekers.reach_km, market.jobseeker_points
    bound = ~np.isnan(points[:, 0]) & ~np.isnan(reach)
    return lay_out(np.where(bound[:, None], points, np.nan), np.where(bound, reach, 0.0), TILE)


def _jobseeker_rows(tiles: Tiles, p: JobseekerSide) -> JobseekerRows:
    bound = ~np.isnan(p.point[:, 0]) & ~np.isnan(p.reach)
    points = np.where(bound[:, None], p.point, 0.0).astype(np.float32)
    reach = np.where(bound, (p.reach + _DOUBT_KM) / EARTH_RADIUS_KM, 10.0)
    return JobseekerRows(
        tiles=tiles,
        x=np.ascontiguousarray(points[:, 0]),
        y=np.ascontiguousarray(points[:, 1]),
        z=np.ascontiguousarray(points[:, 2]),
        reach=reach.astype(np.float32),
        refuses=p.refuses,
        avoids=p.avoids,
        lowest=np.nan_to_num(p.pay, nan=0.0).astype(np.float32),
    )


@compiled
def _scan_tiles(
    people: JobseekerRows,
    v: VacancySide,
    p: JobseekerSide,
    r: Rules,
    q: VacancyQuery,
    floors: FloatArray,
    found: IntArray,
) -> int:
    """List the jobseekers in whose list a vacancy may enter; return how many."""
    t, count = people.tiles, 0
    for group in range(len(t.group_farther)):
        away = chord_to(q.point, t.group_low, t.group_high, group)
        if not q.anywhere and away > q.own_chord + t.group_farther[group] + _CLOSE:
            continue
        for tile in range(group * _GROUP, min((group + 1) * _GROUP, len(t.farther))):
            away = chord_to(q.point, t.low, t.high, tile)
            if q.anywhere or away <= q.own_chord + t.farther[tile] + _CLOSE:
                count = _scan_tile(people, v, p, r, q, floors, found, tile, count)
    return count


@inlined
def _scan_tile(
    people: JobseekerRows, v: VacancySide, p: JobseekerSide, r: Rules, q: VacancyQuery, floors: FloatArray,
    found: IntArray, tile: int, count: int,
) -> int:  # fmt: skip
    """Go through one tile of jobseekers."""
    for row in range(people.tiles.start[tile], people.tiles.start[tile + 1]):
        clash = (q.need & people.refuses[row]) | (q.condition & people.avoids[row])
        x, y, z = q.x - people.x[row], q.y - people.y[row], q.z - people.z[row]
        chord = x * x + y * y + z * z
        reach = people.reach[row] + q.doubt
        near = q.anywhere or reach > 3.0 or chord <= reach * reach + np.float32(1e-12)
        if not ((clash == 0) & near & (q.top_pay >= people.lowest[row])):
            continue
        bound = q.most + _occupation_worth(p, r, row, q.occupation)
        bound += q.most_title if p.has_text[row] else 0.0
        if q.near > 0 and people.reach[row] < 3.0:
            along = min(1.0, np.sqrt(chord) / max(people.reach[row], np.float32(1e-9)))
            bound += float(q.near) * (_NEAR + along * (_FAR - _NEAR))
        elif q.near > 0:
            bound += float(q.near) * _NEAR
        if bound + q.most_skills < floors[row]:
            continue
        if p.has_skill[row]:
            skills = p.skill[p.skill_at[row] : p.skill_at[row + 1]]
            bound += _skills_worth(q, skills, p.skill_level, p.skill_at[row])
        found[count] = row
        count += bound >= floors[row]
    return count


@compiled
def _skills_worth(q: VacancyQuery, skills: IntArray, levels: Bytes, first: int) -> float:
    """What the skills she holds are worth, to within the margin of `VacancyQuery.most`."""
    essential = wished = 0.0
    for turn in range(len(skills)):
        counts = _SKILL_LEVEL[levels[first + turn]]
        essential += q.essential[skills[turn]] * counts
        wished += q.wished[skills[turn]] * counts
    worth = _WISHED_BEST * wished
    if q.has_essential:
        worth += piecewise_linear(essential, _SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST)
    return worth


@compiled
def _occupation_worth(p: JobseekerSide, r: Rules, i: int, o: int) -> float:
    """The part of the occupation: of the best of her wishes, else of her work."""
    if o < 0:
        return 0.0
    best = -np.inf
    for turn in range(p.wish_at[i + 1] - p.wish_at[i]):
        value = _RELATION_LOGIT[r.relation[p.wish[p.wish_at[i] + turn], o]]
        best = max(best, value - _WISH_STEP * min(turn, 2) if value > 0 else value)
    if best == -np.inf:
        for place in range(p.job_at[i], p.job_at[i + 1]):
            best = max(best, _WORK_LOGIT[r.relation[p.job[place], o]])
    return best if best > -np.inf else 0.0


@compiled
def _score(
    ws: Workspace, v: VacancySide, p: JobseekerSide, r: Rules, rows: IntArray, j: int, ideal: FloatArray,
    floors: FloatArray, scores: FloatArray,
) -> None:  # fmt: skip
    """Score vacancy `j` for some jobseekers."""
    for place in range(len(rows)):
        i = rows[place]
        if not meets_constraints(v, p, i, j):
            continue
        for profile in range(ideal.shape[1]):
            ws.ideal[profile] = ideal[place, profile]
        load_person_before(ws, p, r, i, v.rows.occupation[j])
        scores[place] = score(ws, v, p, r, i, j, 1e30, floors[i] - _SLACK)
        unload_person(ws, p, r, i)
