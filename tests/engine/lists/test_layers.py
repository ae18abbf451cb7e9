"""A market in two layers gives the lists of the market laid out whole."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine.markets import market_of, openings, people
from visavis.engine.facts.records import jobseeker_columns
from visavis.engine.facts.rows import joined_columns, take_rows
from visavis.engine.lists.matches import best_per_jobseeker
from visavis.engine.lists.topk import top_of_those_left, top_vacancies
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.market.numbered import together, with_vacancies


@settings(max_examples=80)
@given(people, openings, st.integers(0, 2**12 - 1), st.integers(1, 4))
def test_what_is_gone_is_in_no_list_and_the_next_take_its_place(persons, work, gone, k):
    market = market_of(persons, work)
    is_gone = np.array([bool(gone >> place & 1) for place in range(len(work))], np.bool_)
    left = np.flatnonzero(~is_gone)
    expected = top_vacancies(with_vacancies(market, left), k)
    found = top_of_those_left(market, k, is_gone)
    assert found.jobseeker.tolist() == expected.jobseeker.tolist()
    assert found.vacancy.tolist() == left[expected.vacancy].tolist()
    assert found.rank.tolist() == expected.rank.tolist()
    assert found.parts.tolist() == expected.parts.tolist()


@settings(max_examples=80)
@given(people, openings)
def test_two_parts_put_together_are_scored_as_the_whole(persons, work):
    market = market_of(persons, work)
    rows = np.random.default_rng(len(work)).permutation(len(work)).astype(np.int64)
    half = len(work) // 2
    late = with_newcomers(market, take_rows(market.vacancies, rows[half:]))
    one = together((market, rows[:half]), (late, np.arange(len(work) - half)))
    expected, found = top_vacancies(with_vacancies(market, rows), 1000), top_vacancies(one, 1000)
    assert found.vacancy.tolist() == expected.vacancy.tolist()
    assert found.parts.tolist() == expected.parts.tolist()
    merged = best_per_jobseeker([expected, expected], 2)
    assert all(a <= b for a, b in pairwise(merged.jobseeker.tolist())) and merged.rank.max(initial=0) <= 2


@settings(max_examples=examples(40))
@given(people, people)
def test_columns_joined_are_the_columns_of_all(some, others):
    joined = joined_columns([jobseeker_columns(some), jobseeker_columns(others)])
    whole = jobseeker_columns([*some, *others])
    rows = np.arange(len(whole))
    for name in ("wishes", "skill_levels", "texts"):
        one, other = getattr(joined, name), getattr(whole, name)
        assert one.values.tolist() == other.values.tolist() and one.offsets.tolist() == other.offsets.tolist()
    assert take_rows(joined, rows).contracts.tolist() == whole.contracts.tolist()
