"""The nearest texts by the kernels are those of float64."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine.markets import openings, people
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.market.market import Market
from visavis.engine.score.constraints import only_feasible
from visavis.engine.score.pairs import Pairs

if not AVAILABLE:
    pytest.skip("the extra fast is not installed", allow_module_level=True)

from bench.nearest import nearest
from tests.engine.markets import market_of
from visavis.engine.fast.top import Prepared


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


def texts_of(rng: np.random.Generator, many: int, depth: int) -> np.ndarray:
    drawn = rng.normal(size=(many, depth)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def same_lists(market: Market, hers: np.ndarray, theirs: np.ndarray, k: int) -> None:
    prepared = Prepared(market)
    found = nearest(prepared, np.arange(len(hers)), k, hers, theirs)
    lists = [
        prepared.vacancies.row[place[:count]].tolist()
        for place, count in zip(found.place, found.count, strict=True)
    ]
    assert lists == nearest_by_hand(market, hers, theirs, k)


@settings(max_examples=examples(20))
@given(people, openings, st.sampled_from((16, 80)))
def test_nearest_texts_are_those_of_float64(persons, work, depth):
    rng = np.random.default_rng(len(work))
    hers, theirs = (texts_of(rng, len(side), depth) for side in (persons, work))
    theirs[len(work) // 2 :] = theirs[: len(work) - len(work) // 2]  # many equal
    for k in (1, 4):
        same_lists(market_of(persons, work), hers, theirs, k)


def test_what_is_left_out_by_the_first_numbers_could_not_have_been_near():
    rng = np.random.default_rng(1)
    market = market_of([Jobseeker() for _ in range(20)], [Vacancy() for _ in range(600)])
    same_lists(market, texts_of(rng, 20, 160), texts_of(rng, 600, 160), 5)
