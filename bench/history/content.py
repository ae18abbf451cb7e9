"""Those whom nobody has met yet: what their content says, learned from people and vacancies that have a history.

Two ways, for people as for vacancies. `content_map` learns which vector a content stands for, by ridge regression;
`alike` finds those with a history whose content is nearest. `features` makes the contents comparable.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from visavis.engine.arrays import BoolArray
from visavis.engine.learned.paths import Scores

_ROWS_AT_ONCE = 1024


@dataclass(frozen=True)
class ContentMap:
    """The vector that each feature adds, shape (F, d), and that of a content without any, shape (d,)."""

    weights: Scores
    base: Scores

    def vectors(self, content: sparse.csr_array) -> Scores:
        """Return one vector for each row of content."""
        found: Scores = content @ self.weights + self.base
        return found


def features(content: sparse.csr_array, known: BoolArray, *, least: int = 3) -> sparse.csr_array:
    """Weigh features by how rare they are among those known, and make all rows as long as each other.

    Parameters
    ----------
    content : csr_array, shape (n, F)
        Above 0 where the row has the feature.
    known : array of bool, shape (n,)
        The rows that may be learned from; rarity is counted there.
    least : int
        A feature that fewer of them have is left out.

    References
    ----------
    Spärck Jones 1972, with the smoothing ln((1 + n) / (1 + df)) + 1.

    Examples
    --------
    >>> rows = sparse.csr_array(np.array([[1, 1, 0], [1, 0, 1], [1, 1, 1]], np.float32))
    >>> features(rows, np.array([True, True, False]), least=1).toarray()[0].astype(float).round(2).tolist()
    [0.58, 0.81, 0.0]
    """
    has = sparse.csr_array(content > 0, dtype=np.float32)
    counts = np.bincount(has[np.flatnonzero(known)].indices, minlength=has.shape[1])
    rarity = np.where(counts >= least, np.log((1 + known.sum()) / (1 + counts)) + 1, 0).astype(np.float32)
    has.data = rarity[has.indices]
    has.eliminate_zeros()
    lengths = np.sqrt(has.power(2).sum(axis=1)).astype(np.float32)
    has.data /= np.repeat(lengths, np.diff(has.indptr))
    return has


def content_map(content: sparse.csr_array, vectors: Scores | sparse.csr_array, ridge: float) -> ContentMap:
    """Learn the vector of a content: W = (XᵀX + ridge I)⁻¹ Xᵀ (V − mean V), from rows that have both.

    Parameters
    ----------
    content : csr_array of float32, shape (n, F)
    vectors : array or csr_array of float32, shape (n, d)
        Vectors of `factors`, or who applied where: then a content gives a score for each column.
    ridge : float
        Above 0.

    References
    ----------
    Gantner, Drumond, Freudenthaler, Rendle and Schmidt-Thieme 2010, "Learning attribute-to-feature mappings for
    cold-start recommendations".

    Examples
    --------
    >>> content, vectors = sparse.csr_array(np.eye(2, dtype=np.float32)), np.float32([[0], [2]])
    >>> content_map(content, vectors, 1e-6).vectors(content).round(3).tolist()
    [[0.0], [2.0]]
    """
    if ridge <= 0:
        raise ValueError(f"ridge is above 0, seen {ridge}")
    base = np.asarray(vectors.mean(axis=0), np.float32).ravel()
    gram = (content.T @ content).toarray().astype(np.float32)
    gram[np.diag_indices_from(gram)] += ridge
    product = content.T @ vectors
    right = product if isinstance(product, np.ndarray) else product.toarray()
    right = right - np.outer(np.asarray(content.sum(axis=0)).ravel(), base)
    weights = linalg.cho_solve(linalg.cho_factor(gram, overwrite_a=True), right)
    return ContentMap(weights.astype(np.float32), base)


def alike(new: sparse.csr_array, known: sparse.csr_array, *, keep: int = 100) -> sparse.csr_array:
    """Return how alike each new row is to its `keep` nearest known ones, by cosine of `features`.

    >>> new, known = (sparse.csr_array(np.float32(rows)) for rows in ([[0.6, 0.8]], [[1, 0], [0, 1]]))
    >>> alike(new, known, keep=1).toarray().astype(float).round(2).tolist()
    [[0.0, 0.8]]
    """
    keep = min(keep, known.shape[0])
    rows, columns, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.float32)]
    for start in range(0, new.shape[0], _ROWS_AT_ONCE):
        cosines = (new[start : start + _ROWS_AT_ONCE] @ known.T).toarray()
        nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :keep]
        rows.append(np.repeat(np.arange(start, start + len(cosines)), keep))
        columns.append(nearest.ravel())
        values.append(np.take_along_axis(cosines, nearest, axis=1).ravel())
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    found = sparse.csr_array(entries, shape=(new.shape[0], known.shape[0]))
    found.eliminate_zeros()
    return found
