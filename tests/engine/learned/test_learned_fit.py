"""Heads learn from answers and reasons: towards the truth, from the experts', checked on later answers."""

import numpy as np
import pytest
from scipy.special import expit

from visavis.engine.learned.check import BINS, check
from visavis.engine.learned.fit import (
    LEAST_ASKED,
    LEAST_SLOPE,
    NO_REASON,
    Answers,
    FitSettings,
    _Posterior,
    calibration,
    fit,
)
from visavis.engine.learned.history import history_of
from visavis.engine.learned.lesson import EXPERTS, WAYS, is_surely_better, learn, ways_for
from visavis.engine.learned.model import FEATURES, MOST_WEIGHT, Head, prior_head
from visavis.engine.learned.paths import as_applied

F = len(FEATURES)
DISTANCE, SKILLS, PAY = (FEATURES.index(name) for name in ("distance", "skills", "pay"))


def answers_of(
    truth: Head, n: int, seed: int, *, with_reasons: bool = False, with_history: bool = False
) -> Answers:
    """Draw answers of a side that follows a head; a no names the part that weighs against most, often."""
    rng = np.random.default_rng(seed)
    features = rng.normal(0, 0.7, (n, F)) * (rng.random((n, F)) < 0.7)
    features[:, -1] = np.where(rng.random(n) < 0.5, rng.random(n), 0) if with_history else 0
    is_yes = rng.random(n) < expit(truth.log_odds(features))
    reason = np.full(n, NO_REASON)
    if with_reasons:
        named = np.hstack(
            [-truth.weights[[DISTANCE, SKILLS]] * features[:, [DISTANCE, SKILLS]], np.zeros((n, 1))]
        )
        drawn = (named + rng.gumbel(size=named.shape)).argmax(axis=1)
        reason = np.where(is_yes, NO_REASON, np.array([DISTANCE, SKILLS, F])[drawn])
    return Answers(features, is_yes, reason)


def truth_of(**weights: float) -> Head:
    values = np.full(F, 0.2)
    for name, value in weights.items():
        values[FEATURES.index(name)] = value
    return Head(0.5, values)


def off(head: Head, truth: Head) -> float:
    return float(np.abs(head.weights - truth.weights)[:-1].mean())


def test_without_answers_the_experts_weights_stay_and_too_few_teach_nothing() -> None:
    none = Answers(np.zeros((0, F)), np.zeros(0, bool), np.zeros(0, np.int64))
    found = fit(none)
    assert np.abs(found.head.weights - prior_head().weights).max() < 1e-4
    assert found.head.intercept == pytest.approx(prior_head().intercept, abs=1e-4)
    with pytest.raises(ValueError, match="at least 100"):
        learn(answers_of(truth_of(), 99, 1), np.random.default_rng(0))
    plain = answers_of(truth_of(), 200, 1)
    assert not any(WAYS[way].history for way in ways_for(plain))
    assert set(ways_for(answers_of(truth_of(), 200, 1, with_history=True))) == set(WAYS)


def test_more_answers_bring_weights_nearer_to_the_truth_and_reasons_teach_their_part() -> None:
    truth = truth_of(distance=1.5, skills=0.0)
    found = [off(fit(answers_of(truth, n, 1)).head, truth) for n in (100, 1_000, 20_000)]
    assert found[0] > found[1] > found[2] < 0.05
    truth = truth_of(distance=1.6, skills=0.1)
    errors = {}
    for share in (0.0, 1.0):
        several = [answers_of(truth, 250, seed, with_reasons=True) for seed in range(8)]
        heads = [fit(one, FitSettings(reasons=share)).head for one in several]
        errors[share] = np.mean([abs(head.weights[DISTANCE] - 1.6) for head in heads])
    assert errors[1.0] < 0.9 * errors[0.0]


def test_weights_stay_at_least_0_and_what_she_said_she_wants_is_never_learned_away() -> None:
    drawn = answers_of(truth_of(), 3_000, 4)
    against = np.random.default_rng(0).random(3_000) < expit(-2 * drawn.features[:, SKILLS])
    found = fit(Answers(drawn.features, against, drawn.reason))
    assert (
        found.head.weights[SKILLS] == 0 and found.low[SKILLS] == 0 and found.head.weights.max() <= MOST_WEIGHT
    )
    # Half of what the experts gave the occupation and the title stays, whatever answers say, calibrated or not.
    drawn = answers_of(truth_of(occupation=0.0, title=0.0), 3_000, 5)
    for head in (fit(drawn).head, learn(drawn, np.random.default_rng(0)).fitted.head):
        assert (head.weights[:2] >= LEAST_ASKED - 1e-4).all()


