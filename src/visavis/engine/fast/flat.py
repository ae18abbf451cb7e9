"""Both sides of a market as flat arrays in the shapes the kernels read."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import (
    AnyArray,
    BoolArray,
    Bytes,
    FloatArray,
    Floats,
    IntArray,
    Words,
)
from visavis.engine.facts.occupations import numbered, relations
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES
from visavis.engine.fast import cache_lines as at
from visavis.engine.fast.cache_lines import MARGIN, NEAR, CacheLines, cache_lines
from visavis.engine.fast.inverted import NgramIndex, SkillIndex, ngram_index, skill_index
from visavis.engine.fast.tiles import Tiles, lay_out
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged
from visavis.engine.score.people import LEVEL_UNKNOWN
from visavis.engine.score.tiers import leads

CLOSED = 1 << len(CONDITIONS)
"""The bit of a vacancy that is no longer open, which everybody refuses."""

_ANY_PAY = 1e30


class Rows(NamedTuple):
    """What the scan reads of each vacancy, in float32 with a margin, n rows in the order of the tiles."""

    x: Floats  # unit vectors, 0 when anybody may reach the work
    y: Floats  # likewise
    z: Floats  # likewise
    need: Words  # contract and licences, a bit each
    condition: Words  # conditions, a bit each, and `CLOSED` for what is no longer open
    top_pay: Floats  # the best pay named, € an hour, and a margin; without limit when unknown
    occupation: Words  # -1 when unknown
    most: Floats  # the most that education, languages and pay may add
    most_skills: Floats  # the most that skills may add, when she gave some
    most_title: Floats  # the most that the title may add, when she gave a text
    title: Words  # the row of its title


class Runs(NamedTuple):
    """Neighbouring rows of one tile and one occupation."""

    at: IntArray  # (T + 1,): the runs of tile ``t`` are ``at[t]`` to ``at[t + 1]``
    start: IntArray  # (R + 1,): run ``n`` holds the rows ``start[n]:start[n + 1]``
    occupation: Words  # as in `Rows`, the greatest of the run
    most: Floats  # likewise
    most_skills: Floats  # likewise
    most_title: Floats  # likewise
    nearest: Floats  # (T,): the greatest of `lines.NEAR` in a tile
    farthest: Floats  # (T,): the least of it


class VacancySide(NamedTuple):
    """The vacancies of a market in the order of their tiles, n rows; `row` is the row of the market.

    Attributes
    ----------
    facts : array of float64, shape (n, 16)
        All that one pair asks of a vacancy, side by side: it waits for memory once or twice, not fourteen times.
    named : array of int64, shape (n + 1, 3)
        Where its `essential` skills, its `wished` ones and its languages begin; the next row says where they end.
    """

    tiles: Tiles
    runs: Runs
    rows: Rows
    cache_lines: CacheLines
    essential_index: SkillIndex
    wished_index: SkillIndex
    ngram_index: NgramIndex
    row: IntArray
    facts: FloatArray
    offsets: IntArray
    essential: IntArray
    wished: IntArray
    language: IntArray
    language_level: IntArray


X, Y, Z, DOUBT, KIND, CONTRACT, HOURS_MIN, HOURS_MAX, START, PAY, MONTHS = range(11)
EDUCATION, ESSENTIAL, WISHED, OCCUPATION = range(11, 15)
"""Fields of `VacancySide.facts`: the place and how far off it may be, km; what holds, a bit each as below; contracts as
bits, hours, the first day, pay, months and level asked; the rarity of all that is essential and wished; the
occupation, -1 when unknown."""

REMOTE, MONTHS_REQUIRED, EDUCATION_REQUIRED, WORDED, COMPARABLE = (1 << bit for bit in range(5))
"""Bits of `KIND`."""


class JobseekerSide(NamedTuple):
    """The jobseekers of a market in its order, N rows."""

    point: FloatArray
    radius: FloatArray
    reach: FloatArray
    refuses: Words
    avoids: Words
    contracts: IntArray
    hours_min: FloatArray
    hours_max: FloatArray
    available: IntArray
    pay: FloatArray
    education: IntArray
    language: Bytes
    gave_languages: BoolArray
    wish_at: IntArray
    wish: IntArray
    job_at: IntArray
    job: IntArray
    job_months: FloatArray
    skill_at: IntArray
    skill: IntArray
    skill_level: Bytes
    has_skill: BoolArray
    interest_at: IntArray
    interest: IntArray
    text_at: IntArray
    text: IntArray
    has_text: BoolArray
    is_comparable: BoolArray


class Rules(NamedTuple):
    """What belongs to neither side."""

    relation: npt.NDArray[np.uint8]
    wish_logit: (
        FloatArray  # (7,): what each relation to a wish is worth, and what leads when the best are retrieved
    )
    work_logit: FloatArray  # (7,): likewise to past work
    profile: IntArray
    interest_at: IntArray
    interest: IntArray
    rarity: FloatArray
    title_at: IntArray
    title_gram: npt.NDArray[np.int32]
    title_weight: Floats
    text_at: IntArray
    text_gram: npt.NDArray[np.int32]
    text_weight: Floats
    grams: int
    interests: int


def vacancy_side(market: Market) -> VacancySide:
    """Lay out the vacancies of a market, its rows in the order of tiles."""
    v = market.vacancies
    points = market.vacancy_points
    anywhere = v.is_remote | np.isnan(points[:, 0])
    tiles, order = lay_out(np.where(anywhere[:, None], np.nan, points), v.place_radius_km.astype(np.float64))
    tile = np.repeat(np.arange(len(tiles.farther)), np.diff(tiles.start))
    order = order[np.lexsort((order, market.vacancy_occupation[order], tile))]
    rows = _rows(market, order, anywhere[order])
    read = cache_lines(market, order, columns_of(rows))
    essential, wished = market.essential.take(order), market.wished.take(order)
    languages = Ragged(market.vacancy_language, v.languages.offsets).take(order)
    levels = v.language_levels.take(order)
    return VacancySide(
        tiles=tiles,
        runs=_runs(tile, rows, np.ascontiguousarray(read.real[:, NEAR])),
        rows=rows,
        cache_lines=read,
        essential_index=skill_index(market, market.essential),
        wished_index=skill_index(market, market.wished),
        ngram_index=ngram_index(market),
        row=order,
        facts=_facts(market)[order],
        offsets=np.column_stack((essential.offsets, wished.offsets, languages.offsets)),
        essential=essential.values,
        wished=wished.values,
        language=languages.values.astype(np.int64),
        language_level=levels.values.astype(np.int64),
    )


def _facts(market: Market) -> FloatArray:
    v, points = market.vacancies, market.vacancy_points
    told = (market.vacancy_occupation >= 0) | (market.essential.lengths() > 0) | market.titles.is_worded
    kinds = (
        (v.is_remote, REMOTE),
        (v.experience_is_required, MONTHS_REQUIRED),
        (v.education_is_required, EDUCATION_REQUIRED),
        (market.titles.is_worded, WORDED),
        (told, COMPARABLE),
    )
    facts = np.zeros((len(v), 16))
    facts[:, :DOUBT] = points
    for field, column in (
        (DOUBT, v.place_radius_km),
        (KIND, sum(holds * bit for holds, bit in kinds)),
        (CONTRACT, v.contract),
        (HOURS_MIN, v.hours_min),
        (HOURS_MAX, v.hours_max),
        (START, market.fixed_start),
        (PAY, market.offered_pay),
        (MONTHS, v.experience_months),
        (EDUCATION, v.education),
        (ESSENTIAL, market.essential_weight),
        (WISHED, market.wished_weight),
        (OCCUPATION, market.vacancy_occupation),
    ):
        facts[:, field] = column
    return facts


def jobseeker_side(market: Market, sources: AnyArray) -> JobseekerSide:
    """Lay out the jobseekers; `sources` (S,) are the sorted occupations that `rules` relates."""
    p = market.jobseekers
    wish_at, wish, _ = _coded(p.wishes, sources)
    job_at, job, kept = _coded(p.experience, sources)
    skill_at, skill, level = _skills(market)
    interest_at, interest, _ = _coded(p.interests, market.interests)
    has_skill = _has_any(p.skills)
    texts = market.texts
    refuses, avoids = _refuses(market)
    return JobseekerSide(
        point=market.jobseeker_points,
        radius=p.radius_km.astype(np.float64),
        reach=p.reach_km.astype(np.float64),
        refuses=refuses,
        avoids=avoids,
        contracts=p.contracts.astype(np.int64),
        hours_min=p.hours_min.astype(np.float64),
        hours_max=p.hours_max.astype(np.float64),
        available=p.available_on.astype(np.int64),
        pay=p.lowest_pay.astype(np.float64),
        education=p.education.astype(np.int64),
        language=market.jobseeker_language,
        gave_languages=p.languages.lengths() > 0,
        wish_at=wish_at,
        wish=wish,
        job_at=job_at,
        job=job,
        job_months=p.experience_months.values[kept].astype(np.float64),
        skill_at=skill_at,
        skill=skill,
        skill_level=level,
        has_skill=has_skill,
        interest_at=interest_at,
        interest=interest,
        text_at=texts.row_of.offsets,
        text=texts.row_of.values.astype(np.int64),
        has_text=texts.is_worded,
        is_comparable=(np.diff(wish_at) > 0) | (np.diff(job_at) > 0) | has_skill | texts.is_worded,
    )


def sources_of(market: Market) -> AnyArray:
    """Occupations the jobseekers come from or want, sorted, each once; shape (S,)."""
    columns = market.jobseekers
    found = set(columns.wishes.values.tolist()) | set(columns.experience.values.tolist())
    return np.array(sorted(found - {""}), np.str_)


def rules(market: Market, sources: AnyArray, *, is_led: bool = False) -> Rules:
    """Lay out what belongs to neither side; `is_led`: what she asked for leads, as `tiers.leads` says."""
    wish, work = w.RELATION_LOGIT, w.WORK_LOGIT
    if is_led:
        wish, work = wish + leads(wish), work + leads(work)
    interest_at = np.zeros(len(market.occupations) + 1, np.int64)
    np.cumsum(market.occupation_interest.sum(axis=1), out=interest_at[1:])
    titles, texts = market.titles.rows, market.texts.rows
    return Rules(
        relation=relations(sources, market.occupations, market.links),
        wish_logit=wish,
        work_logit=work,
        profile=market.ideal.place if len(market.ideal) else np.full(len(market.occupations), -1),
        interest_at=interest_at,
        interest=np.nonzero(market.occupation_interest)[1].astype(np.int64),
        rarity=market.rarity,
        title_at=titles.indptr.astype(np.int64),
        title_gram=titles.indices.astype(np.int32),
        title_weight=titles.data.astype(np.float32),
        text_at=texts.indptr.astype(np.int64),
        text_gram=texts.indices.astype(np.int32),
        text_weight=texts.data.astype(np.float32),
        grams=titles.shape[1],
        interests=len(market.interests),
    )


def _rows(market: Market, order: IntArray, anywhere: BoolArray) -> Rows:
    v = market.vacancies
    points = np.where(anywhere[:, None], 0.0, market.vacancy_points[order]).astype(np.float32)
    contract = v.contract[order].astype(np.int64)
    contract = np.where(contract & (contract - 1) == 0, contract, 0)
    need = contract | v.licences[order].astype(np.int64) << len(CONTRACTS)
    pay = market.offered_pay[order]
    top_pay = np.where(np.isnan(pay), _ANY_PAY, np.minimum(pay * (1.0 + 1e-6) + MARGIN, _ANY_PAY))
    return Rows(
        x=np.ascontiguousarray(points[:, 0]),
        y=np.ascontiguousarray(points[:, 1]),
        z=np.ascontiguousarray(points[:, 2]),
        need=need.astype(np.int32),
        condition=v.conditions[order].astype(np.int32),
        top_pay=top_pay.astype(np.float32),
        occupation=market.vacancy_occupation[order].astype(np.int32),
        most=_most(market)[order].astype(np.float32),
        most_skills=_most_of_skills(market)[order].astype(np.float32),
        most_title=np.where(market.titles.is_worded, w.TITLE_BEST, 0.0)[order].astype(np.float32),
        title=market.titles.row_of[order].astype(np.int32),
    )


def columns_of(rows: Rows) -> dict[int, AnyArray]:
    """Say which fields of a line are columns of `Rows`."""
    return {
        at.X: rows.x,
        at.Y: rows.y,
        at.Z: rows.z,
        at.TOP_PAY: rows.top_pay,
        at.NEED: rows.need,
        at.CONDITION: rows.condition,
        at.MOST_SKILLS: rows.most_skills,
        at.MOST_TITLE: rows.most_title,
        at.WORDS: rows.title,
    }


def _runs(tile: IntArray, rows: Rows, near: Floats) -> Runs:
    number = tile * (rows.occupation.max(initial=0) + 2) + rows.occupation + 1
    first = np.flatnonzero(np.diff(number, prepend=-1))
    tiles = int(tile.max(initial=-1)) + 1
    tile_first = np.searchsorted(tile, np.arange(tiles))

    def greatest(column: Floats) -> Floats:
        return np.maximum.reduceat(column, first) if len(first) else column

    return Runs(
        at=np.searchsorted(tile[first], np.arange(tiles + 1)).astype(np.int64),
        start=np.append(first, len(tile)).astype(np.int64),
        occupation=rows.occupation[first],
        most=greatest(rows.most),
        most_skills=greatest(rows.most_skills),
        most_title=greatest(rows.most_title),
        nearest=np.maximum.reduceat(near, tile_first) if len(tile) else near,
        farthest=np.minimum.reduceat(near, tile_first) if len(tile) else near,
    )


def _refuses(market: Market) -> tuple[Words, Words]:
    """What each jobseeker does not accept, as in `Rows`; nothing of what she said nothing about."""
    p = market.jobseekers
    contracts = np.where(p.contracts == 0, 0, ~p.contracts.astype(np.int64)) & (1 << len(CONTRACTS)) - 1
    licences = np.where(p.licences_known, ~p.licences.astype(np.int64), 0) & (1 << len(LICENCES)) - 1
    refuses = contracts | licences << len(CONTRACTS)
    return refuses.astype(np.int32), p.avoided.astype(np.int32) | np.int32(CLOSED)


def _most(market: Market) -> FloatArray:
    v = market.vacancies
    most = np.where(v.education >= 0, w.EDUCATION_ENOUGH, 0.0)
    most += np.where(v.languages.lengths() > 0, w.LANGUAGES_ENOUGH, 0.0)
    most += np.where(np.isnan(market.offered_pay), 0.0, w.PAY_BEST)
    return np.asarray(most + MARGIN, np.float64)


def _most_of_skills(market: Market) -> FloatArray:
    v = market.vacancies
    held = w.SKILL_LEVEL.max()
    essential = w.SKILLS_BEST * (held - w.SKILLS_USUAL) / (1.0 - w.SKILLS_USUAL)
    most = np.where(v.essential_skills.lengths() > 0, essential, 0.0)
    return np.asarray(most + np.where(v.wished_skills.lengths() > 0, w.WISHED_SKILLS_BEST * held, 0.0))


def _coded(column: Ragged, known: AnyArray) -> tuple[IntArray, IntArray, BoolArray]:
    """Offsets, numbers among the sorted `known`, and which values these are; others are left out."""
    places = numbered(column.values, known)
    kept = places >= 0
    counts = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])
    return counts[column.offsets].astype(np.int64), places[kept], kept


def _skills(market: Market) -> tuple[IntArray, IntArray, Bytes]:
    """Her skills that vacancies name, rising, each once at its best level; a level unknown counts as 5."""
    at, skill, kept = _coded(market.jobseekers.skills, market.skills)
    level = market.jobseekers.skill_levels.values[kept].astype(np.int8)
    level[level == 0] = LEVEL_UNKNOWN
    owner = np.repeat(np.arange(len(at) - 1), np.diff(at))
    key = owner * max(1, len(market.skills)) + skill
    order = np.lexsort((-level, key))
    order = order[np.diff(key[order], prepend=-1) > 0]
    lengths = np.bincount(owner[order], minlength=len(at) - 1)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]), skill[order], level[order]


def _has_any(codes: Ragged) -> BoolArray:
    owner = np.repeat(np.arange(len(codes)), codes.lengths())
    return np.bincount(owner[codes.values != ""], minlength=len(codes)) > 0
