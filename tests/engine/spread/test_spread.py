"""Spreading: limits are kept, nobody is left with nothing, and the price makes the crowd fit."""

from itertools import pairwise

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching
from scipy.stats import poisson

from bench.spread_ours import expected_hires, rotate, spread
from tests.common.examples import examples
from tests.engine.crowds import crowd, graphs
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.spread.crowd import in_logs, market_prices
from visavis.engine.spread.graph import Graph, best_first
from visavis.engine.spread.hires import attention, capacities
from visavis.engine.spread.lists import ListBuilder, lists
from visavis.engine.spread.prices import prices


def most_placed(graph: Graph, limit: np.ndarray) -> int:
    """How many people can have one vacancy under the limits, by another library's matching."""
    places = np.repeat(np.arange(graph.vacancies), limit)
    people = graph.people
    pairs = [(p, k) for p, j in zip(people, graph.vacancy, strict=True) for k in np.flatnonzero(places == j)]
    if not pairs:
        return 0
    rows, columns = zip(*pairs, strict=True)
    shape = (graph.jobseekers, len(places))
    found = maximum_bipartite_matching(sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=shape))
    return int((found >= 0).sum())


@hypothesis.settings(max_examples=150)
@hypothesis.given(graphs(), st.integers(1, 4))
def test_limits_are_passed_only_when_somebody_would_have_nothing(drawn, k: int) -> None:
    graph, limit = drawn
    found = lists(graph, np.zeros(graph.vacancies), limit, k)
    stands = np.bincount(found.vacancy, minlength=graph.vacancies)
    with_pairs = int((np.diff(graph.starts) > 0).sum())
    assert len(np.unique(found.jobseeker)) == with_pairs
    assert found.over == with_pairs - most_placed(graph, limit)
    assert np.maximum(0, stands - limit).sum() == found.over
    assert np.bincount(found.jobseeker, minlength=1).max(initial=0) <= k
    pairs = set(zip(graph.people.tolist(), graph.vacancy.tolist(), strict=True))
    own = list(zip(found.jobseeker.tolist(), found.vacancy.tolist(), strict=True))
    assert len(set(own)) == len(own)
    assert set(own) <= pairs


@hypothesis.settings(max_examples=80)
@hypothesis.given(graphs(), st.integers(1, 4))
def test_without_price_limit_or_strength_a_list_is_the_best_k(drawn, k: int) -> None:
    graph, positions = drawn
    order = np.lexsort((graph.vacancy, -graph.utility, graph.people))
    best = order[np.arange(len(order)) - graph.starts[graph.people[order]] < k].tolist()
    free = lists(graph, np.zeros(graph.vacancies), np.full(graph.vacancies, 99), k)
    assert spread(graph, positions, strength=0.0, k=k).pair.tolist() == free.pair.tolist() == best


def test_at_the_price_the_crowd_fits_and_the_first_choices_are_spread() -> None:
    graph, capacity = crowd(), np.full(100, 4.0)
    found = prices(graph, capacity, outside=1.0)
    assert found.excess < 1e-3
    worth = (graph.utility - found.price[graph.vacancy]).reshape(-1, 20)
    best = worth.max(axis=1)
    blurred = np.exp((worth - best[:, None]) / 0.03)
    blurred /= (
        blurred.sum(axis=1, keepdims=True)
        + np.exp((graph.utility.reshape(-1, 20).max(1) - 1.0 - best) / 0.03)[:, None]
    )
    stands = np.bincount(graph.vacancy, blurred.ravel(), minlength=100)
    assert stands.max() < 4.0 * 1.05
    assert (found.price[60:] < found.price[:10].min()).all()
    plain = lists(graph, np.zeros(100), np.full(100, 999), 1)
    priced = lists(graph, prices(graph, capacity, epsilon=0.01, outside=1.0).price, np.full(100, 999), 1)
    above = [np.maximum(0, np.bincount(found.vacancy, minlength=100) - 4).sum() for found in (plain, priced)]
    assert above[1] < above[0] / 2


def test_more_strength_spreads_more_and_days_that_follow_differ_little() -> None:
    graph = crowd()
    days = [rotate(graph, day).utility for day in range(15)]
    assert max(np.abs(one - two).max() for one, two in pairwise(days)) < 0.02 * 2 * np.pi / 14 + 1e-9
    assert np.allclose(days[0], days[14])
    assert not np.allclose(days[0], days[7])
    graph, positions = crowd(), np.ones(100, np.int64)
    found = [spread(graph, positions, strength=strength, k=5) for strength in (0.0, 0.5, 1.0)]
    kept = [graph.utility[one.pair].mean() for one in found]
    most = [np.bincount(one.vacancy, minlength=100).max() for one in found]
    assert kept == sorted(kept, reverse=True)
    assert most[0] > most[1] > most[2]