def test_the_slope_and_the_curvature_are_those_of_the_posterior() -> None:
    posterior = _Posterior(
        answers_of(truth_of(distance=1.0), 60, 5, with_reasons=True), FitSettings(reasons=0.7)
    )
    point = posterior.centre + np.random.default_rng(1).normal(0, 0.3, len(posterior.centre))
    slope, curvature = posterior.value(point)[1], posterior.curvature(point)
    for place in range(len(point)):
        step = np.zeros(len(point))
        step[place] = 1e-5
        ahead, behind = posterior.value(point + step), posterior.value(point - step)
        assert (ahead[0] - behind[0]) / 2e-5 == pytest.approx(slope[place], rel=1e-4, abs=1e-4)
        assert (ahead[1] - behind[1]) / 2e-5 == pytest.approx(curvature[place], rel=1e-3, abs=1e-3)


def test_intervals_hold_the_truth_as_often_as_they_say_and_a_line_mends_what_was_too_sure() -> None:
    truth = Head(0.5, prior_head().weights)
    inside = []
    for seed in range(12):
        found = fit(answers_of(truth, 600, seed))
        inside.append((found.low <= truth.weights) & (truth.weights <= found.high))
    assert np.mean(inside) > 0.93
    rng = np.random.default_rng(2)
    odds = rng.normal(0, 1, 5_000)
    is_yes = rng.random(5_000) < expit(odds)
    found = calibration(3 * odds + 1, is_yes, strength=10.0)
    firm = calibration(3 * odds + 1, is_yes)
    assert found.slope < firm.slope < 0.5
    assert found.slope == pytest.approx(1 / 3, abs=0.05) and found.shift == pytest.approx(-1 / 3, abs=0.1)
    assert calibration(-odds, is_yes, strength=1.0).slope == LEAST_SLOPE > 0


def test_a_lesson_beats_the_experts_and_its_blend_is_never_worse_than_a_part() -> None:
    truth = truth_of(distance=1.6, skills=0.0, occupation=0.1)
    lesson = learn(answers_of(truth, 6_000, 6, with_reasons=True), np.random.default_rng(0))
    assert lesson.way != EXPERTS and lesson.is_worth_it
    assert lesson.check.log_loss < lesson.experts.log_loss
    assert lesson.check.gap < lesson.check.gap_by_luck + 0.02
    assert off(lesson.fitted.head, truth) < 0.1
    for seed, with_history in ((7, False), (8, True)):
        drawn = answers_of(
            truth_of(history=2.5 if with_history else 0.0), 4_000, seed, with_history=with_history
        )
        lesson = learn(drawn, np.random.default_rng(0))
        best = min(lesson.losses.values())
        assert lesson.losses[lesson.way] == best or lesson.way == EXPERTS
        assert ("history" in lesson.way) == with_history


def test_no_answer_of_the_last_fold_is_seen_before_the_check() -> None:
    drawn = answers_of(truth_of(distance=1.5), 1_000, 9)
    changed = Answers(
        drawn.features, np.where(np.arange(1_000) < 800, drawn.is_yes, ~drawn.is_yes), drawn.reason
    )
    one, other = (learn(some, np.random.default_rng(0)) for some in (drawn, changed))
    assert one.losses == other.losses and one.first_held_out == 800
    if one.way == other.way:
        assert (one.earlier.weights == other.earlier.weights).all()


def test_a_way_is_taken_where_it_is_surely_better_and_reliability_counts_every_answer() -> None:
    rng = np.random.default_rng(3)
    chance = rng.random(1_003)
    found = check(chance, rng.random(1_003) < chance, rng)
    assert len(found.bins) == BINS and sum(one.answers for one in found.bins) == 1_003
    assert all(one.low <= one.happened <= one.high for one in found.bins)
    assert found.gap_low <= found.gap_high and found.gap < 3 * found.gap_by_luck
    odds, is_yes = np.zeros(400), np.arange(400) % 2 == 0
    surely = np.where(is_yes, 0.5, -0.5)
    hardly = surely * np.where(np.arange(400) % 20 < 11, 1, -1)
    assert is_surely_better(surely, odds, is_yes)
    assert not is_surely_better(hardly, odds, is_yes)


def test_history_is_neutral_for_who_is_new_and_finds_one_s_own_kind() -> None:
    rng = np.random.default_rng(4)
    taste = np.arange(60) % 2
    applied = ((taste[:, None] == np.arange(40) % 2) & (rng.random((60, 40)) < 0.3)).astype(np.float32)
    applied[0], applied[:, 0] = 0, 0
    people, work = np.repeat(np.arange(60), 40), np.tile(np.arange(40), 60)
    found = history_of(as_applied(applied), people, work).reshape(60, 40)
    assert (found[0] == 0).all() and (found[:, 0] == 0).all()
    assert found.min() >= 0 and found.max() <= 1
    same = taste[:, None] == np.arange(40) % 2
    new = applied == 0
    assert found[same & new].mean() > 0.1 > found[~same].mean() == 0
