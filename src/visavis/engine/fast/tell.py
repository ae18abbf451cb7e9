"""Whom a vacancy is news to: the jobseekers in whose list it enters, found from the vacancy's side."""

from typing import NamedTuple

import numpy as np

from visavis.engine import weights as w
from visavis.engine.arrays import Bytes, FloatArray, Floats, IntArray, Words
from visavis.engine.facts.geo import EARTH_RADIUS_KM
from visavis.engine.facts.rows import take_jobseekers
from visavis.engine.fast import lines, sides
from visavis.engine.fast.compiled import compiled, pasted
from visavis.engine.fast.desk import Desk, bent, desk, sit_before, stand_up
from visavis.engine.fast.pair import keeps_terms, score
from visavis.engine.fast.scan import chord_of, chord_to
from visavis.engine.fast.sides import (
    JobseekerSide,
    Rules,
    VacancySide,
    jobseeker_side,
    rules,
    sources_of,
    vacancy_side,
)
from visavis.engine.fast.tiles import CLOSE, GROUP, Tiles, lay_out
from visavis.engine.market.market import Market

_GROUP = GROUP

TILE = 256
"""Jobseekers of a tile at most."""

_RELATION_LOGIT, _WORK_LOGIT = w.RELATION_LOGIT, w.WORK_LOGIT
_NEAR, _FAR, _WISH_STEP = w.DISTANCE_NEAR, w.DISTANCE_FAR, w.WISH_STEP
_SKILL_LEVEL, _WISHED_BEST = w.SKILL_LEVEL, w.WISHED_SKILLS_BEST
_SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST = w.SKILLS_USUAL, w.SKILLS_WORST, w.SKILLS_BEST
_EXPERIENCE_BEST = w.EXPERIENCE_ENOUGH + w.EXPERIENCE_EXTRA
_DOUBT_KM, _SLACK, _CLOSE = 0.05, 1e-3, CLOSE


class Ears(NamedTuple):
    """The jobseekers in the order of their tiles, N rows; what the scan reads of each.

    Attributes
    ----------
    x, y, z : float32
        Unit vectors, 0 when no place binds her.
    reach : float32
        Her radius as an angle, and a margin; without limit when no place binds her.
    refuses, avoids : int32
        As in `JobseekerSide`.
    lowest : float32
        The lowest pay she takes, € an hour, 0 when not said.
    """

    tiles: Tiles
    x: Floats
    y: Floats
    z: Floats
    reach: Floats
    refuses: Words
    avoids: Words
    lowest: Floats


class News(NamedTuple):
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
    own: float
    point: FloatArray
    anywhere: bool
    essential: FloatArray
    wished: FloatArray
    has_essential: bool


class Listeners:
    """Jobseekers laid out so that a new vacancy finds in a moment those it is news to.

    Parameters
    ----------
    market : Market
        The jobseekers before the vacancies of the night, whose rarities and n-grams are used.
    floors : array of float64, shape (N,)
        What a score must reach to enter each list: the score of its last place, -inf while it has room.

    Notes
    -----
    What a new vacancy names that no vacancy of the night named counts as unknown until the next night.
    """

    def __init__(self, market: Market, floors: FloatArray) -> None:
        """Lay out the jobseekers, neighbours beside each other in memory."""
        tiles, self.row = _tiles(market)
        self.people = take_jobseekers(market.jobseekers, self.row)
        laid = market.with_jobseekers(self.people)
        sources = sources_of(laid)
        self.market = market
        self.side: JobseekerSide = jobseeker_side(laid, sources)
        self.rules: Rules = rules(laid, sources)
        self.ears = _ears(tiles, self.side)
        self.floors = floors[self.row]
        self.found = np.zeros(len(self.row) + 1, np.int64)

    def tell(self, market: Market, vacancy: int) -> tuple[IntArray, FloatArray]:
        """Find who would have a vacancy in her list.

        Parameters
        ----------
        market : Market
            New vacancies before the same jobseekers: `newcomers.with_newcomers`, or the market itself.
        vacancy : int
            Its row.

        Returns
        -------
        jobseeker, score : arrays of shape (n,)
            Rows of the market, rising, whose score reaches their floor.
        """
        side = _side_of(market)
        place = int(np.flatnonzero(side.row == vacancy)[0])
        here = self._rules_for(market)
        news = _news(market, side, place, here)
        count = _listen(self.ears, side, self.side, here, news, self.floors, self.found)
        rows = self.found[:count].copy()
        ideal = market.ideal.earned(self.people, rows) if len(market.ideal) else np.zeros((count, 0))
        scores = np.full(count, -np.inf)
        at = desk(side, self.side, here, len(market.ideal))
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


def _side_of(market: Market) -> VacancySide:
    from visavis.engine.fast.top import laid_out  # noqa: PLC0415 (the two doors use each other's layout)

    return laid_out(market) if len(market.vacancies) > 1 else vacancy_side(market)


