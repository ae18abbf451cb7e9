"""One pair: the hard constraints and the parts of the score, the formulas of `constraints` and `score` again.

`j` is a place among the laid-out vacancies, `i` a jobseeker who is loaded in the workspace `ws`.
"""

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import BoolArray, FloatArray, Floats, IntArray
from visavis.engine.facts.geo import EARTH_RADIUS_KM, TOLERANCE_KM
from visavis.engine.facts.occupations import DOMAIN
from visavis.engine.facts.vocabulary import UNKNOWN_DAY
from visavis.engine.fast import cache_lines, flat
from visavis.engine.fast import workspace as at
from visavis.engine.fast.compiled import compiled, inlined
from visavis.engine.fast.flat import JobseekerSide, Rules, VacancySide
from visavis.engine.fast.workspace import Workspace, piecewise_linear

_STEP, _BASE = w.LOGIT_STEP, w.BASE
_TITLE_RELATED = w.TITLE_RELATED
_TITLE_USUAL, _TITLE_WORST, _TITLE_BEST = w.TITLE_USUAL, w.TITLE_WORST, w.TITLE_BEST
_SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST = w.SKILLS_USUAL, w.SKILLS_WORST, w.SKILLS_BEST
_WISHED_BEST = w.WISHED_SKILLS_BEST
_ENOUGH, _SHORT, _SHORT_REQUIRED = w.EXPERIENCE_ENOUGH, w.EXPERIENCE_SHORT, w.EXPERIENCE_SHORT_REQUIRED
_EXTRA, _EXTRA_MONTHS = w.EXPERIENCE_EXTRA, w.EXPERIENCE_EXTRA_MONTHS
_EDU_ENOUGH, _EDU_STEP = w.EDUCATION_ENOUGH, w.EDUCATION_STEP
_EDU_STEP_REQUIRED, _EDU_WORST = w.EDUCATION_STEP_REQUIRED, w.EDUCATION_WORST
_LANGUAGES_ENOUGH = w.LANGUAGES_ENOUGH
_NEAR, _FAR, _USUAL_KM, _DOUBT_KM = w.DISTANCE_NEAR, w.DISTANCE_FAR, w.DISTANCE_USUAL_KM, w.PLACE_DOUBT_KM
_PAY_SLOPE, _PAY_USUAL, _PAY_BEST, _PAY_WORST = w.PAY_SLOPE, w.PAY_USUAL, w.PAY_BEST, w.PAY_WORST
_INTERESTS_BEST, _IDEAL_BEST = w.INTERESTS_BEST, w.IDEAL_BEST
_RADIUS, _TOLERANCE, _DOMAIN, _NO_DAY = EARTH_RADIUS_KM, TOLERANCE_KM, DOMAIN, UNKNOWN_DAY
_TITLE, _SKILLS, _WISHED = at.TITLE, at.SKILLS, at.WISHED
_OCCUPATION, _EXPERIENCE, _INTERESTS, _IDEAL = at.OCCUPATION, at.EXPERIENCE, at.INTERESTS, at.IDEAL
_EDUCATION, _LANGUAGES, _DISTANCE, _PAY, _BASE_AT = at.EDUCATION, at.LANGUAGES, at.DISTANCE, at.PAY, at.BASE
_NOTHING = -np.inf
_X, _Y, _Z, _DOUBT, _KIND, _CONTRACT, _START = (
    flat.X,
    flat.Y,
    flat.Z,
    flat.DOUBT,
    flat.KIND,
    flat.CONTRACT,
    flat.START,
)
_HOURS_MIN, _HOURS_MAX, _PAY_AT, _MONTHS = flat.HOURS_MIN, flat.HOURS_MAX, flat.PAY, flat.MONTHS
_EDUCATION_AT, _ESSENTIAL, _ALL_WISHED = flat.EDUCATION, flat.ESSENTIAL, flat.WISHED
_OCCUPATION_AT, _WORDS, _MOST_TITLE = flat.OCCUPATION, cache_lines.WORDS, cache_lines.MOST_TITLE
_REMOTE, _MONTHS_REQUIRED, _EDUCATION_REQUIRED = flat.REMOTE, flat.MONTHS_REQUIRED, flat.EDUCATION_REQUIRED
_WORDED, _COMPARABLE = flat.WORDED, flat.COMPARABLE


@compiled
def rounded(logit: float) -> float:
    """Round to a whole number of `LOGIT_STEP`."""
    return np.rint(logit / _STEP) * _STEP + 0.0


@inlined
def kilometres(v: VacancySide, p: JobseekerSide, i: int, j: int) -> float:
    """Great circle, km; NaN when a place is unknown."""
    f = v.facts
    x, y, z = p.point[i, 0] - f[j, _X], p.point[i, 1] - f[j, _Y], p.point[i, 2] - f[j, _Z]
    half = np.sqrt(x * x + y * y + z * z) / 2.0
    return 2.0 * _RADIUS * np.arcsin(min(half, 1.0))


