"""What a kernel writes while it works for one jobseeker: her occupations, skills and texts spread out."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import BoolArray, FloatArray, Floats, IntArray, Words
from visavis.engine.facts.occupations import UNKNOWN
from visavis.engine.fast.compiled import compiled
from visavis.engine.fast.naming import Named, Wording
from visavis.engine.fast.sides import JobseekerSide, Rules, VacancySide

BASE, OCCUPATION, TITLE, SKILLS, WISHED, EXPERIENCE, EDUCATION, LANGUAGES, DISTANCE, PAY, INTERESTS, IDEAL = (
    range(12)
)
"""Columns of `PART_NAMES`."""

_SKILL_LEVEL, _MOST_LEVEL, _WISHED_BEST = w.SKILL_LEVEL, float(w.SKILL_LEVEL.max()), w.WISHED_SKILLS_BEST
_TITLE_USUAL, _TITLE_WORST, _TITLE_BEST = w.TITLE_USUAL, w.TITLE_WORST, w.TITLE_BEST
_SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST = w.SKILLS_USUAL, w.SKILLS_WORST, w.SKILLS_BEST
_RELATION_LOGIT = w.RELATION_LOGIT
_WORK_LOGIT = w.WORK_LOGIT
_TRANSFER = w.TRANSFER
_WISH_STEP = w.WISH_STEP
_EXTRA, _EXTRA_MONTHS = w.EXPERIENCE_EXTRA, w.EXPERIENCE_EXTRA_MONTHS
_EDU_ENOUGH, _EDU_WORST = w.EDUCATION_ENOUGH, w.EDUCATION_WORST
_EDU_STEP, _EDU_STEP_REQUIRED = w.EDUCATION_STEP, w.EDUCATION_STEP_REQUIRED
_BASE, _ENOUGH = w.BASE, w.EXPERIENCE_ENOUGH
_INTERESTS_BEST, _IDEAL_BEST = w.INTERESTS_BEST, w.IDEAL_BEST
_UNKNOWN = UNKNOWN
_SLACK = 1e-3

BATCH = 2048
"""Rows that passed the scan and wait to be scored."""

BUCKETS = 64
"""Steps by which the rows looked at are sorted before they are scored."""


class Desk(NamedTuple):
    """Tables about one person, and lists of the vacancies looked at.

    Attributes
    ----------
    logit, relation, months, room : shape (occupations,)
        As in `people.OccupationFit`; `room` bounds all that the occupation decides.
    held : float64, shape (skills,)
        Rarity of each skill times how far it counts as held, 0 when she lacks it.
    spread : float32, shape (texts at most, n-grams)
        Her texts as dense rows.
    interest : bool, shape (interests,)
    ideal : float64, shape (profiles,)
    similarity, seen : shape (distinct titles,)
        Similarity to each title met, and the turn at which it was met.
    schooling : float32, shape (19,)
        What her education is worth, by `lines.SCHOOLING`.
    held_count, held_rarity : float64, shape (occupations + 1,)
        How many of the skills that an occupation names she holds, and the sum of their rarity.
    skills : float32, shape (occupations + 1,)
        The most that skills may add.
    shares : uint8, shape (occupations + 1,)
        Whether she holds any skill that a vacancy of the occupation asks.
    likeness, title : float32, shape (occupations + 1,)
        The most that one of her texts may resemble a title, and what this may add, at least 0.
    extra, over : float32, shape (occupations + 1,)
        What experience beyond the months asked may add; `room` and the most of all experience, of skills
        and of the title.
    runs : int32, shape (runs of a tile at most,)
        Those that may hold rows for her list.
    place : int32, shape (rows of a batch and a tile,)
        Those that may stand in her list; `ceiling` (float32) is the most each may score.
    sorted : int32, shape (rows of a batch and a tile,)
    turn : int32, shape (1,)
        Counts the people who sat here.
    parts : float64, shape (12,)
    """

    logit: FloatArray
    relation: npt.NDArray[np.uint8]
    months: FloatArray
    room: Floats
    held: FloatArray
    spread: Floats
    interest: BoolArray
    ideal: FloatArray
    similarity: FloatArray
    seen: npt.NDArray[np.int32]
    schooling: Floats
    held_count: FloatArray
    held_rarity: FloatArray
    skills: Floats
    shares: npt.NDArray[np.uint8]
    likeness: Floats
    title: Floats
    extra: Floats
    over: Floats
    runs: Words
    place: npt.NDArray[np.int32]
    ceiling: Floats
    sorted: npt.NDArray[np.int32]
    buckets: IntArray
    filled: IntArray
    turn: npt.NDArray[np.int32]
    parts: FloatArray


def desk(v: VacancySide, p: JobseekerSide, r: Rules, profiles: int) -> Desk:
    """Make an empty desk for one thread."""
    occupations, titles = len(r.interest_at) - 1, len(r.title_at) - 1
    texts = int(np.diff(p.text_at).max(initial=0))
    tile = int(np.diff(v.tiles.start).max(initial=1))
    return Desk(
        np.zeros(occupations),
        np.zeros(occupations, np.uint8),
        np.zeros(occupations),
        np.zeros(occupations + 1, np.float32),
        np.zeros(len(r.rarity)),
        np.zeros((texts, r.grams), np.float32),
        np.zeros(r.interests, np.bool_),
        np.zeros(profiles),
        np.zeros(titles),
        np.full(titles, -1, np.int32),
        np.zeros(19, np.float32),
        np.zeros(occupations + 1),
        np.zeros(occupations + 1),
        np.zeros(occupations + 1, np.float32),
        np.zeros(occupations + 1, np.uint8),
        np.zeros(occupations + 1, np.float32),
        np.zeros(occupations + 1, np.float32),
        np.zeros(occupations + 1, np.float32),
        np.zeros(occupations + 1, np.float32),
        np.zeros(tile, np.int32),
        np.zeros(BATCH + tile, np.int32),
        np.zeros(BATCH + tile, np.float32),
        np.zeros(BATCH + tile, np.int32),
        np.zeros(BUCKETS + 1, np.int64),
        np.zeros(BUCKETS + 1, np.int64),
        np.zeros(1, np.int32),
        np.zeros(12),
    )


@compiled
def sit_down(d: Desk, v: VacancySide, p: JobseekerSide, r: Rules, i: int) -> None:
    """Spread out what person `i` brings, before all occupations; her ideal traits are put there by the caller."""
    spread_out(d, p, r, i)
    fit(d, p, r, i, 0, len(d.logit))
    _bound_occupations(d, p, r, i)
    bound_skills(d, v.named_essential, p, r, i, False)
    bound_skills(d, v.named_wished, p, r, i, True)
    bound_titles(d, v.wording, p, r, i)
    for o in range(len(d.over)):
        d.over[o] += d.skills[o] + d.title[o]


@compiled
def sit_before(d: Desk, p: JobseekerSide, r: Rules, i: int, o: int) -> None:
    """Spread out what person `i` brings, before one occupation only, -1 when it is unknown."""
    spread_out(d, p, r, i)
    d.title[o] = _TITLE_BEST if p.has_text[i] else 0.0
    if o >= 0:
        fit(d, p, r, i, o, o + 1)


@compiled
def spread_out(d: Desk, p: JobseekerSide, r: Rules, i: int) -> None:
    """Spread out her skills, her interests and her texts."""
    d.turn[0] += 1
    for place in range(p.skill_at[i], p.skill_at[i + 1]):
        d.held[p.skill[place]] = r.rarity[p.skill[place]] * _SKILL_LEVEL[p.skill_level[place]]
    for place in range(p.interest_at[i], p.interest_at[i + 1]):
        d.interest[p.interest[place]] = True
    for turn in range(p.text_at[i + 1] - p.text_at[i]):
        text = p.text[p.text_at[i] + turn]
        for place in range(r.text_at[text], r.text_at[text + 1]):
            d.spread[turn, r.text_gram[place]] = r.text_weight[place]


@compiled
def bound_skills(d: Desk, named: Named, p: JobseekerSide, r: Rules, i: int, wished: bool) -> None:
    """Bound what skills may add in each occupation.

    A vacancy names `fewest` skills at least, of which she holds `held_count` at most: by rarity she holds at
    most ``held / (held + (fewest - count) rarest)``, times the most that a level counts.
    """
    for o in range(len(d.skills)):
        d.held_count[o] = d.held_rarity[o] = 0.0
    for place in range(p.skill_at[i], p.skill_at[i + 1]):
        skill = p.skill[place]
        for entry in range(named.at[skill], named.at[skill + 1]):
            d.held_count[named.occupation[entry]] += 1.0
            d.held_rarity[named.occupation[entry]] += r.rarity[skill]
    for o in range(len(d.skills)):
        if not wished:
            d.shares[o] = d.held_count[o] > 0
        most = _best_share(d.held_count[o], d.held_rarity[o], named.fewest[o], named.rarest[o])
        if not p.has_skill[i] or named.fewest[o] == 0:
            worth = 0.0
        elif wished:
            worth = _WISHED_BEST * most
        else:
            worth = bent(most, _SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST)
        if named.some_none[o]:
            worth = max(worth, 0.0)
        d.skills[o] = worth + (d.skills[o] if wished else _SLACK)


@compiled
def bound_titles(d: Desk, wording: Wording, p: JobseekerSide, r: Rules, i: int) -> None:
    """Bound what the title may add in each occupation: no title weighs an n-gram more than the heaviest does."""
    if not p.has_text[i]:
        for o in range(len(d.title)):
            d.likeness[o], d.title[o] = 1.0, 0.0
        return
    for o in range(len(d.title)):
        d.likeness[o] = 0.0
    for turn in range(p.text_at[i], p.text_at[i + 1]):
        text = p.text[turn]
        for o in range(len(d.title)):
            d.title[o] = 0.0
        for place in range(r.text_at[text], r.text_at[text + 1]):
            gram, weight = r.text_gram[place], r.text_weight[place]
            for entry in range(wording.at[gram], wording.at[gram + 1]):
                d.title[wording.occupation[entry]] += weight * wording.weight[entry]
        for o in range(len(d.title)):
            d.likeness[o] = max(d.likeness[o], d.title[o])
    for o in range(len(d.title)):
        d.likeness[o] = min(np.float32(1.0), d.likeness[o]) + np.float32(_SLACK)
        d.title[o] = max(0.0, bent(d.likeness[o], _TITLE_USUAL, _TITLE_WORST, _TITLE_BEST)) + _SLACK


@compiled
def _best_share(count: float, rarity: float, fewest: float, rarest: float) -> float:
    if count == 0:
        return 0.0
    return _MOST_LEVEL * rarity / (rarity + max(0.0, fewest - count) * rarest)


@compiled
def bent(value: float, usual: float, worst: float, best: float) -> float:
    """`score._bent`."""
    if value < usual:
        return worst * (usual - value) / usual
    return best * (value - usual) / (1.0 - usual)


@compiled
def stand_up(d: Desk, p: JobseekerSide, r: Rules, i: int) -> None:
    """Clear the desk of what person `i` brought."""
    for place in range(p.skill_at[i], p.skill_at[i + 1]):
        d.held[p.skill[place]] = 0.0
    for place in range(p.interest_at[i], p.interest_at[i + 1]):
        d.interest[p.interest[place]] = False
    for turn in range(p.text_at[i + 1] - p.text_at[i]):
        text = p.text[p.text_at[i] + turn]
        for place in range(r.text_at[text], r.text_at[text + 1]):
            d.spread[turn, r.text_gram[place]] = 0.0


@compiled
def fit(d: Desk, p: JobseekerSide, r: Rules, i: int, first: int, last: int) -> None:
    """Relate person `i` to the occupations from `first` to before `last`, as `people.People.fit` does."""
    for o in range(first, last):
        d.logit[o], d.relation[o], d.months[o] = 0.0, 0, 0.0
    wishes = p.wish_at[i + 1] - p.wish_at[i]
    for turn in range(wishes):
        source = p.wish[p.wish_at[i] + turn]
        for o in range(first, last):
            offer_wish(d, r.relation[source, o], turn, o)
    for place in range(p.job_at[i], p.job_at[i + 1]):
        source = p.job[place]
        for o in range(first, last):
            relation = r.relation[source, o]
            d.months[o] += _TRANSFER[relation] * p.job_months[place]
            if wishes == 0:
                _offer(d, relation, _WORK_LOGIT[relation], o)


@compiled
def offer_wish(d: Desk, relation: int, turn: int, o: int) -> None:
    """Offer the relation of one wish to occupation `o`."""
    value = _RELATION_LOGIT[relation]
    if value > 0:
        value -= _WISH_STEP * min(turn, 2)
    _offer(d, relation, value, o)


@compiled
def _offer(d: Desk, relation: int, value: float, o: int) -> None:
    old = d.logit[o]
    if d.relation[o] == _UNKNOWN or value > old or (value == old and relation > d.relation[o]):
        d.logit[o], d.relation[o] = value, relation


@compiled
def _bound_occupations(d: Desk, p: JobseekerSide, r: Rules, i: int) -> None:
    """Bound what the occupation, interests, the ideal profile and education may add; last place = unknown."""
    any_interest = p.interest_at[i + 1] > p.interest_at[i]
    count = len(d.logit)
    d.room[count], d.extra[count], d.over[count] = _SLACK, 0.0, _BASE + _SLACK
    for o in range(count):
        room = d.logit[o] + _SLACK
        if any_interest and r.interest_at[o + 1] > r.interest_at[o]:
            room += _INTERESTS_BEST
        profile = r.profile[o]
        if profile >= 0 and d.ideal[profile] > 0:
            room -= _IDEAL_BEST * np.expm1(-d.ideal[profile] / _IDEAL_BEST)
        d.room[o] = room
        d.extra[o] = -_EXTRA * np.expm1(-d.months[o] / _EXTRA_MONTHS) if d.months[o] > 0 else 0.0
        d.over[o] = d.room[o] + _BASE + (d.extra[o] + _ENOUGH if d.months[o] > 0 else 0.0)
    for code in range(1, len(d.schooling)):
        asked, hers = (code - 1) // 2, p.education[i]
        step = _EDU_STEP_REQUIRED if (code - 1) % 2 else _EDU_STEP
        d.schooling[code] = _EDU_ENOUGH if hers >= asked else max(_EDU_WORST, step * (asked - hers))
        if hers < 0:
            d.schooling[code] = 0.0
