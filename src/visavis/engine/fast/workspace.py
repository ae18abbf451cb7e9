"""What a kernel writes while it works for one jobseeker: tables of her occupations, skills and texts, and bounds."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import BoolArray, FloatArray, Floats, IntArray, Words
from visavis.engine.facts.occupations import UNKNOWN
from visavis.engine.fast.compiled import compiled
from visavis.engine.fast.flat import JobseekerSide, Rules, VacancySide
from visavis.engine.fast.inverted import NgramIndex, SkillIndex

BASE, OCCUPATION, TITLE, SKILLS, WISHED, EXPERIENCE, EDUCATION, LANGUAGES, DISTANCE, PAY, INTERESTS, IDEAL = (
    range(12)
)
"""Columns of `PART_NAMES`."""

_SKILL_LEVEL, _MOST_LEVEL, _WISHED_BEST = w.SKILL_LEVEL, float(w.SKILL_LEVEL.max()), w.WISHED_SKILLS_BEST
_TITLE_USUAL, _TITLE_WORST, _TITLE_BEST = w.TITLE_USUAL, w.TITLE_WORST, w.TITLE_BEST
_SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST = w.SKILLS_USUAL, w.SKILLS_WORST, w.SKILLS_BEST
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


class Workspace(NamedTuple):
    """Tables about the person loaded, and lists of the vacancies looked at; one for each thread."""

    logit: FloatArray  # (occupations,): as in `people.OccupationFit`
    relation: npt.NDArray[np.uint8]  # likewise
    months: FloatArray  # likewise
    occupation_bound: Floats  # (occupations + 1,): the most of all that the occupation decides
    held: FloatArray  # (skills,): rarity of each times how far it counts as held, 0 when she lacks it
    dense_texts: Floats  # (texts at most, n-grams): her texts as dense rows
    interest: BoolArray  # (interests,)
    ideal: FloatArray  # (profiles,)
    similarity: FloatArray  # (distinct titles,): similarity to each title met
    seen_at: npt.NDArray[np.int32]  # (distinct titles,): the generation at which it was met
    education_worth: Floats  # (19,): what her education is worth, by `cache_lines.SCHOOLING`
    held_count: FloatArray  # (occupations + 1,): how many of the skills that it names she holds
    held_rarity: FloatArray  # (occupations + 1,): the sum of their rarity
    skills_bound: Floats  # (occupations + 1,): the most that skills may add
    shares_skill: npt.NDArray[np.uint8]  # (occupations + 1,): whether a vacancy of it asks a skill she holds
    similarity_bound: Floats  # (occupations + 1,): the most that one of her texts may resemble a title
    title_bound: Floats  # (occupations + 1,): what this may add, at least 0
    experience_bound: Floats  # (occupations + 1,): what experience beyond the months asked may add
    # (occupations + 1,): `occupation_bound` and the most of all experience, of skills and of the title
    total_bound: Floats
    passing_runs: Words  # (runs of a tile at most,): those that may hold rows for her list
    candidate: npt.NDArray[np.int32]  # (rows of a batch and a tile,): those that may stand in her list
    bound: Floats  # (rows of a batch and a tile,): the most each may score
    sorted: npt.NDArray[np.int32]  # (rows of a batch and a tile,)
    bucket_start: IntArray  # (buckets + 1,)
    bucket_end: IntArray  # (buckets + 1,)
    generation: npt.NDArray[np.int32]  # (1,): counts the people loaded
    parts: FloatArray  # (12,)


def empty_workspace(v: VacancySide, p: JobseekerSide, r: Rules, profiles: int) -> Workspace:
    """Make a workspace for one thread, with nobody loaded."""
    occupations, titles = len(r.interest_at) - 1, len(r.title_at) - 1
    texts = int(np.diff(p.text_at).max(initial=0))
    tile = int(np.diff(v.tiles.start).max(initial=1))

    def for_each_occupation() -> Floats:
        return np.zeros(occupations + 1, np.float32)

    return Workspace(
        logit=np.zeros(occupations),
        relation=np.zeros(occupations, np.uint8),
        months=np.zeros(occupations),
        occupation_bound=for_each_occupation(),
        held=np.zeros(len(r.rarity)),
        dense_texts=np.zeros((texts, r.grams), np.float32),
        interest=np.zeros(r.interests, np.bool_),
        ideal=np.zeros(profiles),
        similarity=np.zeros(titles),
        seen_at=np.full(titles, -1, np.int32),
        education_worth=np.zeros(19, np.float32),
        held_count=np.zeros(occupations + 1),
        held_rarity=np.zeros(occupations + 1),
        skills_bound=for_each_occupation(),
        shares_skill=np.zeros(occupations + 1, np.uint8),
        similarity_bound=for_each_occupation(),
        title_bound=for_each_occupation(),
        experience_bound=for_each_occupation(),
        total_bound=for_each_occupation(),
        passing_runs=np.zeros(tile, np.int32),
        candidate=np.zeros(BATCH + tile, np.int32),
        bound=np.zeros(BATCH + tile, np.float32),
        sorted=np.zeros(BATCH + tile, np.int32),
        bucket_start=np.zeros(BUCKETS + 1, np.int64),
        bucket_end=np.zeros(BUCKETS + 1, np.int64),
        generation=np.zeros(1, np.int32),
        parts=np.zeros(12),
    )


@compiled
def load_person(ws: Workspace, v: VacancySide, p: JobseekerSide, r: Rules, i: int) -> None:
    """Load person `i` before all occupations; her ideal traits are put there by the caller."""
    load_tables(ws, p, r, i)
    fit_occupations(ws, p, r, i, 0, len(ws.logit))
    _bound_occupations(ws, p, r, i)
    bound_skills(ws, v.essential_index, p, r, i, False)
    bound_skills(ws, v.wished_index, p, r, i, True)
    bound_titles(ws, v.ngram_index, p, r, i)
    for o in range(len(ws.total_bound)):
        ws.total_bound[o] += ws.skills_bound[o] + ws.title_bound[o]


@compiled
def load_person_before(ws: Workspace, p: JobseekerSide, r: Rules, i: int, o: int) -> None:
    """Load person `i` before one occupation only, -1 when it is unknown."""
    load_tables(ws, p, r, i)
    ws.title_bound[o] = _TITLE_BEST if p.has_text[i] else 0.0
    if o >= 0:
        fit_occupations(ws, p, r, i, o, o + 1)


@compiled
def load_tables(ws: Workspace, p: JobseekerSide, r: Rules, i: int) -> None:
    """Load her skills, her interests and her texts as dense tables."""
    ws.generation[0] += 1
    for place in range(p.skill_at[i], p.skill_at[i + 1]):
        ws.held[p.skill[place]] = r.rarity[p.skill[place]] * _SKILL_LEVEL[p.skill_level[place]]
    for place in range(p.interest_at[i], p.interest_at[i + 1]):
        ws.interest[p.interest[place]] = True
    for turn in range(p.text_at[i + 1] - p.text_at[i]):
        text = p.text[p.text_at[i] + turn]
        for place in range(r.text_at[text], r.text_at[text + 1]):
            ws.dense_texts[turn, r.text_gram[place]] = r.text_weight[place]


@compiled
def bound_skills(ws: Workspace, index: SkillIndex, p: JobseekerSide, r: Rules, i: int, wished: bool) -> None:
    """Bound what skills may add in each occupation.

    A vacancy names `fewest` skills at least, of which she holds `held_count` at most: by rarity she holds at
    most ``held / (held + (fewest - count) rarest)``, times the most that a level counts.
    """
    for o in range(len(ws.skills_bound)):
        ws.held_count[o] = ws.held_rarity[o] = 0.0
    for place in range(p.skill_at[i], p.skill_at[i + 1]):
        skill = p.skill[place]
        for entry in range(index.at[skill], index.at[skill + 1]):
            ws.held_count[index.occupation[entry]] += 1.0
            ws.held_rarity[index.occupation[entry]] += r.rarity[skill]
    for o in range(len(ws.skills_bound)):
        if not wished:
            ws.shares_skill[o] = ws.held_count[o] > 0
        most = _best_share(ws.held_count[o], ws.held_rarity[o], index.fewest[o], index.rarest[o])
        if not p.has_skill[i] or index.fewest[o] == 0:
            worth = 0.0
        elif wished:
            worth = _WISHED_BEST * most
        else:
            worth = piecewise_linear(most, _SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST)
        if index.some_none[o]:
            worth = max(worth, 0.0)
        ws.skills_bound[o] = worth + (ws.skills_bound[o] if wished else _SLACK)


@compiled
def bound_titles(ws: Workspace, index: NgramIndex, p: JobseekerSide, r: Rules, i: int) -> None:
    """Bound what the title may add in each occupation: no title weighs an n-gram more than the heaviest does."""
    if not p.has_text[i]:
        for o in range(len(ws.title_bound)):
            ws.similarity_bound[o], ws.title_bound[o] = 1.0, 0.0
        return
    for o in range(len(ws.title_bound)):
        ws.similarity_bound[o] = 0.0
    for turn in range(p.text_at[i], p.text_at[i + 1]):
        text = p.text[turn]
        for o in range(len(ws.title_bound)):
            ws.title_bound[o] = 0.0
        for place in range(r.text_at[text], r.text_at[text + 1]):
            gram, weight = r.text_gram[place], r.text_weight[place]
            for entry in range(index.at[gram], index.at[gram + 1]):
                ws.title_bound[index.occupation[entry]] += weight * index.weight[entry]
        for o in range(len(ws.title_bound)):
            ws.similarity_bound[o] = max(ws.similarity_bound[o], ws.title_bound[o])
    for o in range(len(ws.title_bound)):
        ws.similarity_bound[o] = min(np.float32(1.0), ws.similarity_bound[o]) + np.float32(_SLACK)
        ws.title_bound[o] = (
            max(0.0, piecewise_linear(ws.similarity_bound[o], _TITLE_USUAL, _TITLE_WORST, _TITLE_BEST))
            + _SLACK
        )


@compiled
def _best_share(count: float, rarity: float, fewest: float, rarest: float) -> float:
    if count == 0:
        return 0.0
    return _MOST_LEVEL * rarity / (rarity + max(0.0, fewest - count) * rarest)


@compiled
def piecewise_linear(value: float, usual: float, worst: float, best: float) -> float:
    """`score._bent`."""
    if value < usual:
        return worst * (usual - value) / usual
    return best * (value - usual) / (1.0 - usual)


@compiled
def unload_person(ws: Workspace, p: JobseekerSide, r: Rules, i: int) -> None:
    """Clear the tables of what person `i` loaded."""
    for place in range(p.skill_at[i], p.skill_at[i + 1]):
        ws.held[p.skill[place]] = 0.0
    for place in range(p.interest_at[i], p.interest_at[i + 1]):
        ws.interest[p.interest[place]] = False
    for turn in range(p.text_at[i + 1] - p.text_at[i]):
        text = p.text[p.text_at[i] + turn]
        for place in range(r.text_at[text], r.text_at[text + 1]):
            ws.dense_texts[turn, r.text_gram[place]] = 0.0


@compiled
def fit_occupations(ws: Workspace, p: JobseekerSide, r: Rules, i: int, first: int, last: int) -> None:
    """Relate person `i` to the occupations from `first` to before `last`, as `people.People.fit` does."""
    for o in range(first, last):
        ws.logit[o], ws.relation[o], ws.months[o] = 0.0, 0, 0.0
    wishes = p.wish_at[i + 1] - p.wish_at[i]
    for turn in range(wishes):
        source = p.wish[p.wish_at[i] + turn]
        for o in range(first, last):
            raise_for_wish(ws, r, r.relation[source, o], turn, o)
    for place in range(p.job_at[i], p.job_at[i + 1]):
        source = p.job[place]
        for o in range(first, last):
            relation = r.relation[source, o]
            ws.months[o] += _TRANSFER[relation] * p.job_months[place]
            if wishes == 0:
                _raise_fit(ws, relation, r.work_logit[relation], o)


@compiled
def raise_for_wish(ws: Workspace, r: Rules, relation: int, turn: int, o: int) -> None:
    """Offer the relation of one wish to occupation `o`."""
    value = r.wish_logit[relation]
    if value > 0:
        value -= _WISH_STEP * min(turn, 2)
    _raise_fit(ws, relation, value, o)


@compiled
def _raise_fit(ws: Workspace, relation: int, value: float, o: int) -> None:
    old = ws.logit[o]
    if ws.relation[o] == _UNKNOWN or value > old or (value == old and relation > ws.relation[o]):
        ws.logit[o], ws.relation[o] = value, relation


@compiled
def _bound_occupations(ws: Workspace, p: JobseekerSide, r: Rules, i: int) -> None:
    """Bound what the occupation, interests, the ideal profile and education may add; last place = unknown."""
    any_interest = p.interest_at[i + 1] > p.interest_at[i]
    count = len(ws.logit)
    ws.occupation_bound[count], ws.experience_bound[count], ws.total_bound[count] = (
        _SLACK,
        0.0,
        _BASE + _SLACK,
    )
    for o in range(count):
        room = ws.logit[o] + _SLACK
        if any_interest and r.interest_at[o + 1] > r.interest_at[o]:
            room += _INTERESTS_BEST
        profile = r.profile[o]
        if profile >= 0 and ws.ideal[profile] > 0:
            room -= _IDEAL_BEST * np.expm1(-ws.ideal[profile] / _IDEAL_BEST)
        ws.occupation_bound[o] = room
        ws.experience_bound[o] = (
            -_EXTRA * np.expm1(-ws.months[o] / _EXTRA_MONTHS) if ws.months[o] > 0 else 0.0
        )
        ws.total_bound[o] = (
            ws.occupation_bound[o] + _BASE + (ws.experience_bound[o] + _ENOUGH if ws.months[o] > 0 else 0.0)
        )
    for code in range(1, len(ws.education_worth)):
        asked, hers = (code - 1) // 2, p.education[i]
        step = _EDU_STEP_REQUIRED if (code - 1) % 2 else _EDU_STEP
        ws.education_worth[code] = _EDU_ENOUGH if hers >= asked else max(_EDU_WORST, step * (asked - hers))
        if hers < 0:
            ws.education_worth[code] = 0.0
