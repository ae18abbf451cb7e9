"""The market that `scale.py` measures on, and the one truth all methods are judged by.

Vectors of texts are made up: a direction for all, one for each domain, family and occupation, and noise, length 1.
`Work` holds what the first five constraints need (contract, licences, conditions, pay, distance) as flat arrays.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from bench.country_market import draw_jobseekers, draw_vacancies, market_of
from visavis.engine.facts.geo import EARTH_RADIUS_KM, TOLERANCE_KM
from visavis.engine.facts.vocabulary import CONTRACTS, LICENCES, UNKNOWN_DAY
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged
from visavis.engine.score.candidates import blocks
from visavis.engine.score.constraints import only_feasible, within_reach
from visavis.engine.score.pairs import Pairs

DEPTH = 256
"""Numbers of a vector."""

EVERYWHERE = 8.0
"""Square of a chord that no two points on the globe reach."""

_NOISE = {"person": 0.55, "vacancy": 0.5}
_AT_ONCE = 50_000


class Work(NamedTuple):
    """What a matrix method reads of both sides; n people, M vacancies.

    Attributes
    ----------
    here, there : float64, shapes (n, 3), (M, 3)
        Unit vectors, 0 when unknown or remote.
    radius, doubt : float64, shapes (n,), (M,)
        How far she goes, infinite without limit; how far off a place may be, infinite when anybody reaches it.
    refuses, avoids, need, condition : int32
        Bits of contracts and licences; of conditions.
    lowest, top_pay : float64
        The lowest pay she takes, -inf when unknown; the best offered, inf when unknown.
    """

    here: np.ndarray
    radius: np.ndarray
    refuses: np.ndarray
    avoids: np.ndarray
    lowest: np.ndarray
    there: np.ndarray
    doubt: np.ndarray
    need: np.ndarray
    condition: np.ndarray
    top_pay: np.ndarray

    def first(self, people: int) -> "Work":
        """Give the same work for the first people."""
        return Work(*(column[:people] for column in self[:5]), *self[5:])


class Truth(NamedTuple):
    """What brute force in float64 finds, for each of n people.

    Attributes
    ----------
    last : float64, shape (n,)
        The score of the last of her list; -inf when the list is not full.
    lists : list of arrays of int64
        The vacancies of each list.
    """

    last: np.ndarray
    lists: list[np.ndarray]


def drawn(people: int, vacancies: int, seed: int) -> Market:
    """Draw both sides."""
    return market_of(draw_jobseekers(people, seed), draw_vacancies(vacancies, seed))


def work_of(market: Market) -> Work:
    """Lay out a market of single contracts for matrix methods."""
    p, v = market.jobseekers, market.vacancies
    if (v.contract & (v.contract - 1)).any():
        raise ValueError("expected one contract a vacancy")
    shift = len(CONTRACTS)
    contracts = np.where(p.contracts == 0, 0, ~p.contracts) & ((1 << shift) - 1)
    licences = np.where(p.licences_known, ~p.licences, 0) & ((1 << len(LICENCES)) - 1)
    anywhere = v.is_remote | np.isnan(v.latitude)
    unbound = np.isnan(p.radius_km) | np.isnan(p.latitude)
    return Work(
        np.nan_to_num(market.jobseeker_points),
        np.where(unbound, np.inf, p.radius_km),
        (contracts | licences << shift).astype(np.int32),
        p.avoided.astype(np.int32),
        np.nan_to_num(p.lowest_pay, nan=-np.inf),
        np.where(anywhere[:, None], 0.0, market.vacancy_points),
        np.where(anywhere, np.inf, v.place_radius_km),
        (v.contract | v.licences << shift).astype(np.int32),
        v.conditions.astype(np.int32),
        np.nan_to_num(market.offered_pay, nan=np.inf),
    )


def chord_limit(reach: np.ndarray) -> np.ndarray:
    """Turn kilometres into the square of the chord that must not be passed; without end, `EVERYWHERE`."""
    half = np.minimum((reach + TOLERANCE_KM) / EARTH_RADIUS_KM, np.pi) / 2.0
    return np.where(np.isfinite(reach), 4.0 * np.sin(np.where(np.isfinite(half), half, 0.0)) ** 2, EVERYWHERE)


def spans(doubt: np.ndarray, at_once: int) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Sort vacancies by the doubt about their place, and cut them into spans of one doubt each."""
    order = np.argsort(doubt, kind="stable")
    cuts = np.flatnonzero(doubt[order[1:]] != doubt[order[:-1]]) + 1
    edges = [0, *cuts.tolist(), len(order)]
    return order, [
        (first, min(first + at_once, high))
        for low, high in pairwise(edges)
        for first in range(low, high, at_once)
    ]