def test_a_list_has_a_length_and_wrong_shapes_are_named() -> None:
    for k in [0, -1]:
        with pytest.raises(ValueError, match="k is at least 1"):
            lists(crowd(), np.zeros(100), np.ones(100, np.int64), k)
    with pytest.raises(ValueError, match="starts runs"):
        Graph(np.array([0, 3]), np.array([0]), np.array([0.5]), 1)
    with pytest.raises(ValueError, match="capacity"):
        prices(crowd(), np.ones(3))
    with pytest.raises(ValueError, match="utility is finite"):
        Graph(np.array([0, 1]), np.array([0]), np.array([np.nan]), 1)


def in_32_bits(graph: Graph) -> Graph:
    return Graph(
        graph.starts, graph.vacancy.astype(np.int32), graph.utility.astype(np.float32), graph.vacancies
    )


def test_prices_need_no_wide_numbers_and_start_from_yesterdays() -> None:
    graph = Graph(np.array([0, 2]), np.array([0, 1]), np.array([0.5, 0.4]), 2)
    assert market_prices(graph, np.array([5, 5])).price.tolist() == [0.0, 0.0]
    # Two people, one place: at a price of the outside option half of each stays away.
    graph = Graph(np.array([0, 1, 2]), np.array([0, 0]), np.array([0.9, 0.9]), 1)
    found = prices(graph, np.array([1.0]), epsilon=0.02, outside=2.0)
    assert found.price[0] == pytest.approx(2.0, abs=1e-3)
    graph, capacity = crowd(), np.full(100, 4.0)
    one, two = (prices(each, capacity, outside=0.5) for each in (graph, in_32_bits(graph)))
    assert np.abs(one.price - two.price).max() < 1e-3
    assert one.iterations == two.iterations
    graph, positions = crowd(), np.ones(100, np.int64)
    cold = market_prices(graph, positions)
    warm = market_prices(graph, positions, start=cold.price)
    assert warm.iterations < cold.iterations / 2


def test_hires_and_capacities_add_up() -> None:
    rate = np.array([0.0, 0.3, 2.0, 15.0])
    many = np.arange(200)
    for positions in (0, 1, 2, 7):
        right = [float(np.minimum(positions, many) @ poisson.pmf(many, one)) for one in rate]
        assert np.allclose(expected_hires(rate, np.full(4, positions)), right, atol=1e-9)
    graph, positions = in_logs(crowd()), np.random.default_rng(0).integers(0, 4, 100)
    found = capacities(graph, positions, k=5)
    assert found.sum() == pytest.approx(graph.with_pairs, rel=1e-3)
    assert (found[positions == 0] == 0).all()
    assert found[positions == 3].min() > found[positions == 1].min()
    assert attention(np.array([1]))[0] == 1.0


@hypothesis.settings(max_examples=examples(25))
@hypothesis.given(graphs(), st.integers(1, 5), st.booleans())
@hypothesis.example((crowd(), np.full(100, 30)), 8, False)
def test_loops_and_arrays_draw_the_same_lists(drawn: tuple[Graph, np.ndarray], k: int, small: bool) -> None:
    graph, limit = drawn
    own = in_32_bits(graph) if small else graph
    by_arrays, by_loops = (
        ListBuilder(own, np.zeros(graph.vacancies), limit, fast=fast).build(k) for fast in (False, AVAILABLE)
    )
    assert by_arrays.pair.tolist() == by_loops.pair.tolist()
    assert by_arrays.over == by_loops.over
    worth = own.utility - own.utility.dtype.type(0.4)
    right = np.lexsort((own.vacancy, -worth, own.people))
    assert best_first(own, worth).tolist() == right.tolist()


def test_lists_depend_on_nobodys_place_and_nobody_gets_many_before_all_had_a_few() -> None:
    """Four places, and one person whom all of them prefer to the other."""
    utility = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2])
    graph = Graph(np.array([0, 4, 8]), np.tile(np.arange(4), 2), utility, 4)
    found = lists(graph, np.zeros(4), np.ones(4, np.int64), 4)
    assert np.bincount(found.jobseeker).tolist() == [2, 2]
    graph, limit = crowd(), np.full(100, 20)
    turned = np.random.default_rng(1).permutation(400)
    pairs = (20 * turned[:, None] + np.arange(20)).ravel()
    other = Graph(graph.starts, graph.vacancy[pairs], graph.utility[pairs], 100)
    one, two = (lists(each, np.zeros(100), limit, 5) for each in (graph, other))
    assert sorted(one.pair.tolist()) == sorted(pairs[two.pair].tolist())
    empty = Graph(np.array([0, 0]), np.zeros(0, np.int64), np.zeros(0), 2)
    assert len(spread(empty, np.ones(2, np.int64)).pair) == 0
    assert len(lists(rotate(empty, 3), np.zeros(2), np.ones(2, np.int64), 2).pair) == 0
