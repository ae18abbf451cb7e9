"""The kernels give the lists of `topk`, to the last bit."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine.markets import IDEAL, INTERESTS, LINKS, TODAY, openings, people
from visavis.engine.constraints import only_feasible
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.market import Market
from visavis.engine.pairs import Pairs
from visavis.engine.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.topk import top_vacancies

if not AVAILABLE:
    pytest.skip("the extra fast is not installed", allow_module_level=True)

from visavis.engine.fast import scan
from visavis.engine.fast.dense import nearest
from visavis.engine.fast.top import Prepared, lists


def market_of(persons: Sequence[Jobseeker], work: Sequence[Vacancy], vectors: int = 0) -> Market:
    rng = np.random.default_rng(len(persons))
    drawn = tuple(rng.normal(size=(len(side), vectors)).astype(np.float32) for side in (persons, work))
    for side in drawn:
        side[::3] = 0.0
        side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    return Market(
        jobseeker_columns(persons),
        vacancy_columns(work),
        today=TODAY,
        occupation_links=LINKS,
        occupation_interests=INTERESTS,
        vectors=drawn if vectors else None,
    ).with_ideal_profiles(IDEAL)


def same_lists(market: Market, k: int) -> None:
    expected = top_vacancies(market, k)
    prepared = Prepared(market)
    rows = np.arange(len(market.jobseekers))
    found = list(lists(prepared, rows, k))
    jobseeker, vacancy, score, parts = [], [], [], []
    for first, some in zip(range(0, len(rows), 2048), found, strict=True):
        for place, count in enumerate(some.length.tolist()):
            jobseeker += [first + place] * count
            vacancy += prepared.vacancies.row[some.place[place, :count]].tolist()
            score += some.score[place, :count].tolist()
            parts += some.parts[place, :count].tolist()
    assert jobseeker == expected.jobseeker.tolist()
    assert vacancy == expected.vacancy.tolist()
    assert score == expected.score.tolist()
    assert np.array(parts).reshape(-1, 12).tolist() == expected.parts.tolist()


@settings(max_examples=150, deadline=None)
@given(people, openings)
def test_kernels_and_numpy_give_the_same_lists(persons, work):
    for k in (1, 3, 1000):
        same_lists(market_of(persons, work), k)


@settings(max_examples=60, deadline=None)
@given(people, openings)
def test_kernels_and_numpy_agree_on_dense_texts(persons, work):
    same_lists(market_of(persons, work, vectors=16), 3)


def nearest_by_hand(market: Market, hers: np.ndarray, theirs: np.ndarray, k: int) -> list[list[int]]:
    """Multiply every feasible pair in float64."""
    everybody, work = np.meshgrid(np.arange(len(hers)), np.arange(len(theirs)), indexing="ij")
    kept = only_feasible(Pairs.of(market, everybody.ravel(), work.ravel()))
    lists = []
    for person in range(len(hers)):
        vacancy = kept.vacancy[kept.jobseeker == person]
        value = (hers[person].astype(np.float64) * theirs[vacancy].astype(np.float64)).sum(axis=1)
        lists.append(vacancy[np.lexsort((vacancy, -value))][:k].tolist())
    return lists


@settings(max_examples=60, deadline=None)
@given(people, openings)
def test_nearest_texts_are_those_of_float64(persons, work):
    market = market_of(persons, work)
    rng = np.random.default_rng(len(work))
    hers, theirs = (rng.normal(size=(len(side), 16)).astype(np.float32) for side in (persons, work))
    theirs[len(work) // 2 :] = theirs[: len(work) - len(work) // 2]  # many equal
    for k in (1, 4):
        prepared = Prepared(market)
        found = nearest(prepared, np.arange(len(persons)), k, hers, theirs)
        lists = [
            prepared.vacancies.row[place[:count]].tolist()
            for place, count in zip(found.place, found.count, strict=True)
        ]
        assert lists == nearest_by_hand(market, hers, theirs, k)


def test_one_kernel_serves_every_market():
    """Empty columns have the types of full ones: a kernel is compiled once, and then found on disk."""
    full = [Jobseeker(wishes=["J1506"], skills=[("S1", 2)], texts=["Maçon"])]
    for persons, work in (
        (full, [Vacancy(occupation="J1506", essential_skills=["S1"])]),
        (full, []),
        ([], []),
    ):
        list(lists(Prepared(market_of(persons, work)), np.arange(len(persons)), 3))
    assert len(scan.rank.signatures) == 1
