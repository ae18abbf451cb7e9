"""The project's score over all vacancies by numpy and scipy alone: the same formulas as matrices, in blocks.

Blocks of people by blocks of vacancies that stay in the cache; float32 but for distances. What depends on the
occupation, the months and the diploma asked is worked out once for each kind of vacancy and looked up; skills and
titles are sparse products. Parts are not rounded to whole steps, so scores are off by 0.0002 at most.
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from bench.scale_market import chord_limit, spans, work_of
from bench.scale_watch import Lists
from visavis.engine import weights as w
from visavis.engine.facts.geo import EARTH_RADIUS_KM
from visavis.engine.facts.occupations import DOMAIN
from visavis.engine.facts.vocabulary import UNKNOWN_DAY
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged, expand
from visavis.engine.score.people import People
from visavis.engine.score.tiers import leads

OFF = 2e-4
PEOPLE_AT_ONCE, VACANCIES_AT_ONCE = 32, 4096
_ALWAYS = np.iinfo(np.int32).max
_TITLE_RELATED = np.float32(
    w.TITLE_BEST * (w.TITLE_RELATED - w.TITLE_USUAL) / (1 - w.TITLE_USUAL) - w.TITLE_WORST - 1e-6
)


class Chunk(NamedTuple):
    """Some vacancies of one doubt about their place, as columns."""

    row: np.ndarray
    doubt: float
    there: np.ndarray
    need: np.ndarray
    condition: np.ndarray
    top_pay: np.ndarray
    hours_min: np.ndarray
    hours_max: np.ndarray
    start: np.ndarray
    log_pay: np.ndarray
    has_pay: np.ndarray
    kind: np.ndarray
    occupation: np.ndarray
    title: np.ndarray
    mute: np.ndarray
    essential: sparse.csr_array
    wished: sparse.csr_array


class AllPairs:
    """Both sides laid out.

    Parameters
    ----------
    market : Market
        Without dense vectors and ideal profiles, which this method leaves out.
    k : int
        Length of a list.
    """

    def __init__(self, market: Market, k: int) -> None:
        """Lay out the vacancies, nearest kinds of place together."""
        self.market, self.k = market, k
        self.work = work_of(market)
        self.titles = market.titles.rows.T.tocsr()
        v = market.vacancies
        codes = np.stack([
            np.where(market.vacancy_occupation < 0, len(market.occupations), market.vacancy_occupation),
            v.experience_months.astype(np.int64),
            v.experience_is_required,
            v.education,
            v.education_is_required,
            _asked_levels(market),
            v.essential_skills.lengths() > 0,
            market.titles.is_worded,
        ])  # fmt: skip
        self.kinds, kind = np.unique(codes, axis=1, return_inverse=True)
        essential, wished = (_shares(market, column) for column in (market.essential, market.wished))
        order, cuts = spans(self.work.doubt, VACANCIES_AT_ONCE)
        self.chunks = [self._chunk(order[a:b], kind, essential, wished) for a, b in cuts]

    def _chunk(
        self, row: np.ndarray, kind: np.ndarray, essential: sparse.csr_array, wished: sparse.csr_array
    ) -> Chunk:
        market, work, v = self.market, self.work, self.market.vacancies
        pay = market.offered_pay[row]
        told = (market.vacancy_occupation >= 0) | (market.essential.lengths() > 0) | market.titles.is_worded
        start = market.fixed_start[row]
        return Chunk(
            row,
            float(work.doubt[row[0]]),
            np.ascontiguousarray(work.there[row].T),
            work.need[row],
            work.condition[row],
            work.top_pay[row],
            np.nan_to_num(v.hours_min[row], nan=-np.inf).astype(np.float32),
            np.nan_to_num(v.hours_max[row], nan=np.inf).astype(np.float32),
            np.where(start == UNKNOWN_DAY, _ALWAYS, start).astype(np.int32),
            np.where(np.isnan(pay), 0.0, np.log(pay)).astype(np.float32),
            (~np.isnan(pay)).astype(np.float32),
            kind[row],
            self.kinds[0][kind[row]],
            market.titles.row_of[row],
            ~told[row],
            essential[row].T.tocsr(),
            wished[row].T.tocsr(),
        )

    def lists(self, people: int) -> Lists:
        """Give the lists of the first people."""
        found: Lists = []
        for first in range(0, people, PEOPLE_AT_ONCE):
            found += self._block(np.arange(first, min(first + PEOPLE_AT_ONCE, people)))
        return found

    def _block(self, rows: np.ndarray) -> Lists:
        person = Person(self, rows)
        places, scores = [], []
        for chunk in self.chunks:
            total = person.scores(chunk)
            k = min(self.k, total.shape[1])
            best = np.argpartition(-total, k - 1, axis=1)[:, :k] if k < total.shape[1] else None
            best = np.broadcast_to(np.arange(k), (len(rows), k)) if best is None else best
            places.append(chunk.row[best])
            scores.append(np.take_along_axis(total, best, axis=1))
        place, score = np.concatenate(places, axis=1), np.concatenate(scores, axis=1)
        best = np.argsort(-score, axis=1, kind="stable")[:, : self.k]
        place, score = (np.take_along_axis(one, best, axis=1) for one in (place, score))
        return [one[value > -np.inf] for one, value in zip(place, score, strict=True)]


class Person:
    """Tables about a block of people, and their scores against a chunk."""

    def __init__(self, sides: AllPairs, rows: np.ndarray) -> None:
        """Work out what depends on the kind of vacancy, on the title, on the skill."""
        self.sides, self.rows = sides, rows
        self.people = People(sides.market, rows)
        p = sides.market.jobseekers
        level = self.people.skill_level
        self.held = sparse.csr_array(w.SKILL_LEVEL[level].astype(np.float32))
        self.has_skill = self.people.has_skill
        self.by_kind = self._by_kind()
        self.by_title = self._by_title()
        relation = self.people.fit.relation >= DOMAIN
        self.related = np.concatenate([relation, np.zeros((len(rows), 1), bool)], axis=1)
        self.mute = ~(self.people.has_wish | self.people.has_work | self.has_skill | self.people.has_text)
        self.hours = (
            np.nan_to_num(p.hours_min[rows], nan=-np.inf).astype(np.float32)[:, None],
            np.nan_to_num(p.hours_max[rows], nan=np.inf).astype(np.float32)[:, None],
        )
        self.available = p.available_on[rows].astype(np.int32)[:, None]
        radius = p.radius_km[rows]
        self.no_radius, self.no_place = np.isnan(radius), np.isnan(p.latitude[rows])
        span = np.where(self.no_radius, 2 * w.DISTANCE_USUAL_KM, np.maximum(radius, 1e-9))
        self.per_chord = (EARTH_RADIUS_KM / span).astype(np.float32)[:, None]
        lowest = p.lowest_pay[rows]
        self.no_pay = np.isnan(lowest)
        self.log_pay = np.log(np.where(self.no_pay, 1.0, lowest)).astype(np.float32)[:, None] + w.PAY_USUAL
        self.log_pay = self.log_pay.astype(np.float32)

    def scores(self, c: Chunk) -> np.ndarray:
        """Score the block against a chunk, float32, shape (B, C); -inf for what may not stand."""
        work, rows = self.sides.work, self.rows
        stands = (c.need & work.refuses[rows][:, None]) == 0
        stands &= (c.condition & work.avoids[rows][:, None]) == 0
        stands &= c.top_pay >= work.lowest[rows][:, None]
        stands &= c.hours_max >= self.hours[0]
        stands &= c.hours_min <= self.hours[1]
        stands &= c.start >= self.available
        total = np.take(self.by_kind, c.kind, axis=1)
        if np.isfinite(c.doubt):
            total += self._distance(c, stands)
        total += self._pay(c)
        title = np.take(self.by_title, c.title, axis=1)
        total += title
        related = np.take(self.related, c.occupation, axis=1)
        related |= title >= _TITLE_RELATED
        related |= c.mute
        related |= self.mute[:, None]
        self._skills(c, total, related)
        stands &= related
        total[~stands] = -np.inf
        return total

    def _distance(self, c: Chunk, stands: np.ndarray) -> np.ndarray:
        work, rows = self.sides.work, self.rows
        square = work.here[rows] @ c.there
        square *= -2.0
        square += 2.0
        limit = chord_limit(work.radius[rows] + c.doubt)
        stands &= square <= limit[:, None]
        part = np.maximum(square, 0.0).astype(np.float32)
        np.sqrt(part, out=part)
        part *= self.per_chord
        np.minimum(part, np.float32(1.0), out=part)
        worth = w.PLACE_DOUBT_KM / (w.PLACE_DOUBT_KM + c.doubt)
        part *= np.float32(worth * (w.DISTANCE_FAR - w.DISTANCE_NEAR))
        part += np.float32(worth * w.DISTANCE_NEAR)
        part[self.no_radius] = np.maximum(part[self.no_radius], 0.0)
        part[self.no_place] = 0.0
        return part

    def _pay(self, c: Chunk) -> np.ndarray:
        part = c.log_pay - self.log_pay
        part *= np.float32(w.PAY_SLOPE)
        np.clip(part, np.float32(w.PAY_WORST), np.float32(w.PAY_BEST), out=part)
        part *= c.has_pay
        part[self.no_pay] = 0.0
        return part

    def _skills(self, c: Chunk, total: np.ndarray, related: np.ndarray) -> None:
        """Add what skills held change against none held; the few pairs that share one are all there is to do."""
        shared = (self.held @ c.essential).tocsr()
        share = shared.data
        low = -w.SKILLS_WORST * share / w.SKILLS_USUAL
        high = w.SKILLS_BEST * (share - w.SKILLS_USUAL) / (1 - w.SKILLS_USUAL) - w.SKILLS_WORST
        shared.data = np.where(share < w.SKILLS_USUAL, low, high).astype(np.float32)
        owner = np.repeat(np.arange(len(total)), np.diff(shared.indptr))
        total[owner, shared.indices] += shared.data
        related[owner, shared.indices] = True
        wished = (self.held @ c.wished).tocsr()
        owner = np.repeat(np.arange(len(total)), np.diff(wished.indptr))
        total[owner, wished.indices] += np.float32(w.WISHED_SKILLS_BEST) * wished.data

    def _by_title(self) -> np.ndarray:
        """What each distinct title is worth to each beyond one that shares no n-gram, float32, shape (B, titles)."""
        texts = self.sides.market.texts
        positions, owner = expand(texts.row_of.offsets, self.rows)
        worth = np.zeros((len(self.rows), self.sides.titles.shape[1]), np.float32)
        if len(positions):
            near = texts.rows[texts.row_of.values[positions]] @ self.sides.titles
            low = -w.TITLE_WORST * near.data / w.TITLE_USUAL
            high = w.TITLE_BEST * (near.data - w.TITLE_USUAL) / (1 - w.TITLE_USUAL) - w.TITLE_WORST
            near.data = np.where(near.data < w.TITLE_USUAL, low, high).astype(np.float32)
            near = near.toarray()
            for row, one in zip(owner.tolist(), near, strict=True):
                np.maximum(worth[row], one, out=worth[row])
        return worth

    def _by_kind(self) -> np.ndarray:
        """What all but place, pay, skills held and n-grams shared is worth, float32, shape (B, kinds)."""
        market = self.sides.market
        o, months, required, education, must, levels, names_skills, worded = self.sides.kinds
        count = len(market.occupations)
        fit = np.zeros((len(self.rows), count + 1))
        logit = self.people.fit.logit
        fit[:, :count] = logit + leads(logit) + self._interests()
        total = w.BASE + fit[:, o]
        total += self._experience(o, months, required)
        hers = market.jobseekers.education[self.rows][:, None]
        step = np.where(must > 0, w.EDUCATION_STEP_REQUIRED, w.EDUCATION_STEP)
        short = np.maximum(w.EDUCATION_WORST, step * (education - hers))
        worth = np.where(hers >= education, w.EDUCATION_ENOUGH, short)
        total += np.where((hers < 0) | (education < 0), 0.0, worth)
        total += np.where(self.has_skill[:, None] & (names_skills > 0), w.SKILLS_WORST, 0.0)
        total += np.where(self.people.has_text[:, None] & (worded > 0), w.TITLE_WORST, 0.0)
        speaks = (market.jobseekers.languages.lengths()[self.rows] > 0)[:, None] & (levels > 0)
        total += np.where(speaks, w.LANGUAGES_ENOUGH, 0.0)
        enough = np.ones(total.shape, bool)
        for number in range(len(market.languages)):
            asked = levels // 8**number % 8
            enough &= market.jobseeker_language[self.rows, number][:, None] >= asked - (asked == 0)
        total[speaks & ~enough] = -np.inf
        return total.astype(np.float32)

    def _interests(self) -> np.ndarray:
        asked = self.sides.market.occupation_interest
        shared = self.people.interest.astype(np.float32) @ asked.T.astype(np.float32)
        return w.INTERESTS_BEST * shared / np.maximum(1, asked.sum(axis=1))

    def _experience(self, o: np.ndarray, months: np.ndarray, required: np.ndarray) -> np.ndarray:
        asked, place = np.unique(np.stack([o, months, required]), axis=1, return_inverse=True)
        o, months, required = asked
        hers = np.concatenate([self.people.fit.months, np.zeros((len(self.rows), 1))], axis=1)[:, o]
        short = np.where(required > 0, w.EXPERIENCE_SHORT_REQUIRED, w.EXPERIENCE_SHORT)
        share = np.minimum(1.0, hers / np.maximum(months, 1e-9))
        worth = np.where(months > 0, short + share * (w.EXPERIENCE_ENOUGH - short), 0.0)
        beyond = np.maximum(0.0, hers - months)
        worth += w.EXPERIENCE_EXTRA * -np.expm1(-beyond / w.EXPERIENCE_EXTRA_MONTHS)
        known = self.people.has_work[:, None] & (months >= 0) & (o < len(self.sides.market.occupations))
        return np.where(known, worth, 0.0)[:, place]


def _shares(market: Market, column: Ragged) -> sparse.csr_array:
    """Lay out the skills named as rows whose weights add up to 1."""
    weight = market.rarity[column.values]
    owner = np.repeat(np.arange(len(column)), column.lengths())
    asked = np.bincount(owner, weights=weight, minlength=len(column))
    data = (weight / asked[owner]).astype(np.float32)
    return sparse.csr_array((data, column.values, column.offsets), shape=(len(column), len(market.skills)))


def _asked_levels(market: Market) -> np.ndarray:
    """Write the levels of all languages asked as one number: three bits each, shape (M,)."""
    asked = market.vacancies.languages
    owner = np.repeat(np.arange(len(asked)), asked.lengths())
    level = market.vacancies.language_levels.values.astype(np.int64) * 8**market.vacancy_language
    return np.bincount(owner, weights=level, minlength=len(asked)).astype(np.int64)
