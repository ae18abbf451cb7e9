"""Bounds of one person's scan: how far she goes, what she refuses, and the most a row may score, in float32.

A bound is never under the score: each is widened by a margin. What is bounded is in `score.py`.
"""

from typing import NamedTuple

import numpy as np

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray, Floats
from visavis.engine.facts.geo import EARTH_RADIUS_KM
from visavis.engine.facts.occupations import DOMAIN
from visavis.engine.fast import cache_lines
from visavis.engine.fast.cache_lines import CacheLines
from visavis.engine.fast.compiled import compiled, inlined
from visavis.engine.fast.flat import Runs
from visavis.engine.fast.workspace import Workspace, piecewise_linear

_TITLE_RELATED, _DOMAIN = w.TITLE_RELATED, DOMAIN
_TITLE_USUAL, _TITLE_WORST, _TITLE_BEST = w.TITLE_USUAL, w.TITLE_WORST, w.TITLE_BEST
_RADIUS = EARTH_RADIUS_KM
_BASE, _ENOUGH = w.BASE, w.EXPERIENCE_ENOUGH
_NEAR, _FAR, _USUAL_KM = w.DISTANCE_NEAR, w.DISTANCE_FAR, w.DISTANCE_USUAL_KM
_PAY_SLOPE, _PAY_USUAL, _PAY_BEST, _PAY_WORST = w.PAY_SLOPE, w.PAY_USUAL, w.PAY_BEST, w.PAY_WORST
_X, _Y, _Z = cache_lines.X, cache_lines.Y, cache_lines.Z
_NEARNESS, _LOG_PAY, _HAS_PAY, _MONTHS, _SHORT = (
    cache_lines.NEAR,
    cache_lines.LOG_PAY,
    cache_lines.HAS_PAY,
    cache_lines.MONTHS,
    cache_lines.SHORT,
)
_FIXED, _SCHOOLING, _WORDS = cache_lines.FIXED, cache_lines.SCHOOLING, cache_lines.WORDS
_MOST_SKILLS, _MOST_TITLE = cache_lines.MOST_SKILLS, cache_lines.MOST_TITLE
_EVERYWHERE = 8.0
_DOUBT_KM = 0.05
"""Float32 coordinates are wrong by less than a metre: fifty are allowed for."""

_SLACK = 1e-3


class PersonFilter(NamedTuple):
    """What the scan filters rows by: her place, the square of the chord of her circle, and what she refuses."""

    x: np.float32
    y: np.float32
    z: np.float32
    limit: np.float32
    refuses: np.int32
    avoids: np.int32
    lowest: np.float32


class BoundTerms(NamedTuple):
    """What the bounds of a tile need of one person."""

    x: np.float32  # her place
    y: np.float32
    z: np.float32
    near: np.float32  # what nearness is worth where she lives
    slope: np.float32  # what a chord of distance takes off it
    far: np.float32  # the least that is left of it
    log_lowest: np.float32  # logarithm of the lowest pay she takes
    pay: np.float32  # 1 when she gave it
    skills: np.float32  # 1 when she gave a skill
    title: np.float32  # 1 when she gave a text
    job: bool  # whether she gave her work
    comparable: bool  # whether she gave anything to compare


@compiled
def maximum(values: Floats) -> float:
    """The greatest of some values, of which there is one at least."""
    found = -np.inf
    for place in range(len(values)):
        found = max(found, values[place])
    return found


@inlined
def chord_to(point: FloatArray, low: FloatArray, high: FloatArray, box: int) -> float:
    """The chord from a place to the nearest point of a box, 0 inside."""
    x = max(max(low[box, 0] - point[0], point[0] - high[box, 0]), 0.0)
    y = max(max(low[box, 1] - point[1], point[1] - high[box, 1]), 0.0)
    z = max(max(low[box, 2] - point[2], point[2] - high[box, 2]), 0.0)
    return np.sqrt(x * x + y * y + z * z)


@compiled
def person_filter(point: FloatArray, refuses: np.int32, avoids: np.int32, pay: float) -> PersonFilter:
    """Gather what the scan of a tile needs, but how far it goes: see `within_reach`."""
    x = y = z = np.float32(0.0)
    if not np.isnan(point[0]):
        x, y, z = np.float32(point[0]), np.float32(point[1]), np.float32(point[2])
    return PersonFilter(
        x, y, z, np.float32(0.0), refuses, avoids, np.float32(pay) if pay > 0 else np.float32(0.0)
    )


