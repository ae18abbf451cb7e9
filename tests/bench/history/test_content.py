"""People and vacancies that nobody has met: vectors from content, nearest contents, exactly as their formulas say."""

import numpy as np
import pytest
from scipy import sparse

from bench.history.content import alike, content_map, features


def some(rows: int = 30, columns: int = 12, seed: int = 0) -> sparse.csr_array:
    rng = np.random.default_rng(seed)
    return sparse.csr_array((rng.random((rows, columns)) < 0.4).astype(np.float32))


def everybody(rows: int = 30) -> np.ndarray:
    return np.ones(rows, np.bool_)


@pytest.mark.parametrize("stored", [np.asarray, sparse.csr_array])
def test_the_map_is_the_ridge_regression_of_centred_vectors(stored: type) -> None:
    content, vectors = some().toarray(), np.random.default_rng(1).random((30, 4)).astype(np.float32)
    found = content_map(sparse.csr_array(content), stored(vectors), 2.0)
    system = content.T @ content + 2.0 * np.eye(12)
    by_hand = np.linalg.solve(system, content.T @ (vectors - vectors.mean(axis=0)))
    np.testing.assert_allclose(found.weights, by_hand, atol=1e-4)
    np.testing.assert_allclose(
        found.vectors(sparse.csr_array(content)), content @ by_hand + vectors.mean(axis=0), atol=1e-4
    )


def test_a_content_without_features_stands_for_the_mean() -> None:
    vectors = np.float32([[1, 0], [3, 2]] * 15)
    found = content_map(some(), vectors, 1.0).vectors(sparse.csr_array((1, 12), dtype=np.float32))
    assert found.tolist() == [[2.0, 1.0]]


def test_new_rows_find_the_trade_that_their_content_names() -> None:
    trade = np.arange(30) % 2
    content = sparse.csr_array(np.eye(2, dtype=np.float32)[trade])
    vectors = np.float32([[1, -1], [-1, 1]])[trade]
    found = content_map(content, vectors, 0.1).vectors(sparse.csr_array(np.eye(2, dtype=np.float32)))
    assert (found.argmax(axis=1) == [0, 1]).all()


def test_rarity_is_counted_only_where_one_may_learn() -> None:
    content, known = some(), np.arange(30) < 20
    changed = content.toarray()
    changed[20:] = 1
    plain = features(content, known)[:20].toarray()
    np.testing.assert_array_equal(plain, features(sparse.csr_array(changed), known)[:20].toarray())


def test_rows_are_as_long_as_each_other_and_rare_features_are_left_out() -> None:
    content = some().toarray()
    content[:, 0], content[0, 0], content[:, 1], content[1, :] = 0, 1, 1, 0
    found = features(sparse.csr_array(content), everybody()).toarray()
    assert not found[:, 0].any()
    assert not found[1].any()
    np.testing.assert_allclose(np.linalg.norm(np.delete(found, 1, axis=0), axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("keep", [1, 5, 100])
def test_the_nearest_are_those_of_all_cosines(keep: int) -> None:
    known = features(some(), everybody())
    new = known[:7]
    cosines = (new @ known.T).toarray()
    found = alike(new, known, keep=keep).toarray()
    for row, own in zip(cosines, found, strict=True):
        best = np.sort(row)[::-1][:keep]
        np.testing.assert_allclose(np.sort(own)[::-1][: len(best)], best, rtol=1e-5)
    assert (np.count_nonzero(found, axis=1) <= keep).all()


def test_nobody_is_known_yet() -> None:
    nobody = sparse.csr_array((0, 12), dtype=np.float32)
    assert alike(some(), nobody).shape == (30, 0)
    assert alike(nobody, some()).shape == (0, 30)


def test_a_ridge_is_above_zero() -> None:
    with pytest.raises(ValueError, match="ridge is above 0"):
        content_map(some(), np.ones((30, 2), np.float32), 0.0)