def vectors(market: Market, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw the vectors of both sides, float32, shapes (N, DEPTH) and (M, DEPTH)."""
    rng = np.random.default_rng([seed, 2])
    codes = market.occupations
    centres = 0.5 * _directions(rng, 1) + 0.6 * _directions(rng, len(codes))
    for size, weight in ((1, 0.55), (3, 0.5)):
        _, group = np.unique([code[:size] for code in codes.tolist()], return_inverse=True)
        centres += weight * _directions(rng, int(group.max()) + 1)[group]
    centres = np.concatenate([centres, 0.5 * _directions(rng, 1)]).astype(np.float32)
    wish = _first_known(market.jobseekers.wishes, market.occupations)
    return tuple(
        _around(rng, centres, occupation, _NOISE[side])
        for side, occupation in (("person", wish), ("vacancy", market.vacancy_occupation))
    )


def _directions(rng: np.random.Generator, count: int) -> np.ndarray:
    return rng.standard_normal((count, DEPTH)) / np.sqrt(DEPTH)


def _first_known(wishes: Ragged, known: np.ndarray) -> np.ndarray:
    place = {code: number for number, code in enumerate(known.tolist())}
    return np.array([next((place.get(one, -1) for one in wishes.row(i)), -1) for i in range(len(wishes))])


def _around(rng: np.random.Generator, centres: np.ndarray, which: np.ndarray, noise: float) -> np.ndarray:
    out = np.empty((len(which), DEPTH), np.float32)
    for first in range(0, len(which), _AT_ONCE):
        some = which[first : first + _AT_ONCE]
        rows = centres[some] + noise / np.sqrt(DEPTH) * rng.standard_normal((len(some), DEPTH), np.float32)
        out[first : first + len(some)] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return out


def with_five(market: Market) -> Market:
    """Leave unsaid what the other three constraints read: hours, start, languages."""
    p = market.jobseekers
    unknown = np.full(len(p), np.nan)
    people = replace(
        p,
        hours_min=unknown,
        hours_max=unknown,
        available_on=np.full(len(p), UNKNOWN_DAY, np.int32),
        languages=Ragged(np.zeros(0, np.str_), np.zeros(len(p) + 1, np.int64)),
        language_levels=Ragged(np.zeros(0, np.int8), np.zeros(len(p) + 1, np.int64)),
    )
    return market.with_jobseekers(people)


def counts(market: Market, people: int) -> tuple[np.ndarray, np.ndarray]:
    """Count for each of the first people the vacancies within reach, and those that are feasible."""
    in_reach, feasible = np.zeros(people, np.int64), np.zeros(people, np.int64)
    for block in blocks(market, np.arange(people), np.arange(len(market.vacancies))):
        near = block.where(within_reach(block))
        in_reach += np.bincount(near.jobseeker, minlength=people)
        feasible += np.bincount(only_feasible(near).jobseeker, minlength=people)
    return in_reach, feasible


def cosines(pairs: Pairs, of: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Multiply vectors pair by pair in float64."""
    found = np.empty(len(pairs))
    for first in range(0, len(pairs), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        one, other = of[0][pairs.jobseeker[some]], of[1][pairs.vacancy[some]]
        found[some] = np.einsum("ij,ij->i", one, other, dtype=np.float64)
    return found


def nearest_truth(market: Market, of: tuple[np.ndarray, np.ndarray], k: int) -> Truth:
    """Find the nearest `k` of everybody, pair by pair in float64."""
    people = len(market.jobseekers)
    last, lists = np.full(people, -np.inf), [np.zeros(0, np.int64)] * people
    for block in blocks(market, np.arange(people), np.arange(len(market.vacancies))):
        pairs = only_feasible(block)
        value = cosines(pairs, of)
        for who, rows in _by_person(pairs):
            best = rows[np.argsort(-value[rows], kind="stable")[:k]]
            lists[who] = pairs.vacancy[best]
            last[who] = value[best[-1]] if len(best) == k else -np.inf
    return Truth(last, lists)


def judged(
    lists: list[np.ndarray], truth: Truth, score: Callable[[np.ndarray, np.ndarray], np.ndarray], off: float
) -> tuple[float, int]:
    """Give the share of the true places that were found, and how many lists lack one.

    What is in no true list counts when its `score` (-inf for what may not stand) is at most `off` under the last.
    """
    found = [np.unique(one) for one in lists]
    true = truth.lists[: len(found)]
    hits = np.array([len(np.intersect1d(one, other)) for one, other in zip(found, true, strict=True)])
    others = [np.setdiff1d(one, other) for one, other in zip(found, true, strict=True)]
    who = np.repeat(np.arange(len(found)), [len(one) for one in others])
    what = np.concatenate([np.zeros(0, np.int64), *others])
    if len(what):
        good = score(who, what) >= truth.last[who] - off
        hits += np.bincount(who[good], minlength=len(found))
    sizes = np.array([len(one) for one in true])
    hits = np.minimum(hits, sizes)
    return float(hits.sum() / max(1, sizes.sum())), int((hits < sizes).sum())


def _by_person(pairs: Pairs) -> Iterator[tuple[int, np.ndarray]]:
    if not len(pairs):
        return
    order = np.argsort(pairs.jobseeker, kind="stable")
    who, first = np.unique(pairs.jobseeker[order], return_index=True)
    yield from zip(who.tolist(), np.split(order, first[1:]), strict=True)
