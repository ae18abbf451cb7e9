"""The collaborative signal: known answers, formulas beside dense ones, order of rows without effect."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import sparse

from bench.history.blending import blend, combined, figures, quality, ranks
from bench.history.collaborative import (
    Model,
    ease,
    graph_filter,
    people_neighbours,
    popularity,
    vacancy_neighbours,
)
from bench.history.factors import FactorSettings, factors, loss, ridges, solve
from visavis.engine.learned.paths import as_applied, paths, standardised

SETTINGS = FactorSettings(size=8, unobserved=0.05, ridge=0.02, rounds=5)


def some(people: int = 40, vacancies: int = 30, share: float = 0.12, seed: int = 0) -> np.ndarray:
    """Who applied where, at random, some with a weight of 2; the last person and vacancy have no history."""
    rng = np.random.default_rng(seed)
    table = (rng.random((people, vacancies)) < share) * (1.0 + (rng.random((people, vacancies)) < 0.3))
    table[-1], table[:, -1] = 0, 0
    return table.astype(np.float32)


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


MODELS: dict[str, Callable[[sparse.csr_array], Model]] = {
    "popularity": popularity,
    "ease": lambda applied: ease(applied, ridge=2.0),
    "paths": lambda applied: paths(applied, beta=0.4, power=0.7),
    "vacancy neighbours": lambda applied: vacancy_neighbours(applied, keep=1000, shrink=1.0),
    "people neighbours": lambda applied: people_neighbours(applied, keep=1000, shrink=1.0),
    "graph filter": lambda applied: graph_filter(applied, rng(), size=1000, share=0.4),
    "factors": lambda applied: factors(applied, SETTINGS, rng()),
}


@pytest.mark.parametrize("name", MODELS)
def test_scores_follow_people_and_vacancies_in_any_order_and_are_zero_without_history(name: str) -> None:
    learn, table = MODELS[name], some()
    people, work = (np.random.default_rng(1).permutation(many) for many in table.shape)
    plain = learn(as_applied(table)).scores(np.arange(40))
    moved = learn(as_applied(table[people])).scores(np.arange(40))
    np.testing.assert_allclose(moved, plain[people], atol=2e-4)
    if name != "factors":
        moved = learn(as_applied(table[:, work])).scores(np.arange(40))
        np.testing.assert_allclose(moved, plain[:, work], atol=2e-4)
    assert np.isfinite(plain).all()
    assert np.abs(plain[:, -1]).max() < 1e-6
    assert name == "popularity" or np.abs(plain[-1]).max() < 1e-6
    for shape in ((3, 2), (1, 1)):
        nobody = learn(as_applied(np.zeros(shape, np.float32))).scores(np.arange(shape[0]))
        assert nobody.shape == shape
        assert not nobody.any()
    trades = np.kron(np.eye(2), np.ones((6, 5))).astype(np.float32)
    trades[0, 4] = 0
    apart = learn(as_applied(trades)).scores(np.array([0]))[0]
    assert name == "popularity" or apart[4] > apart[5:].max()


def test_what_is_applied_to_is_above_zero_and_impossible_settings_are_refused() -> None:
    for value in (-1.0, np.nan):
        with pytest.raises(ValueError, match="finite and above 0"):
            as_applied(np.array([[value]]))
    for wrong in ({"size": 0}, {"rounds": 0}, {"unobserved": 0.0}, {"ridge": -1.0}):
        with pytest.raises(ValueError, match="at least 1"):
            FactorSettings(**wrong)
    with pytest.raises(ValueError, match="ridge is above 0"):
        ease(as_applied(some()), ridge=0.0)


def test_ease_and_the_filter_are_those_of_dense_algebra() -> None:
    table, ridge = some().astype(float), 2.0
    weights = ease(as_applied(table), ridge=ridge).weights
    assert not np.diag(weights).any()
    for target in range(table.shape[1]):
        others = np.delete(np.arange(table.shape[1]), target)
        left = table[:, others]
        by_hand = np.linalg.solve(left.T @ left + ridge * np.eye(len(others)), left.T @ table[:, target])
        np.testing.assert_allclose(weights[others, target], by_hand, atol=1e-5)
    table, size, share = some().astype(float), 6, 0.4
    people, vacancies = (np.where(table.sum(axis=axis) > 0, table.sum(axis=axis), 1) for axis in (1, 0))
    normal = table / np.sqrt(np.outer(people, vacancies))
    vectors = np.linalg.svd(normal)[2][:size].T
    smooth = (table / np.sqrt(vacancies)) @ vectors @ vectors.T * np.sqrt(vacancies)
    found = graph_filter(as_applied(table), rng(), size=size, share=share).scores(np.arange(40))
    np.testing.assert_allclose(found, table @ normal.T @ normal + share * smooth, atol=2e-3)


def test_paths_are_those_of_a_dense_walk() -> None:
    table, beta, power = some(), 0.4, 0.7
    people, vacancies = (np.maximum(table.sum(axis=axis), 1e-9) for axis in (1, 0))
    weights = np.zeros((30, 30))
    for i in range(30):
        for j in range(30):
            if i != j and vacancies[j] > 1e-6:
                steps = (table[:, i] / vacancies[i]) ** power * (table[:, j] / people) ** power
                weights[i, j] = steps.sum() / vacancies[j] ** beta
    expected = (table / people[:, None]) ** power @ weights
    found = paths(as_applied(table), beta=beta, power=power).scores(np.arange(40))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_neighbours_are_the_most_alike_by_cosine() -> None:
    table, shrink = some().astype(float), 1.0
    lengths = np.linalg.norm(table, axis=1)
    for keep in (3, 1000):
        likeness = table @ table.T / (np.outer(lengths, lengths) + shrink)
        np.fill_diagonal(likeness, 0)
        last = np.sort(likeness, axis=1)[:, -min(keep, 40)]
        likeness[likeness < last[:, None] * (1 - 1e-6)] = 0
        found = people_neighbours(as_applied(table), keep=keep, shrink=shrink).scores(np.arange(40))
        np.testing.assert_allclose(found, likeness @ table, rtol=1e-4, atol=1e-5)
        mirrored = vacancy_neighbours(as_applied(table.T), keep=keep, shrink=shrink).scores(np.arange(30))
        np.testing.assert_allclose(mirrored, (likeness @ table).T, rtol=1e-4, atol=1e-5)


def test_each_side_is_solved_exactly_with_few_and_with_many_applications() -> None:
    table = some(share=0.3)
    table[0, :-1] = 1
    applied, others = as_applied(table), np.random.default_rng(2).normal(size=(30, 8)).astype(np.float32)
    found = solve(applied, others, SETTINGS)
    assert np.diff(applied.indptr).min() == 0
    assert 0 < np.diff(applied.indptr)[np.diff(applied.indptr) > 0].min() <= 8 < np.diff(applied.indptr).max()
    for row in range(40):
        system = 0.05 * others.T @ others + (others * table[row][:, None]).T @ others
        system += ridges(applied, SETTINGS)[row] * np.eye(8)
        np.testing.assert_allclose(found[row], np.linalg.solve(system, others.T @ table[row]), atol=1e-5)


def test_the_loss_and_the_ranks_are_those_of_plain_sums() -> None:
    table = some(6, 5, 0.4)
    applied = as_applied(table)
    learned = factors(applied, SETTINGS, rng())
    scores = learned.scores(np.arange(6)).astype(float)
    fit = (table * (1 - scores) ** 2).sum() + 0.05 * (scores**2).sum()
    costs = 0.02 * ((table > 0).sum(axis=1) + 0.05 * 5) @ (learned.people_vectors**2).sum(axis=1)
    costs += 0.02 * ((table > 0).sum(axis=0) + 0.05 * 6) @ (learned.vacancy_vectors**2).sum(axis=1)
    assert loss(applied, learned, SETTINGS) == pytest.approx(fit + costs, rel=1e-5)
    scores = np.random.default_rng(0).integers(0, 4, (12, 9)).astype(np.float32)
    held_out, seen = some(12, 9, 0.2, 1) > 0, some(12, 9, 0.3, 2) > 0
    seen &= ~held_out
    expected = [
        1 + sum(scores[u, j] >= scores[u, i] for j in range(9) if j != i and not seen[u, j])
        for u, i in zip(*np.nonzero(held_out), strict=True)
    ]
    found = ranks(scores, sparse.csr_array(seen), sparse.csr_array(held_out))
    assert found.tolist() == expected


def cut() -> tuple[list[np.ndarray], sparse.csr_array, sparse.csr_array]:
    """Parts of different quality, none of which says all, and what they are to find."""
    chance = np.random.default_rng(4)
    held_out = sparse.csr_array(some(60, 50, 0.05, 7) > 0)
    seen = sparse.csr_array(some(60, 50, 0.05, 8) > 0)
    seen = sparse.csr_array(seen.toarray() & ~held_out.toarray())
    noise = [chance.normal(size=(60, 50)).astype(np.float32) for _ in range(4)]
    parts = [
        standardised(own + held_out.toarray() * gain) for own, gain in zip(noise, (0, 1, 1.5, 1), strict=True)
    ]
    return parts, seen, held_out


def test_parts_that_know_different_things_are_better_together_and_no_other_is_added() -> None:
    parts, seen, held_out = cut()
    found = blend(parts, seen, held_out)
    assert found.value > found.alone.max() + 0.02
    assert (found.weights > 0).sum() >= 2
    perfect = standardised(parts[0] + 100 * held_out.toarray().astype(np.float32))
    found = blend([parts[0], perfect], seen, held_out)
    assert found.weights.tolist() == [0.0, 1.0]
    assert found.value == pytest.approx(2.0)


def test_new_people_and_vacancies_are_neutral_and_ranked_by_content() -> None:
    table = some()
    known = table.sum(axis=0) > 0
    part = standardised(factors(as_applied(table), SETTINGS, rng()).scores(np.arange(len(table))), known)
    content = np.random.default_rng(6).normal(size=part.shape).astype(np.float32)
    both = combined([part], np.array([2.0]), content)
    assert not part[-1].any()
    assert not part[:, -1].any()
    np.testing.assert_array_equal(both[-1], content[-1])
    np.testing.assert_array_equal(both[:, -1], content[:, -1])
    np.testing.assert_allclose(part[0, known].mean(), 0, atol=1e-5)
    np.testing.assert_allclose(part[0, known].std(), 1, atol=1e-4)
    assert not standardised(np.ones((2, 3), np.float32), np.zeros(3, np.bool_)).any()


def test_whatever_the_parts_the_blend_is_never_worse_than_the_best() -> None:
    for seed in range(3):
        chance = np.random.default_rng(seed)
        held_out, seen = some(30, 20, 0.1, seed) > 0, some(30, 20, 0.1, seed + 100) > 0
        wanted, before = sparse.csr_array(held_out), sparse.csr_array(seen & ~held_out)
        gains = chance.uniform(-1, 3, chance.integers(1, 6))
        parts = [
            standardised(np.round(chance.normal(size=(30, 20)) + gain * held_out, 1).astype(np.float32))
            for gain in gains
        ]
        found = blend(parts, before, wanted)
        alone = [quality(ranks(part, before, wanted), wanted) for part in parts]
        assert found.value >= max(alone)
        assert (found.weights >= 0).all()
        together = quality(ranks(combined(parts, found.weights), before, wanted), wanted)
        assert together == pytest.approx(found.value)


@pytest.mark.parametrize("lost", [True, False])
def test_what_is_gained_among_ten_is_not_lost_among_twenty(lost: bool) -> None:
    """Two parts for 400 people who look for two vacancies each: the second lifts the first of them.

    Where asked, it also puts the other one last, which the best part alone finds among 20.
    """
    chance = np.random.default_rng(3)
    held_out, second = np.zeros((2, 400, 200), np.float32)
    held_out[:, :2] = 1
    noise = chance.normal(0, 0.1, (400, 200)).astype(np.float32)
    first = -np.tile(np.arange(200, dtype=np.float32), (400, 1)) + noise
    first[:, 0] -= chance.uniform(3, 28, 400)
    first[:, 1] -= chance.uniform(14.0, 16.0, 400)
    second[:, 0] = second[:, 100:] = 1
    second[:, 1] = -1 if lost else 1
    parts, wanted = [standardised(first), standardised(second)], sparse.csr_array(held_out)
    nothing = sparse.csr_array(wanted.shape, dtype=np.float32)
    best, other = (
        figures(ranks(part, nothing, wanted), wanted).mean(axis=1) for part in (parts[0], parts[0] + parts[1])
    )
    assert other[2] > best[2] + 0.01
    assert (other[3] < best[3]) == lost
    assert (blend(parts, nothing, wanted).weights > 0).tolist() == [True, not lost]
