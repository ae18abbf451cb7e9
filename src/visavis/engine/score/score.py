"""The score: an estimate, in logits, of the chance that both sides say yes, as a sum of parts.

One function per part; each takes pairs and returns logits, float64, shape (n,). What is unknown on
either side gives exactly 0.
"""

from collections.abc import Callable

import numpy as np

from visavis.engine import weights as w
from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.ideal.table import saturated
from visavis.engine.ragged import expand
from visavis.engine.score.pairs import Pairs


def base(pairs: Pairs) -> FloatArray:
    """Where every pair starts."""
    return np.full(len(pairs), w.BASE)


def occupation(pairs: Pairs) -> FloatArray:
    """How near the occupation is to the nearest she wants, else to the nearest she worked in."""
    return _of_occupation(pairs, pairs.people.fit.logit)


def title(pairs: Pairs) -> FloatArray:
    """How close her closest text is to the title."""
    return _bent(pairs.similarity, w.TITLE_USUAL, w.TITLE_WORST, w.TITLE_BEST)


def skills(pairs: Pairs) -> FloatArray:
    """The share she holds of the essential skills, rare ones counting more."""
    return skills_of_share(pairs.essential.share(pairs.people.has_skill[pairs.local]))


def skills_of_share(share: FloatArray) -> FloatArray:
    """Turn shares held, shape (n,), into logits; NaN is worth 0."""
    return _bent(share, w.SKILLS_USUAL, w.SKILLS_WORST, w.SKILLS_BEST)


def wished_skills(pairs: Pairs) -> FloatArray:
    """The share she holds of the wished skills; lacking one costs nothing."""
    share = pairs.wished.share(pairs.people.has_skill[pairs.local])
    return _known(w.WISHED_SKILLS_BEST * share)


def experience(pairs: Pairs) -> FloatArray:
    """Her months in the occupation, and in those it is fed from, against the months asked.

    With ``x`` the share of the months asked that she has, at most 1: ``short + x (enough - short)``, plus
    for the months beyond ``extra (1 - exp(-beyond / scale))``. Beginners welcome: only the last term.
    """
    vacancies = pairs.market.vacancies
    asked = vacancies.experience_months[pairs.vacancy].astype(np.float64)
    months = _of_occupation(pairs, pairs.people.fit.months)
    short = np.where(
        vacancies.experience_is_required[pairs.vacancy], w.EXPERIENCE_SHORT_REQUIRED, w.EXPERIENCE_SHORT
    )
    share = np.minimum(1.0, months / np.maximum(asked, 1e-9))
    against = np.where(asked > 0, short + share * (w.EXPERIENCE_ENOUGH - short), 0.0)
    beyond = np.maximum(0.0, months - asked)
    extra = w.EXPERIENCE_EXTRA * -np.expm1(-beyond / w.EXPERIENCE_EXTRA_MONTHS)
    known = pairs.people.has_work[pairs.local] & (asked >= 0) & _has_occupation(pairs)
    return np.where(known, against + extra, 0.0)


def education(pairs: Pairs) -> FloatArray:
    """Her level of education against the level asked."""
    vacancies = pairs.market.vacancies
    hers = pairs.market.jobseekers.education[pairs.jobseeker].astype(np.float64)
    asked = vacancies.education[pairs.vacancy].astype(np.float64)
    step = np.where(
        vacancies.education_is_required[pairs.vacancy], w.EDUCATION_STEP_REQUIRED, w.EDUCATION_STEP
    )
    short = np.maximum(w.EDUCATION_WORST, step * (asked - hers))
    return np.where((hers < 0) | (asked < 0), 0.0, np.where(hers >= asked, w.EDUCATION_ENOUGH, short))


def languages(pairs: Pairs) -> FloatArray:
    """The languages required that she speaks well enough, and those she does not."""
    market = pairs.market
    positions, owner = expand(market.vacancies.languages.offsets, pairs.vacancy)
    level = market.jobseeker_language[pairs.jobseeker[owner], market.vacancy_language[positions]]
    is_short = level < market.vacancies.language_levels.values[positions]
    short = np.bincount(owner, weights=is_short, minlength=len(pairs))
    known = market.vacancies.languages.lengths()[pairs.vacancy] > 0
    known &= market.jobseekers.languages.lengths()[pairs.jobseeker] > 0
    return np.where(known, np.where(short > 0, w.LANGUAGES_STEP * short, w.LANGUAGES_ENOUGH), 0.0)


