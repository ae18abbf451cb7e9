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


def test_the_map_is_the_ridge_regression_of_centred_vectors() -> None:
    content, vectors = some().toarray(), np.random.default_rng(1).random((30, 4)).astype(np.float32)
    system = content.T @ content + 2.0 * np.eye(12)
    by_hand = np.linalg.solve(system, content.T @ (vectors - vectors.mean(axis=0)))
    for stored in (np.asarray, sparse.csr_array):
        found = content_map(sparse.csr_array(content), stored(vectors), 2.0)
        np.testing.assert_allclose(found.weights, by_hand, atol=1e-4)
        expected = content @ by_hand + vectors.mean(axis=0)
        np.testing.assert_allclose(found.vectors(sparse.csr_array(content)), expected, atol=1e-4)
    # A content without features stands for the mean.
    vectors = np.float32([[1, 0], [3, 2]] * 15)
    found = content_map(some(), vectors, 1.0).vectors(sparse.csr_array((1, 12), dtype=np.float32))
    assert found.tolist() == [[2.0, 1.0]]
    with pytest.raises(ValueError, match="ridge is above 0"):
        content_map(some(), vectors, 0.0)


def test_rarity_is_counted_only_where_one_may_learn_and_rows_are_as_long_as_each_other() -> None:
    content, known = some(), np.arange(30) < 20
    changed = content.toarray()
    changed[20:] = 1
    plain = features(content, known)[:20].toarray()
    np.testing.assert_array_equal(plain, features(sparse.csr_array(changed), known)[:20].toarray())
    content = some().toarray()
    content[:, 0], content[0, 0], content[:, 1], content[1, :] = 0, 1, 1, 0
    found = features(sparse.csr_array(content), everybody()).toarray()
    assert not found[:, 0].any()
    assert not found[1].any()
    np.testing.assert_allclose(np.linalg.norm(np.delete(found, 1, axis=0), axis=1), 1, rtol=1e-5)


def test_the_nearest_are_those_of_all_cosines() -> None:
    known = features(some(), everybody())
    new = known[:7]
    cosines = (new @ known.T).toarray()
    for keep in (1, 5, 100):
        found = alike(new, known, keep=keep).toarray()
        for row, own in zip(cosines, found, strict=True):
            best = np.sort(row)[::-1][:keep]
            np.testing.assert_allclose(np.sort(own)[::-1][: len(best)], best, rtol=1e-5)
        assert (np.count_nonzero(found, axis=1) <= keep).all()
    nobody = sparse.csr_array((0, 12), dtype=np.float32)
    assert alike(some(), nobody).shape == (30, 0)
    assert alike(nobody, some()).shape == (0, 30)
