"""Keep fifty, serve twenty: what is promised of everybody's lists."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.engine.spread.graph import Graph
from visavis.engine.spread.rotation import turn
from visavis.engine.spread.serving import KEPT, SERVED, Night, draw_up, limits, one_list, wider

DAY = 20_417


def crowd(people: int, vacancies: int, *, seed: int = 0, most: int = KEPT) -> Graph:
    """Everybody prefers about the same vacancies."""
    dice = np.random.default_rng(seed)
    taken = [np.sort(dice.choice(vacancies, min(most, vacancies), replace=False)) for _ in range(people)]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in taken])])
    vacancy = np.concatenate(taken)
    liked = np.linspace(0.8, 0.2, vacancies)
    return Graph(starts, vacancy, liked[vacancy] + dice.normal(0, 0.02, len(vacancy)), vacancies)


def night_of(graph: Graph, strength: float, day: int = DAY) -> Night:
    ids = np.arange(graph.jobseekers), np.arange(graph.vacancies)
    return draw_up(graph, ids, np.ones(graph.vacancies, np.int64), strength=strength, day=day)


@given(st.integers(0, 60), st.integers(1, 70), st.sampled_from([0.0, 0.3, 1.0]), st.integers(0, 9))
@settings(max_examples=40, deadline=None)
def test_nobody_with_a_pair_is_without_a_list_and_no_vacancy_is_shown_above_its_limit(
    people: int, vacancies: int, strength: float, seed: int
) -> None:
    graph = (
        crowd(people, vacancies, seed=seed)
        if people
        else Graph(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0), vacancies)
    )
    night = night_of(graph, strength)
    assert set(night.jobseeker.tolist()) == set(range(people))
    limit = limits(np.ones(vacancies, np.int64), night.times)
    shown = np.bincount(night.vacancy[night.rank <= SERVED], minlength=vacancies)
    kept = np.bincount(night.vacancy, minlength=vacancies)
    assert np.maximum(0, shown - limit).sum() == night.over
    assert night.over > 0 or (kept <= wider(limit)).all()
    assert night.rank.max(initial=0) <= KEPT


def test_without_spreading_the_lists_are_the_plain_ranking_turned_for_the_day() -> None:
    graph = crowd(30, 60)
    night = night_of(graph, 0.0)
    worth = turn(np.log(graph.utility), graph.people, graph.vacancy, DAY)
    assert night.price.sum() == 0
    for person in range(30):
        mine = slice(graph.starts[person], graph.starts[person + 1])
        best = graph.vacancy[mine][np.argsort(-worth[mine], kind="stable")]
        assert night.vacancy[night.jobseeker == person].tolist() == best.tolist()


def test_what_the_crowd_wants_has_a_price_and_is_seldom_shown_first() -> None:
    graph = crowd(200, 60)
    plain, spread = night_of(graph, 0.0), night_of(graph, 1.0)
    firsts = [np.bincount(one.vacancy[one.rank == 1], minlength=60).max() for one in (plain, spread)]
    assert spread.price[0] > 0
    assert firsts[1] < firsts[0] / 2


def test_a_list_made_by_day_is_that_of_the_night_when_nothing_is_crowded() -> None:
    graph = crowd(20, 60)
    night = night_of(graph, 0.5)
    nobody = np.zeros(KEPT, np.int64)
    for person in range(20):
        mine = slice(graph.starts[person], graph.starts[person + 1])
        vacancy = graph.vacancy[mine]
        worth = turn(np.log(graph.utility[mine]), graph.people[mine], vacancy, DAY) - night.price[vacancy]
        limit = limits(np.ones(len(vacancy), np.int64), night.times)
        order = one_list(worth, vacancy, (nobody, nobody), limit)
        assert vacancy[order].tolist() == night.vacancy[night.jobseeker == person].tolist()


def test_who_would_have_nothing_is_shown_what_is_full() -> None:
    full = np.array([5])
    assert one_list(np.array([0.4]), np.array([1]), (full, full), np.array([5])).tolist() == [0]


@pytest.mark.parametrize(("kept_elsewhere", "is_kept"), [(12, True), (13, False)])
def test_what_is_full_waits_behind_twenty_while_it_has_room_there(kept_elsewhere: int, is_kept: bool) -> None:
    worth, ids = np.array([0.9, *np.linspace(0.8, 0.1, 20)]), np.arange(21)
    shown, kept = np.array([5, *[0] * 20]), np.array([kept_elsewhere, *[0] * 20])
    order = one_list(worth, ids, (shown, kept), np.full(21, 5))
    assert order.tolist() == [*range(1, 21), *([0] if is_kept else [])]


@pytest.mark.parametrize("days", [1, 2])
def test_lists_turn_slowly_from_day_to_day(days: int) -> None:
    graph = crowd(100, 60)
    one, other = night_of(graph, 0.5), night_of(graph, 0.5, DAY + days)
    shown = [
        set(zip(n.jobseeker[n.rank <= 20].tolist(), n.vacancy[n.rank <= 20].tolist(), strict=True))
        for n in (one, other)
    ]
    assert len(shown[0] & shown[1]) / len(shown[0]) > 0.8
    assert shown[0] != shown[1]