@inlined
def is_within(v: VacancySide, p: JobseekerSide, i: int, j: int, km: float) -> bool:
    """Tell whether a vacancy so far away is within her reach."""
    is_remote = np.int64(v.facts[j, _KIND]) & _REMOTE != 0
    return is_remote or not km - v.facts[j, _DOUBT] > p.reach[i] + _TOLERANCE


@inlined
def meets_constraints(v: VacancySide, p: JobseekerSide, i: int, j: int) -> bool:
    """Tell whether a pair that passed the scan keeps every constraint but that of the distance."""
    f = v.facts
    contract = np.int64(f[j, _CONTRACT])
    if contract != 0 and p.contracts[i] != 0 and contract & p.contracts[i] == 0:
        return False
    if f[j, _PAY_AT] < p.pay[i] or f[j, _HOURS_MAX] < p.hours_min[i] or f[j, _HOURS_MIN] > p.hours_max[i]:
        return False
    if f[j, _START] < p.available[i] and f[j, _START] != _NO_DAY:
        return False
    if not p.gave_languages[i]:
        return True
    for place in range(v.offsets[j, 2], v.offsets[j + 1, 2]):
        if p.language[i, v.language[place]] < v.language_level[place]:
            return False
    return True


@inlined
def other_parts(
    ws: Workspace, v: VacancySide, p: JobseekerSide, r: Rules, i: int, j: int, km: float
) -> float:
    """Write all parts but title and skills; return their sum. Her languages, known or not, are good enough."""
    o, f, kind = np.int64(v.facts[j, _OCCUPATION_AT]), v.facts, np.int64(v.facts[j, _KIND])
    parts = ws.parts
    parts[_BASE_AT] = rounded(_BASE)
    parts[_OCCUPATION] = parts[_EXPERIENCE] = parts[_INTERESTS] = parts[_IDEAL] = 0.0
    if o >= 0:
        parts[_OCCUPATION] = rounded(ws.logit[o])
        if p.job_at[i + 1] > p.job_at[i]:
            parts[_EXPERIENCE] = rounded(
                experience(ws.months[o], f[j, _MONTHS], kind & _MONTHS_REQUIRED != 0)
            )
        parts[_INTERESTS] = rounded(
            interests(ws.interest, r.interest, r.interest_at[o], r.interest_at[o + 1])
        )
        if r.profile[o] >= 0:
            parts[_IDEAL] = rounded(ideal(ws.ideal[r.profile[o]]))
    parts[_EDUCATION] = rounded(
        education(p.education[i], f[j, _EDUCATION_AT], kind & _EDUCATION_REQUIRED != 0)
    )
    asked = v.offsets[j + 1, 2] - v.offsets[j, 2] if p.gave_languages[i] else 0
    parts[_LANGUAGES] = rounded(_LANGUAGES_ENOUGH) if asked > 0 else 0.0
    parts[_DISTANCE] = 0.0 if kind & _REMOTE else rounded(distance(km, p.radius[i], f[j, _DOUBT]))
    parts[_PAY] = rounded(pay(f[j, _PAY_AT], p.pay[i]))
    total = parts[_BASE_AT] + parts[_OCCUPATION] + parts[_EXPERIENCE] + parts[_EDUCATION]
    return total + parts[_LANGUAGES] + parts[_DISTANCE] + parts[_PAY] + parts[_INTERESTS] + parts[_IDEAL]


@compiled
def experience(months: float, asked: float, required: bool) -> float:
    """`score.experience`, of somebody who gave her work."""
    if not asked >= 0:
        return 0.0
    against = 0.0
    if asked > 0:
        short = _SHORT_REQUIRED if required else _SHORT
        against = short + min(1.0, months / max(asked, 1e-9)) * (_ENOUGH - short)
    if months <= asked:
        return against
    return against + _EXTRA * -np.expm1(-(months - asked) / _EXTRA_MONTHS)


@compiled
def education(hers: int, asked: float, required: bool) -> float:
    """`score.education`."""
    if hers < 0 or asked < 0:
        return 0.0
    if hers >= asked:
        return _EDU_ENOUGH
    step = _EDU_STEP_REQUIRED if required else _EDU_STEP
    return max(_EDU_WORST, step * (asked - hers))


@compiled
def distance(km: float, radius: float, doubt: float) -> float:
    """`score.distance`, of work that is done somewhere."""
    if np.isnan(km):
        return 0.0
    span = _USUAL_KM * 2.0 if np.isnan(radius) else max(radius, 1e-9)
    logit = _NEAR + min(1.0, km / span) * (_FAR - _NEAR)
    if np.isnan(radius):
        logit = max(0.0, logit)
    return logit * (_DOUBT_KM / (_DOUBT_KM + doubt))