def distance(pairs: Pairs) -> FloatArray:
    """How near the work is, in relation to how far she goes; a place in doubt counts less.

    Remote work has no distance. Without a radius the part is never below 0.
    """
    vacancies = pairs.market.vacancies
    radius = pairs.market.jobseekers.radius_km[pairs.jobseeker]
    span = np.where(np.isnan(radius), w.DISTANCE_USUAL_KM * 2.0, np.maximum(radius, 1e-9))
    along = np.minimum(1.0, pairs.distance_km / span)
    logit = w.DISTANCE_NEAR + along * (w.DISTANCE_FAR - w.DISTANCE_NEAR)
    logit = np.where(np.isnan(radius), np.maximum(0.0, logit), logit)
    logit *= w.PLACE_DOUBT_KM / (w.PLACE_DOUBT_KM + vacancies.place_radius_km[pairs.vacancy])
    return np.where(np.isnan(logit) | vacancies.is_remote[pairs.vacancy], 0.0, logit)


def pay(pairs: Pairs) -> FloatArray:
    """How far the best pay named is over the lowest she takes."""
    lowest = np.maximum(pairs.market.jobseekers.lowest_pay[pairs.jobseeker], 1e-9)
    over = np.log(np.maximum(pairs.market.offered_pay[pairs.vacancy], 1e-9) / lowest) - w.PAY_USUAL
    return _known(np.clip(w.PAY_SLOPE * over, w.PAY_WORST, w.PAY_BEST))


def interests(pairs: Pairs) -> FloatArray:
    """The share of the occupation's interests that are hers; never below 0."""
    place = pairs.market.vacancy_occupation[pairs.vacancy]
    if len(pairs.market.interests) == 0 or len(pairs.market.occupations) == 0:
        return np.zeros(len(pairs))
    asked = pairs.market.occupation_interest[place]
    shared = (asked & pairs.people.interest[pairs.local]).sum(axis=1)
    share = shared / np.maximum(1, asked.sum(axis=1))
    return np.where(place >= 0, w.INTERESTS_BEST * share, 0.0)


def ideal(pairs: Pairs) -> FloatArray:
    """What she has that people hired for the occupation have more often than others; never below 0."""
    return saturated(ideal_earned(pairs))


def ideal_earned(pairs: Pairs) -> FloatArray:
    """Sum what her traits add in the occupation's ideal profile, logits before `saturated`, shape (n,)."""
    place = ideal_profile_of(pairs)
    if not (place >= 0).any():
        return np.zeros(len(pairs))
    return np.where(place >= 0, pairs.people.ideal[pairs.local, place], 0.0)


def ideal_profile_of(pairs: Pairs) -> IntArray:
    """Give the ideal profile of the occupation of each pair, -1 where it has none, shape (n,)."""
    table = pairs.market.ideal
    if len(table) == 0:
        return np.full(len(pairs), -1)
    return np.where(_has_occupation(pairs), table.place[pairs.market.vacancy_occupation[pairs.vacancy]], -1)


PARTS: dict[str, Callable[[Pairs], FloatArray]] = {
    "base": base,
    "occupation": occupation,
    "title": title,
    "skills": skills,
    "wished_skills": wished_skills,
    "experience": experience,
    "education": education,
    "languages": languages,
    "distance": distance,
    "pay": pay,
    "interests": interests,
    "ideal": ideal,
}
"""All parts by name, in the order of the columns of `score_parts`."""

PART_NAMES = tuple(PARTS)
"""Names of the parts, in column order."""


def score_parts(pairs: Pairs) -> FloatArray:
    """Score pairs, part by part.

    Returns
    -------
    array of float64, shape (n, P)
        Logits in the order of `PART_NAMES`, each a whole number of `weights.LOGIT_STEP`: adding them up in
        any order gives the score exactly, in float32 as well.
    """
    parts = np.empty((len(pairs), len(PARTS)))
    for column, part in enumerate(PARTS.values()):
        parts[:, column] = part(pairs)
    return rounded(parts)


def rounded(logits: FloatArray) -> FloatArray:
    """Round logits of any shape to whole steps."""
    return np.rint(logits / w.LOGIT_STEP) * w.LOGIT_STEP + 0.0


def _bent(value: FloatArray, usual: float, worst: float, best: float) -> FloatArray:
    """Bend [0, 1] so that 0 is worth `worst`, `usual` 0 and 1 `best`; NaN is worth 0."""
    low = worst * (usual - value) / usual
    high = best * (value - usual) / (1.0 - usual)
    return _known(np.where(value < usual, low, high))


def _known(value: FloatArray) -> FloatArray:
    """Give 0 for what is not known, NaN."""
    return np.where(np.isnan(value), 0.0, value)


def _has_occupation(pairs: Pairs) -> BoolArray:
    return pairs.market.vacancy_occupation[pairs.vacancy] >= 0


def _of_occupation(pairs: Pairs, table: FloatArray) -> FloatArray:
    """Look up (B, occupations) for each pair, 0 where the vacancy's occupation is unknown."""
    if table.shape[1] == 0:
        return np.zeros(len(pairs))
    return np.where(
        _has_occupation(pairs), table[pairs.local, pairs.market.vacancy_occupation[pairs.vacancy]], 0.0
    )
