"""The kernels give the lists of `topk`, to the last bit."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine.markets import IDEAL, INTERESTS, LINKS, TODAY, openings, people
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.market import Market
from visavis.engine.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.topk import Matches, parts_of, top_vacancies

if not AVAILABLE:
    pytest.skip("the extra fast is not installed", allow_module_level=True)

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
        for place, count in enumerate(some.count.tolist()):
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
