"""Shards and layers of a market, worked on apart and put together again: nothing lost, nothing changed."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine.markets import market_of, openings, people
from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns
from visavis.engine.facts.rows import joined_columns, take_rows
from visavis.engine.lists import shards
from visavis.engine.lists.matches import best_per_jobseeker
from visavis.engine.lists.shards import cut, cut_rows, in_whole, joined, reachable
from visavis.engine.lists.topk import top_of_those_left, top_vacancies
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.market.numbered import together, with_vacancies

PARIS, LYON, SAINT_DENIS = (48.85, 2.35), (45.76, 4.84), (-20.88, 55.45)


def person(place: tuple[float, float], radius_km: float = 10.0, **said: object) -> Jobseeker:
    return Jobseeker(latitude=place[0], longitude=place[1], radius_km=radius_km, **said)  # type: ignore[arg-type]


def vacancy(place: tuple[float, float], **said: object) -> Vacancy:
    return Vacancy(latitude=place[0], longitude=place[1], **said)  # type: ignore[arg-type]


@settings(max_examples=30)
@given(people, openings, st.integers(1, 4), st.integers(1, 3))
def test_the_shards_together_give_the_lists_of_the_whole_run_bit_for_bit(persons, work, at_most, k):
    market, lists = market_of(persons, work), []
    for shard in cut(market, at_most):
        kept = reachable(market, shard.rows)
        alone = market.with_jobseekers(take_rows(market.jobseekers, shard.rows))
        lists.append(in_whole(top_vacancies(with_vacancies(alone, kept), k), shard.rows, kept))
    if persons:
        one, other = joined(lists), top_vacancies(market, k)
        for name in ("jobseeker", "vacancy", "rank", "score", "parts"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name


@settings(max_examples=examples(30))
@given(people, st.integers(1, 7))
@example([person(PARIS)] * 100, 7)
def test_every_person_is_in_one_shard_of_bounded_size(persons, at_most):
    rows = cut_rows(jobseeker_columns(persons), at_most)
    assert sorted(row for some in rows for row in some.tolist()) == list(range(len(persons)))
    assert all(0 < len(some) <= at_most and (np.diff(some) > 0).all() for some in rows)
    with pytest.raises(ValueError, match="at least 1 person"):
        cut_rows(jobseeker_columns(persons), 0)


def test_a_shard_sees_what_may_be_within_reach_and_who_is_bound_to_no_place_sees_everything() -> None:
    work = [vacancy(PARIS), vacancy(LYON), Vacancy(), vacancy(LYON, is_remote=True), vacancy(SAINT_DENIS)]
    market = market_of([person(PARIS)], work)
    assert reachable(market, np.array([0])).tolist() == [0, 2, 3]
    chartres = (48.45, 1.48)
    market = market_of([person(PARIS)], [vacancy(chartres), vacancy(chartres, place_radius_km=75.0)])
    assert reachable(market, np.array([0])).tolist() == [1]
    work = [vacancy(PARIS), vacancy((0.0, 30.0)), vacancy(SAINT_DENIS)]
    market = market_of([person(PARIS), person(SAINT_DENIS)], work)
    assert reachable(market, np.array([0, 1])).tolist() == [0, 2]
    persons = [person(PARIS), Jobseeker(), person(PARIS, np.nan), person(PARIS)]
    market = market_of(persons, [vacancy(PARIS), vacancy(LYON)])
    near, far = cut(market, 2)
    assert (near.rows.tolist(), far.rows.tolist()) == ([0, 3], [1, 2])
    assert reachable(market, far.rows).tolist() == [0, 1]


def digests(persons: list[Jobseeker], work: list[Vacancy]) -> list[str]:
    return [shard.digest for shard in cut(market_of(persons, work), 1)]


def test_a_digest_stays_until_something_that_counts_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    persons, work = [person(PARIS, wishes=["J1506"]), person(LYON)], [vacancy(PARIS, occupation="J1506")]
    before = digests(persons, work)
    assert digests(persons, work) == before
    assert len(set(before)) == 2
    moved = [replace(persons[0], radius_km=11.0), persons[1]]
    assert [one == other for one, other in zip(digests(moved, work), before, strict=True)].count(True) == 1
    assert not set(digests(persons, [replace(work[0], occupation="J1501")])) & set(before)
    before = digests([person(PARIS)], [])
    monkeypatch.setattr(shards, "ENGINE_VERSION", "another")
    assert digests([person(PARIS)], []) != before


@settings(max_examples=80)
@given(people, openings, st.integers(0, 2**12 - 1), st.integers(1, 4))
def test_what_is_gone_is_in_no_list_and_parts_put_together_are_scored_as_the_whole(persons, work, gone, k):
    market = market_of(persons, work)
    is_gone = np.array([bool(gone >> place & 1) for place in range(len(work))], np.bool_)
    left = np.flatnonzero(~is_gone)
    expected = top_vacancies(with_vacancies(market, left), k)
    found = top_of_those_left(market, k, is_gone)
    assert found.jobseeker.tolist() == expected.jobseeker.tolist()
    assert found.vacancy.tolist() == left[expected.vacancy].tolist()
    assert found.rank.tolist() == expected.rank.tolist()
    assert found.parts.tolist() == expected.parts.tolist()
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