@compiled
def chord_of(km: float) -> float:
    """The chord of a way over the globe, and a margin."""
    return 2.0 * np.sin(min((km + _DOUBT_KM) / _RADIUS, np.pi) / 2.0)


@inlined
def within_reach(f: PersonFilter, reach: float) -> PersonFilter:
    """Say how far she goes, a chord."""
    return PersonFilter(
        f.x, f.y, f.z, np.float32(min(_EVERYWHERE, reach * reach + 1e-12)), f.refuses, f.avoids, f.lowest
    )


@compiled
def bound_terms(
    point: FloatArray, radius: float, pay: float, said: tuple[bool, bool, bool, bool]
) -> BoundTerms:
    """Gather what the bounds need of one person: see `BoundTerms`."""
    x = y = z = near = slope = far = np.float32(0.0)
    if not np.isnan(point[0]):
        x, y, z = np.float32(point[0]), np.float32(point[1]), np.float32(point[2])
        span = 2.0 * _USUAL_KM if np.isnan(radius) else max(radius, 1e-9)
        near, slope = np.float32(_NEAR), np.float32((_NEAR - _FAR) * _RADIUS / span)
        far = np.float32(0.0 if np.isnan(radius) else _FAR)
    given = not np.isnan(pay)
    lowest = np.float32(np.log(max(pay, 1e-9))) if given else np.float32(0.0)
    skills, title, job, comparable = said
    pay_known = np.float32(given)
    return BoundTerms(
        x=x,
        y=y,
        z=z,
        near=near,
        slope=slope,
        far=far,
        log_lowest=lowest,
        pay=pay_known,
        skills=np.float32(skills),
        title=np.float32(title),
        job=job,
        comparable=comparable,
    )


@inlined
def distance_bound(terms: BoundTerms, runs: Runs, away: float, tile: int) -> float:
    """The most that the distance to a row of a tile may add, which is a chord `away` at least; NaN when unknown."""
    worth = terms.near
    if terms.slope > 0:
        worth = max(terms.far, np.float32(terms.near - terms.slope * away) + np.float32(_SLACK))
    return worth * (runs.nearest[tile] if worth >= 0 else runs.farthest[tile])


@inlined
def upper_bound(ws: Workspace, t: CacheLines, terms: BoundTerms, o: int, j: int) -> float:
    """Bound the score of row `j`, of occupation `o`, from above."""
    most = (
        ws.occupation_bound[o]
        + np.float32(_BASE)
        + t.real[j, _FIXED]
        + ws.education_worth[t.whole[j, _SCHOOLING]]
    )
    if t.real[j, _NEARNESS] > 0:
        x, y, z = t.real[j, _X] - terms.x, t.real[j, _Y] - terms.y, t.real[j, _Z] - terms.z
        most += t.real[j, _NEARNESS] * max(
            terms.far, terms.near - terms.slope * np.sqrt(x * x + y * y + z * z)
        )
    over = np.float32(_PAY_SLOPE) * (t.real[j, _LOG_PAY] - terms.log_lowest - np.float32(_PAY_USUAL))
    most += terms.pay * t.real[j, _HAS_PAY] * min(max(over, np.float32(_PAY_WORST)), np.float32(_PAY_BEST))
    if terms.job and o >= 0 and t.real[j, _MONTHS] >= 0:
        months = np.float32(ws.months[o])
        if t.real[j, _MONTHS] > 0:
            share = min(np.float32(1.0), months / t.real[j, _MONTHS])
            most += t.real[j, _SHORT] + share * (np.float32(_ENOUGH) - t.real[j, _SHORT])
        if months > t.real[j, _MONTHS]:
            most += ws.experience_bound[o]
    most += min(ws.skills_bound[o], terms.skills * t.real[j, _MOST_SKILLS])
    if terms.title > 0 and ws.seen_at[t.whole[j, _WORDS]] == ws.generation[0]:
        most += (
            piecewise_linear(ws.similarity[t.whole[j, _WORDS]], _TITLE_USUAL, _TITLE_WORST, _TITLE_BEST)
            + _SLACK
        )
    else:
        most += min(ws.title_bound[o], t.real[j, _MOST_TITLE])
    return most


@inlined
def only_by_title(ws: Workspace, terms: BoundTerms, o: int) -> bool:
    """Tell whether only a title may relate her to an occupation: another domain, and none of its skills is hers."""
    return terms.comparable and o >= 0 and ws.relation[o] < _DOMAIN and not ws.shares_skill[o]