def _news(market: Market, v: VacancySide, j: int, r: Rules) -> News:
    o, facts = int(v.rows.occupation[j]), v.facts[j]
    anywhere = bool(int(facts[sides.KIND]) & sides.REMOTE or np.isnan(facts[sides.X]))
    most = w.BASE + _EXPERIENCE_BEST + w.INTERESTS_BEST + float(v.rows.most[j]) + 10.0 * _SLACK
    most += w.IDEAL_BEST if o >= 0 and r.profile[o] >= 0 else 0.0
    essential, wished = (np.zeros(len(r.rarity)) for _ in range(2))
    for table, values, at, asked in (
        (essential, v.essential, v.named[:, 0], facts[sides.ESSENTIAL]),
        (wished, v.wished, v.named[:, 1], facts[sides.WISHED]),
    ):
        named = values[at[j] : at[j + 1]]
        np.add.at(table, named, r.rarity[named] / max(asked, 1e-300))
    return News(
        v.rows.x[j], v.rows.y[j], v.rows.z[j], v.rows.need[j], v.rows.condition[j], v.rows.top_pay[j], o,
        v.lines.real[j, lines.NEAR], most, float(v.rows.most_skills[j]), float(v.rows.most_title[j]),
        np.float32(facts[sides.DOUBT] / EARTH_RADIUS_KM), chord_of(float(facts[sides.DOUBT])),
        facts[: sides.DOUBT].copy(), anywhere, essential, wished, bool(facts[sides.ESSENTIAL] > 0),
    )  # fmt: skip


def _tiles(market: Market) -> tuple[Tiles, IntArray]:
    radius, points = market.jobseekers.radius_km, market.jobseeker_points
    bound = ~np.isnan(points[:, 0]) & ~np.isnan(radius)
    return lay_out(np.where(bound[:, None], points, np.nan), np.where(bound, radius, 0.0), TILE)


def _ears(tiles: Tiles, p: JobseekerSide) -> Ears:
    bound = ~np.isnan(p.point[:, 0]) & ~np.isnan(p.radius)
    points = np.where(bound[:, None], p.point, 0.0).astype(np.float32)
    reach = np.where(bound, (p.radius + _DOUBT_KM) / EARTH_RADIUS_KM, 10.0)
    return Ears(
        tiles,
        np.ascontiguousarray(points[:, 0]),
        np.ascontiguousarray(points[:, 1]),
        np.ascontiguousarray(points[:, 2]),
        reach.astype(np.float32),
        p.refuses,
        p.avoids,
        np.nan_to_num(p.pay, nan=0.0).astype(np.float32),
    )


@compiled
def _listen(
    e: Ears, v: VacancySide, p: JobseekerSide, r: Rules, n: News, floors: FloatArray, found: IntArray
) -> int:
    """List the jobseekers whom a vacancy may be news to; return how many."""
    t, count = e.tiles, 0
    for group in range(len(t.group_farther)):
        away = chord_to(n.point, t.group_low, t.group_high, group)
        if not n.anywhere and away > n.own + t.group_farther[group] + _CLOSE:
            continue
        for tile in range(group * _GROUP, min((group + 1) * _GROUP, len(t.farther))):
            away = chord_to(n.point, t.low, t.high, tile)
            if n.anywhere or away <= n.own + t.farther[tile] + _CLOSE:
                count = _listen_in(e, v, p, r, n, floors, found, tile, count)
    return count


@pasted
def _listen_in(
    e: Ears, v: VacancySide, p: JobseekerSide, r: Rules, n: News, floors: FloatArray, found: IntArray,
    tile: int, count: int,
) -> int:  # fmt: skip
    """Go through one tile of jobseekers."""
    for ear in range(e.tiles.start[tile], e.tiles.start[tile + 1]):
        clash = (n.need & e.refuses[ear]) | (n.condition & e.avoids[ear])
        x, y, z = n.x - e.x[ear], n.y - e.y[ear], n.z - e.z[ear]
        chord = x * x + y * y + z * z
        reach = e.reach[ear] + n.doubt
        near = n.anywhere or reach > 3.0 or chord <= reach * reach + np.float32(1e-12)
        if not ((clash == 0) & near & (n.top_pay >= e.lowest[ear])):
            continue
        room = n.most + _of_occupation(p, r, ear, n.occupation)
        room += n.most_title if p.has_text[ear] else 0.0
        if n.near > 0 and e.reach[ear] < 3.0:
            along = min(1.0, np.sqrt(chord) / max(e.reach[ear], np.float32(1e-9)))
            room += float(n.near) * (_NEAR + along * (_FAR - _NEAR))
        elif n.near > 0:
            room += float(n.near) * _NEAR
        if room + n.most_skills < floors[ear]:
            continue
        if p.has_skill[ear]:
            skills = p.skill[p.skill_at[ear] : p.skill_at[ear + 1]]
            room += _of_skills(n, skills, p.skill_level, p.skill_at[ear])
        found[count] = ear
        count += room >= floors[ear]
    return count


@compiled
def _of_skills(n: News, skills: IntArray, levels: Bytes, first: int) -> float:
    """What the skills she holds are worth, to within the margin of `News.most`."""
    essential = wished = 0.0
    for turn in range(len(skills)):
        counts = _SKILL_LEVEL[levels[first + turn]]
        essential += n.essential[skills[turn]] * counts
        wished += n.wished[skills[turn]] * counts
    worth = _WISHED_BEST * wished
    if n.has_essential:
        worth += bent(essential, _SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST)
    return worth


@compiled
def _of_occupation(p: JobseekerSide, r: Rules, i: int, o: int) -> float:
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
    d: Desk, v: VacancySide, p: JobseekerSide, r: Rules, rows: IntArray, j: int, ideal: FloatArray,
    floors: FloatArray, scores: FloatArray,
) -> None:  # fmt: skip
    """Score vacancy `j` for some jobseekers."""
    for place in range(len(rows)):
        i = rows[place]
        if not keeps_terms(v, p, i, j):
            continue
        for profile in range(ideal.shape[1]):
            d.ideal[profile] = ideal[place, profile]
        sit_before(d, p, r, i, v.rows.occupation[j])
        scores[place] = score(d, v, p, r, i, j, 1e30, floors[i] - _SLACK)
        stand_up(d, p, r, i)
