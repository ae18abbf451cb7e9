"""Keep fifty, serve twenty: what is promised of everybody's lists."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.engine.score.tiers import Tiers
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.serving import (
    KEPT,
    LOST,
    SERVED,
    Night,
    allowances,
    draw_up,
    limits,
    one_list,
    priced,
    ranked,
    wider,
)

DAY = 20_417


def crowd(people: int, vacancies: int, *, seed: int = 0, most: int = KEPT) -> Graph:
    """Everybody prefers about the same vacancies."""
    dice = np.random.default_rng(seed)
    taken = [np.sort(dice.choice(vacancies, min(most, vacancies), replace=False)) for _ in range(people)]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in taken])])
    vacancy = np.concatenate(taken)
    liked = np.linspace(0.8, 0.2, vacancies)
    return Graph(starts, vacancy, liked[vacancy] + dice.normal(0, 0.02, len(vacancy)), vacancies)


def all_alike(graph: Graph) -> Tiers:
    return np.zeros(len(graph.vacancy), np.uint8)


def night_of(graph: Graph, strength: float, day: int = DAY, tier: Tiers | None = None) -> Night:
    ids = np.arange(graph.jobseekers), np.arange(graph.vacancies)
    tier = all_alike(graph) if tier is None else tier
    return draw_up(graph, tier, ids, np.ones(graph.vacancies, np.int64), strength=strength, day=day)


def in_tiers(graph: Graph, seed: int) -> Tiers:
    dice = np.random.default_rng(seed)
    return dice.choice(5, len(graph.vacancy), p=[0.1, 0.1, 0.2, 0.5, 0.1]).astype(np.uint8)


def best_sums(graph: Graph, tier: Tiers, only: int) -> list[float]:
    """The chances of each person's best twenty by tier then chance turned for the day, of those up to a tier."""
    worth = ranked(graph.utility, tier, (graph.people, graph.vacancy), DAY)
    found = []
    for low, high in pairwise(graph.starts.tolist()):
        best = low + np.argsort(-worth[low:high], kind="stable")[:SERVED]
        found.append(float(graph.utility[best[tier[best] <= only]].sum()))
    return found


@given(st.integers(0, 60), st.integers(1, 70), st.sampled_from([0.0, 0.3, 1.0]), st.integers(0, 9))
@settings(max_examples=60)
def test_nobody_is_without_a_list_or_loses_a_twentieth_and_no_vacancy_is_shown_above_its_limit(
    people: int, vacancies: int, strength: float, seed: int
) -> None:
    """The twentieth is of her best twenty, and of what she asked for among them."""
    graph = (
        crowd(people, vacancies, seed=seed)
        if people
        else Graph(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros(0), vacancies)
    )
    tier = in_tiers(graph, seed)
    night = night_of(graph, strength, tier=tier)
    assert set(night.jobseeker.tolist()) == set(range(people))
    limit = limits(np.ones(vacancies, np.int64), night.times)
    stands = np.bincount(night.vacancy[night.rank <= SERVED], minlength=vacancies)
    kept = np.bincount(night.vacancy, minlength=vacancies)
    assert np.maximum(0, stands - limit).sum() == night.over
    assert night.over > 0 or (kept <= wider(limit)).all()
    assert night.rank.max(initial=0) <= KEPT
    shown = night.pair[night.rank <= SERVED]
    for only in (4, 1):
        had = np.array(best_sums(graph, tier, only))
        mine = shown[tier[shown] <= only]
        has = np.bincount(graph.people[mine], graph.utility[mine], minlength=people)
        assert (has >= (1 - LOST) * had - 1e-5).all()
    assert night.lost.max(initial=0) <= LOST + 1e-5


