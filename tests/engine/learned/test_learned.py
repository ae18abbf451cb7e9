"""The learned score: its parts sum to it, it is monotone, what is unknown is neutral, and it begins as the experts'."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from tests.engine import markets
from visavis.engine import weights as w
from visavis.engine.explain.reasons import explain
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.learned.model import (
    FEATURES,
    HISTORY,
    LEAST_CHANCE,
    MOST_WEIGHT,
    SHARE_NAMES,
    Head,
    Learned,
    mean_slopes,
    prior_head,
)
from visavis.engine.learned.reasons import retold
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.market import Market
from visavis.engine.score.score import PART_NAMES, rounded

P = len(PART_NAMES)


def some_parts(n: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    parts = rounded(rng.normal(0, 1, (n, P)) * (rng.random((n, P)) < 0.7))
    parts[:, 0] = w.BASE
    return parts


def some_heads(seed: int) -> Learned:
    rng = np.random.default_rng(seed)
    several = [Head(float(rng.normal()), rng.uniform(0, MOST_WEIGHT, len(FEATURES))) for _ in range(2)]
    return Learned(*several)


@given(st.integers(0, 10_000), st.integers(1, P - 1), st.floats(0, 3))
def test_parts_sum_to_the_score_exactly_and_a_better_fact_lowers_none(seed, column, more) -> None:
    rng = np.random.default_rng(seed)
    parts, heads = some_parts(40, seed), some_heads(seed)
    found = heads.rescored(parts, rng.random(40))
    assert (found.shares.sum(axis=1, dtype=np.float32) == found.score).all()
    mixed = found.shares[:, rng.permutation(len(SHARE_NAMES))]
    assert (mixed.sum(axis=1, dtype=np.float32) == found.score).all()
    assert (found.shares / w.LOGIT_STEP % 1 == 0).all()
    better = parts.copy()
    better[:, column] = rounded(better[:, column] + more)
    before, after = heads.rescored(parts), heads.rescored(better)
    assert (after.hers >= before.hers).all() and (after.theirs >= before.theirs).all()
    assert (after.score >= before.score).all()
    # What is unknown adds exactly nothing, and a part keeps its sign.
    own = before.shares[:, 1:P]
    assert (own[parts[:, 1:] == 0] == 0).all()
    assert (own * np.sign(parts[:, 1:]) >= 0).all()
    assert (before.shares[:, SHARE_NAMES.index(HISTORY)] == 0).all()


def test_the_score_is_the_logit_of_both_chances_and_the_base_that_of_the_start() -> None:
    found = some_heads(1).rescored(some_parts(500) / 4)
    both = found.hers * found.theirs
    assert np.abs(np.log(both / (1 - both)) - found.score).max() < 1e-4
    heads = some_heads(7)
    hers, theirs = heads.hers.intercept, heads.theirs.intercept
    start = hers + theirs - np.log1p(np.exp(hers) + np.exp(theirs))
    assert np.abs(heads.rescored(some_parts(500)).shares[:, 0] - start).max() < 0.02


def test_without_answers_pairs_stand_in_the_order_of_the_experts_and_rise_as_fast() -> None:
    parts = some_parts(5_000)
    found = Learned.prior().rescored(parts)
    experts = np.argsort(-parts.sum(axis=1), kind="stable")
    ranked = found.score[experts]
    assert (np.diff(ranked) <= 0).all()
    at_base = Learned.prior().rescored(np.array([[w.BASE] + [0.0] * (P - 1)]))
    assert at_base.score[0] == pytest.approx(w.BASE, abs=2 * w.LOGIT_STEP)
    parts = np.zeros((2, P))
    parts[:, 0], parts[1, 1] = w.BASE, 1 / 64
    low, high = Learned.prior().rescored(parts).score
    assert 64 * (high - low) == pytest.approx(1.0, abs=0.01)


def test_chances_are_never_0_nor_1_and_heads_survive_json() -> None:
    heads = Learned(*[Head(15.0, np.full(len(FEATURES), MOST_WEIGHT)) for _ in range(2)])
    extremes = np.array([[0.0] + [4.0] * (P - 1), [0.0] + [-16.0] * (P - 1)])
    found = heads.rescored(extremes)
    for chance in (found.hers, found.theirs):
        assert chance.max() == 1 - LEAST_CHANCE and chance.min() == LEAST_CHANCE
    assert np.isfinite(found.score).all() and np.isfinite(found.shares).all()
    heads = some_heads(2)
    assert Learned.from_dict(heads.as_dict()).as_dict() == heads.as_dict()
    older = heads.as_dict()
    del older["hers"]["weights"]["pay"]
    place = FEATURES.index("pay")
    assert Learned.from_dict(older).hers.weights[place] == prior_head().weights[place]


def test_a_pair_scores_the_same_alone_and_among_a_million() -> None:
    parts, heads = some_parts(10_000).astype(np.float32), some_heads(3)
    history = np.random.default_rng(1).random(10_000)
    assert (heads.hers.weights / w.LOGIT_STEP % 1 == 0).all() and heads.hers.intercept / w.LOGIT_STEP % 1 == 0
    whole = heads.rescored(parts, history)
    for n in (0, 1, 4_095, 4_096, 9_999):
        alone = heads.rescored(parts[n : n + 1], history[n : n + 1])
        assert alone.score[0] == whole.score[n] and (alone.shares[0] == whole.shares[n]).all()
    np.testing.assert_array_equal(heads.scores(parts, history), whole.score)
    again = heads.rescored(parts, history)
    assert again.score.tobytes() == whole.score.tobytes() and again.shares.tobytes() == whole.shares.tobytes()


def test_slopes_are_the_integral_on_the_straight_way() -> None:
    rng = np.random.default_rng(5)
    for _ in range(30):
        start, end = rng.uniform(-2, 2, 2), rng.uniform(-6, 6, 2)

        def slope(t: float, side: int, start=start, end=end) -> float:
            u, v = start + t * (end - start)
            return float(1 - np.exp((u, v)[side]) / (1 + np.exp(u) + np.exp(v)))

        found = mean_slopes((start[0], start[1]), (end[:1], end[1:]))
        for side in (0, 1):
            assert float(found[side][0]) == pytest.approx(quad(slope, 0, 1, args=(side,))[0], abs=1e-3)


def test_weights_out_of_reason_and_shapes_that_do_not_fit_are_refused() -> None:
    for bad in (-0.1, MOST_WEIGHT + 0.1, nan):
        weights = np.ones(len(FEATURES))
        weights[3] = bad
        with pytest.raises(ValueError, match="weights"):
            Head(0.0, weights)
    prior = Learned.prior()
    for parts, history, wrong in ((P + 1, None, "parts of shape"), (P, np.zeros(3), "history of shape")):
        for ask in (prior.rescored, prior.scores):
            with pytest.raises(ValueError, match=wrong):
                ask(np.zeros((2, parts)), history)
    assert len(prior.rescored(np.zeros((0, P)))) == 0


@given(
    st.lists(markets.jobseekers(), min_size=1, max_size=4),
    st.lists(markets.vacancies(), min_size=1, max_size=4),
    st.integers(0, 99),
)
def test_reasons_add_up_to_the_learned_score_of_the_same_pair(people, work, seed) -> None:
    market = Market(
        jobseeker_columns(people), vacancy_columns(work), today=markets.TODAY, occupation_links=markets.LINKS
    )
    matches, heads = top_vacancies(market, 9), some_heads(seed)
    history = np.random.default_rng(seed).random(len(matches))
    score = heads.scores(matches.parts, history)
    for reasons, expected in zip(retold(heads, explain(market, matches), history), score, strict=True):
        assert sum(reason.logit for reason in reasons) == expected
        assert all(reason.logit != 0 or reason.kind == "gap_skill" for reason in reasons)