@compiled
def pay(offered: float, lowest: float) -> float:
    """`score.pay`."""
    if np.isnan(offered) or np.isnan(lowest):
        return 0.0
    over = np.log(max(offered, 1e-9) / max(lowest, 1e-9)) - _PAY_USUAL
    return min(max(_PAY_SLOPE * over, _PAY_WORST), _PAY_BEST)


@compiled
def interests(hers: BoolArray, asked: IntArray, first: int, last: int) -> float:
    """`score.interests`, of the occupation whose interests are ``asked[first:last]``."""
    if first == last:
        return 0.0
    shared = 0
    for place in range(first, last):
        shared += hers[asked[place]]
    return _INTERESTS_BEST * (shared / (last - first))


@compiled
def ideal(earned: float) -> float:
    """`ideal_table.saturated`."""
    return _IDEAL_BEST * -np.expm1(-earned / _IDEAL_BEST)


@inlined
def skill_parts(ws: Workspace, v: VacancySide, knows: bool, j: int) -> float:
    """Write the parts of skills; return what she holds of the essential ones, by rarity."""
    essential = sum_held(ws.held, v.essential[v.offsets[j, 0] : v.offsets[j + 1, 0]])
    all_essential, all_wished = v.facts[j, _ESSENTIAL], v.facts[j, _ALL_WISHED]
    ws.parts[_SKILLS] = ws.parts[_WISHED] = 0.0
    if knows and all_essential > 0:
        share = essential / all_essential
        ws.parts[_SKILLS] = rounded(piecewise_linear(share, _SKILLS_USUAL, _SKILLS_WORST, _SKILLS_BEST))
    if knows and all_wished > 0:
        wished = sum_held(ws.held, v.wished[v.offsets[j, 1] : v.offsets[j + 1, 1]])
        ws.parts[_WISHED] = rounded(_WISHED_BEST * (wished / all_wished))
    return essential


@compiled
def sum_held(held: FloatArray, skills: IntArray) -> float:
    """Add up, in the order of the skills."""
    total = 0.0
    for place in range(len(skills)):
        total += held[skills[place]]
    return total


@inlined
def title_part(ws: Workspace, v: VacancySide, p: JobseekerSide, r: Rules, i: int, j: int) -> float:
    """Write the part of the title; return the similarity, NaN when unknown."""
    value = np.nan
    kind = np.int64(v.facts[j, _KIND])
    if p.has_text[i] and kind & _WORDED:
        title = v.cache_lines.whole[j, _WORDS]
        if ws.seen_at[title] != ws.generation[0]:
            ws.seen_at[title] = ws.generation[0]
            first, last = r.title_at[title], r.title_at[title + 1]
            texts = ws.dense_texts[: p.text_at[i + 1] - p.text_at[i]]
            ws.similarity[title] = closest(texts, r.title_gram[first:last], r.title_weight[first:last])
        value = ws.similarity[title]
    ws.parts[_TITLE] = (
        0.0 if np.isnan(value) else rounded(piecewise_linear(value, _TITLE_USUAL, _TITLE_WORST, _TITLE_BEST))
    )
    return value


@compiled
def closest(texts: Floats, gram: npt.NDArray[np.int32], weight: Floats) -> float:
    """Cosine of the closest of her texts, dense rows, to a title, added up in the order of its n-grams."""
    best = 0.0
    for text in range(len(texts)):
        value = np.float32(0.0)
        for place in range(len(gram)):
            value += weight[place] * texts[text, gram[place]]
        best = max(best, float(value))
    return best


@inlined
def score(
    ws: Workspace, v: VacancySide, p: JobseekerSide, r: Rules, i: int, j: int, most: float, floor: float
) -> float:
    """Score a pair that passed the scan and keeps its terms.

    -inf when it is not within reach, not related or cannot come up to `floor`; `most` bounds all parts but skills.
    """
    held = skill_parts(ws, v, p.has_skill[i], j)
    skills = ws.parts[_SKILLS] + ws.parts[_WISHED]
    if most + skills < floor:
        return _NOTHING
    o = np.int64(v.facts[j, _OCCUPATION_AT])
    is_related = (
        (o >= 0 and ws.relation[o] >= _DOMAIN)
        or held > 0
        or not p.is_comparable[i]
        or not np.int64(v.facts[j, _KIND]) & _COMPARABLE
    )
    similarity = np.nan
    if not is_related:
        similarity = title_part(ws, v, p, r, i, j)
        if not similarity >= _TITLE_RELATED:
            return _NOTHING
    km = kilometres(v, p, i, j)
    if not is_within(v, p, i, j, km):
        return _NOTHING
    total = other_parts(ws, v, p, r, i, j, km) + skills
    if total + min(ws.title_bound[o], v.cache_lines.real[j, _MOST_TITLE]) < floor:
        return _NOTHING
    if is_related:
        title_part(ws, v, p, r, i, j)
    return total + ws.parts[_TITLE]
