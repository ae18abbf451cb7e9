"""The bench of scale: each peer does the same work, and the judge sees what is wrong."""

from functools import partial

import numpy as np
import pytest

from bench import scale_composite, scale_dense, scale_market, scale_ours, scale_tables
from bench.scale_growth import _exponent
from visavis.engine.score.constraints import CONSTRAINTS, only_feasible
from visavis.engine.score.pairs import Pairs

K = 5
PEERS = [
    scale_dense.numpy_blocks,
    scale_dense.kd_tree,
    scale_dense.faiss_bitmap,
    scale_dense.faiss_array,
    scale_dense.usearch_exact,
    scale_tables.duckdb_join,
    scale_tables.polars_join,
]


@pytest.fixture(scope="module")
def market():
    return scale_market.with_five(scale_market.drawn(60, 3_000, 3))


@pytest.fixture(scope="module")
def vectors(market):
    return scale_market.vectors(market, 3)


def refusing(*_pairs):
    """Score nothing but the true lists."""
    return np.full(len(_pairs[0]), -np.inf)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.__name__)
def test_each_peer_finds_the_nearest_that_keep_the_constraints(peer, market, vectors):
    for module in ("faiss", "usearch", "duckdb", "polars"):
        pytest.importorskip(module)
    lists = peer(scale_market.work_of(market), vectors, K)(60)
    truth = scale_market.nearest_truth(market, vectors, K)
    assert scale_market.judged(lists, truth, refusing, 0.0) == (1.0, 0)
    assert sum(len(one) for one in lists) == sum(len(one) for one in truth.lists)


def test_all_pairs_by_matrices_give_the_lists_of_the_score():
    whole = scale_market.drawn(60, 3_000, 3)
    lists = scale_composite.AllPairs(whole, K).lists(60)
    _, truth = scale_ours.readable(whole, K)

    def score(who, what):
        return scale_ours.worth(whole, who, what)

    assert scale_market.judged(lists, truth, score, scale_composite.OFF) == (1.0, 0)


def test_the_judge_sees_a_wrong_vacancy_and_only_five_constraints_refuse_anybody(market, vectors) -> None:
    truth = scale_market.nearest_truth(market, vectors, K)
    lists = [one.copy() for one in truth.lists]
    who = next(i for i, one in enumerate(lists) if len(one) == K)
    lists[who][0] = np.setdiff1d(np.arange(3_000), lists[who])[0]
    recall, off = scale_market.judged(lists, truth, partial(scale_ours.likeness, market, vectors), 1e-6)
    assert recall < 1 and off == 1
    pairs = Pairs.of(market, np.repeat(np.arange(60), 100), np.tile(np.arange(100), 60))
    five = pairs
    for name in ("contract", "licences", "conditions", "pay", "distance"):
        five = five.where(CONSTRAINTS[name](five))
    assert 0 < len(five) < len(pairs)
    assert len(only_feasible(pairs)) == len(five)
    rows = [{"part": "dense", "feasible": x, "us_a_person": 3 * x**0.7} for x in (10.0, 100.0, 500.0)]
    assert _exponent(rows, "dense") == pytest.approx(0.7)
