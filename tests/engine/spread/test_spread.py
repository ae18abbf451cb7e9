"""Spreading: limits are kept, nobody is left with nothing, and the price makes the crowd fit."""

from itertools import pairwise

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from bench.spread_ours import rotate
from tests.engine.crowds import crowd, graphs
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.lists import lists
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
def test_limits_are_passed_only_when_somebody_would_have_nothing(
    drawn: tuple[Graph, np.ndarray], k: int
) -> None:
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


@hypothesis.settings(max_examples=60)
@hypothesis.given(graphs())
def test_without_price_or_limit_a_list_is_the_best_k(drawn: tuple[Graph, np.ndarray]) -> None:
    graph, _limit = drawn
    found = lists(graph, np.zeros(graph.vacancies), np.full(graph.vacancies, 99), 3)
    for person in range(graph.jobseekers):
        row = slice(graph.starts[person], graph.starts[person + 1])
        best = sorted(zip(-graph.utility[row], graph.vacancy[row], strict=True))[:3]
        assert found.vacancy[found.jobseeker == person].tolist() == [vacancy for _worth, vacancy in best]


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


def test_days_that_follow_each_other_differ_little_and_the_order_comes_back() -> None:
    graph = crowd()
    days = [rotate(graph, day).utility for day in range(15)]
    assert max(np.abs(one - two).max() for one, two in pairwise(days)) < 0.02 * 2 * np.pi / 14 + 1e-9
    assert np.allclose(days[0], days[14])
    assert not np.allclose(days[0], days[7])


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