def test_what_she_asked_for_stands_first_and_no_crowd_puts_fewer_words_above_more() -> None:
    """Somebody reads words by quarters of the chance: within a tier they never rise on the way down."""
    graph = crowd(200, 60)
    tier = in_tiers(graph, 1)
    tiered, plain = night_of(graph, 1.0, tier=tier), night_of(graph, 1.0)
    assert tiered.price.max() > 0.5
    for person in range(200):
        mine, alike = ((one.jobseeker == person) & (one.rank <= SERVED) for one in (tiered, plain))
        asked = tier[tiered.pair[mine]].tolist()
        assert asked == sorted(asked)
        levels = (graph.utility[plain.pair[alike]] // 0.25).tolist()
        assert levels == sorted(levels, reverse=True)


def test_a_price_counts_only_among_the_nearly_as_good_and_lists_turn_slowly() -> None:
    """One of two equal jobs is crowded; a third is half as good and nobody wants it."""
    graph = Graph(np.arange(0, 91, 3), np.tile(np.arange(3), 30), np.tile([0.49, 0.48, 0.26], 30), 3)
    plain = ranked(graph.utility, all_alike(graph), (graph.people, graph.vacancy), 0)
    price = np.array([2.0, 0.0, 0.0])
    worth = priced(plain, price[graph.vacancy], allowances(graph, plain, price)[graph.people])
    assert [int(np.argmax(worth[low : low + 3])) for low in (0, 3, 6)] == [1, 1, 1]
    graph = crowd(100, 60)
    nights = [night_of(graph, 0.5, DAY + days) for days in range(3)]
    shown = [set(n.pair[n.rank <= 20].tolist()) for n in nights]
    for other in shown[1:]:
        assert len(shown[0] & other) / len(shown[0]) > 0.8
        assert shown[0] != other


def test_without_spreading_the_lists_are_the_plain_ranking_and_with_it_the_crowd_has_a_price() -> None:
    graph = crowd(200, 60)
    plain, spread = night_of(graph, 0.0), night_of(graph, 1.0)
    worth = ranked(graph.utility, all_alike(graph), (graph.people, graph.vacancy), DAY)
    assert plain.price.sum() == 0
    for person in range(200):
        mine = slice(graph.starts[person], graph.starts[person + 1])
        best = graph.vacancy[mine][np.argsort(-worth[mine], kind="stable")]
        assert plain.vacancy[plain.jobseeker == person].tolist() == best.tolist()
    firsts = [np.bincount(one.vacancy[one.rank == 1], minlength=60).max() for one in (plain, spread)]
    assert spread.price[0] > 0
    assert firsts[1] < firsts[0]


def test_a_list_made_by_day_is_that_of_the_night_when_nothing_is_crowded() -> None:
    graph = crowd(20, 60)
    night = night_of(graph, 0.5)
    nobody = np.zeros(KEPT, np.int64)
    for person in range(20):
        mine = slice(graph.starts[person], graph.starts[person + 1])
        vacancy = graph.vacancy[mine]
        hers = Graph(np.array([0, len(vacancy)]), vacancy, graph.utility[mine], graph.vacancies)
        numbers = graph.people[mine], vacancy
        plain = ranked(graph.utility[mine], all_alike(hers), numbers, DAY)
        worth = priced(plain, night.price[vacancy], allowances(hers, plain, night.price)[hers.people])
        limit = limits(np.ones(len(vacancy), np.int64), night.times)
        order = one_list(hers, all_alike(hers), (plain, worth), (nobody, nobody), limit)
        assert vacancy[order].tolist() == night.vacancy[night.jobseeker == person].tolist()


def by_day(chances: list[float], elsewhere: tuple[list[int], list[int]], limit: int) -> list[int]:
    """One person's list by day, before vacancies that stand in so many others' shown and kept lists."""
    many = len(chances)
    graph = Graph(np.array([0, many]), np.arange(many), np.array(chances), many)
    plain = np.log(graph.utility)
    counts = np.array(elsewhere[0]), np.array(elsewhere[1])
    return one_list(graph, all_alike(graph), (plain, plain), counts, np.full(many, limit)).tolist()


def test_what_is_full_is_shown_to_who_would_lose_by_it_and_else_waits_behind_twenty() -> None:
    assert by_day([0.4], ([5], [5]), 5) == [0]
    chances = [0.9, *[0.1] * 20]
    assert by_day(chances, ([5, *[0] * 20], [5, *[0] * 20]), 5)[0] == 0
    chances = np.linspace(0.81, 0.79, 21).tolist()
    for kept_elsewhere, waiting in ((12, [0]), (13, [])):
        order = by_day(chances, ([5, *[0] * 20], [kept_elsewhere, *[0] * 20]), 5)
        assert order == [*range(1, 21), *waiting]
