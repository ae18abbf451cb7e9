"""Shards: cut by place, worked on apart, put together again: nothing lost, nothing changed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine.markets import market_of, openings, people
from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns
from visavis.engine.facts.rows import take_rows
from visavis.engine.lists import shards
from visavis.engine.lists.shards import cut, cut_rows, in_whole, joined, reachable
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.numbered import with_vacancies

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


def test_a_shard_sees_what_may_be_within_reach_remote_or_of_unknown_place_and_no_more() -> None:
    work = [vacancy(PARIS), vacancy(LYON), Vacancy(), vacancy(LYON, is_remote=True), vacancy(SAINT_DENIS)]
    market = market_of([person(PARIS)], work)
    assert reachable(market, np.array([0])).tolist() == [0, 2, 3]
    chartres = (48.45, 1.48)
    market = market_of([person(PARIS)], [vacancy(chartres), vacancy(chartres, place_radius_km=75.0)])
    assert reachable(market, np.array([0])).tolist() == [1]
    work = [vacancy(PARIS), vacancy((0.0, 30.0)), vacancy(SAINT_DENIS)]
    market = market_of([person(PARIS), person(SAINT_DENIS)], work)
    assert reachable(market, np.array([0, 1])).tolist() == [0, 2]


def test_who_is_bound_to_no_place_is_apart_and_sees_everything():
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
