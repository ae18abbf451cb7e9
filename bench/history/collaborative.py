"""Who applied or was hired where, as a signal: models of implicit feedback, each by its formula.

Input is one sparse matrix (`as_applied`): a row per person, a column per vacancy, and above 0 where the person
applied or was hired. Output is a model whose `scores(people)` gives one row of scores a person, so that a country is
scored block by block. A person or a vacancy without any history gets 0 everywhere: `blending.py` makes that neutral
and adds what content says.

The site walks from vacancy to person to vacancy (`engine/learned/paths.py`). Beside it: `factors.py` learns short
vectors (iALS); `ease` is a linear model with a closed form; `people_neighbours` and `vacancy_neighbours` are cosines;
`graph_filter` keeps the smooth part of the graph. All are deterministic: chance is a Generator passed in.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import linalg, sparse

from visavis.engine.arrays import IntArray
from visavis.engine.learned.paths import Scores, ThroughVacancies, dense, scaled, sums, without_diagonal

_SPECTRUM_ROUNDS = 10


class Model(Protocol):
    """What every model can do once learned."""

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people, one column for each vacancy."""
        ...


@dataclass(frozen=True)
class ThroughPeople:
    """Scores of a person: the sum over people like her of what they applied to.

    Attributes
    ----------
    weights : csr_array of float32, shape (N, N)
    applied : csr_array of float32, shape (N, M)
    """

    weights: sparse.csr_array
    applied: sparse.csr_array

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people."""
        return dense(self.weights[people] @ self.applied)


@dataclass(frozen=True)
class GraphFilter:
    """A linear part and a smooth part: see `graph_filter`."""

    linear: ThroughVacancies
    root: Scores
    vectors: Scores
    share: float

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people."""
        lowered = self.linear.applied[people] @ (self.vectors / self.root[:, None])
        smooth = (lowered @ self.vectors.T) * self.root
        both: Scores = self.linear.scores(people) + np.float32(self.share) * smooth
        return both


def popularity(applied: sparse.csr_array) -> ThroughPeople:
    """Score each vacancy by how many people applied: the same list for everybody, the floor of any comparison.

    >>> popularity(as_applied(np.array([[1, 1], [1, 0], [1, 0]]))).scores(np.array([2])).tolist()
    [[3.0, 1.0]]
    """
    counts = sparse.csr_array((applied > 0).sum(axis=0, dtype=np.float32).reshape(1, -1))
    everybody = sparse.csr_array(np.ones((applied.shape[0], 1), np.float32))
    return ThroughPeople(everybody, counts)


def ease(applied: sparse.csr_array, *, ridge: float = 100.0) -> ThroughVacancies:
    """Regress each vacancy on all others: B = I − P diag(1 / diag P), P = (XᵀX + ridge I)⁻¹.

    Parameters
    ----------
    applied : csr_array of float32, shape (N, M)
    ridge : float
        Above 0.

    Returns
    -------
    ThroughVacancies
        Dense M × M weights with a diagonal of exactly 0.

    References
    ----------
    Steck 2019, "Embarrassingly shallow autoencoders for sparse data", equation 8.

    Examples
    --------
    >>> model = ease(as_applied(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]])), ridge=1.0)
    >>> (3 * model.weights).round().tolist()
    [[0.0, 2.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    if ridge <= 0:
        raise ValueError(f"ridge is above 0, seen {ridge}")
    gram = (applied.T @ applied).toarray()
    np.fill_diagonal(gram, gram.diagonal() + np.float32(ridge))
    inverse = _inverse(gram)
    weights = inverse / -inverse.diagonal()
    np.fill_diagonal(weights, 0)
    return ThroughVacancies(applied, weights + np.float32(0))


def _inverse(positive: Scores) -> Scores:
    """Invert a symmetric positive definite matrix by Cholesky: half the work of a general inverse."""
    if not len(positive):
        return positive
    factor, _ = linalg.lapack.spotrf(positive, lower=1)
    lower, failed = linalg.lapack.spotri(factor, lower=1)
    if failed:
        raise ValueError("the matrix is not positive definite: a larger ridge is needed")
    full: Scores = np.tril(lower) + np.tril(lower, -1).T
    return full


def vacancy_neighbours(
    applied: sparse.csr_array, *, keep: int = 100, shrink: float = 10.0
) -> ThroughVacancies:
    """Sum the likeness of a vacancy to those the person applied to (ItemKNN); see `_likeness`.

    References
    ----------
    Sarwar, Karypis, Konstan and Riedl 2001; the shrinkage after Ferrari Dacrema et al. 2019.
    """
    return ThroughVacancies(applied, _likeness(applied.T.tocsr(), keep, shrink).T.tocsr())


def people_neighbours(applied: sparse.csr_array, *, keep: int = 100, shrink: float = 10.0) -> ThroughPeople:
    """Sum what the people most like a person applied to, weighted by likeness (UserKNN); see `_likeness`.

    References
    ----------
    Resnick et al. 1994; the form for implicit feedback after Ferrari Dacrema et al. 2019.
    """
    return ThroughPeople(_likeness(applied, keep, shrink), applied)


def _likeness(rows: sparse.csr_array, keep: int, shrink: float) -> sparse.csr_array:
    """Return a·b / (|a| |b| + shrink), the `keep` largest of each row; ties at the end are all kept."""
    lengths = np.sqrt(np.maximum(rows.power(2).sum(axis=1), 0.0)).astype(np.float32)
    found = without_diagonal((rows @ rows.T).tocsr())
    left = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    found.data = found.data / (lengths[left] * lengths[found.indices] + np.float32(shrink))
    order = np.lexsort((-found.data, left))
    place = np.arange(len(order)) - found.indptr[left]
    last = np.full(found.shape[0], -np.inf, np.float32)
    at_end = order[place == keep - 1]
    last[left[at_end]] = found.data[at_end]
    found.data[found.data < last[left]] = 0
    found.eliminate_zeros()
    return found


def graph_filter(
    applied: sparse.csr_array, rng: np.random.Generator, *, size: int = 256, share: float = 0.3
) -> GraphFilter:
    """Filter what a person applied to by the graph: s = x (R̃ᵀR̃ + share D^−½ V Vᵀ D^½).

    R̃ = Dᵤ^−½ X Dᵢ^−½; V holds the `size` first right singular vectors of R̃ (an ideal low-pass filter).

    Parameters
    ----------
    applied : csr_array of float32, shape (N, M)
    rng : Generator
        Where the search for singular vectors starts; the result hardly depends on it.
    size : int
    share : float
        At least 0: the weight of the smooth part.

    References
    ----------
    Shen et al. 2021, "How powerful is graph convolution for recommendation?" (GF-CF), equation 12;
    Halko, Martinsson and Tropp 2011, algorithm 4.4, for the singular vectors.
    """
    root = np.sqrt(sums(applied, axis=0))
    normal = scaled(applied, np.reciprocal(np.sqrt(sums(applied, axis=1))), np.reciprocal(root))
    linear = ThroughVacancies(applied, (normal.T @ normal).tocsr())
    return GraphFilter(linear, root, _right_vectors(normal, size, rng), share)


def _right_vectors(matrix: sparse.csr_array, size: int, rng: np.random.Generator) -> Scores:
    """Return the first right singular vectors, by subspace iteration on a few more than asked."""
    size = min(size, *matrix.shape)
    width = min(size + 32, *matrix.shape)
    basis = rng.normal(size=(matrix.shape[1], width)).astype(np.float32)
    turned = matrix.T.tocsr()
    for _ in range(_SPECTRUM_ROUNDS):
        basis = np.linalg.qr(turned @ (matrix @ basis))[0]
    _, vectors = np.linalg.eigh(np.asarray((matrix @ basis).T @ (matrix @ basis), np.float64))
    first: Scores = basis @ vectors[:, ::-1][:, :size].astype(np.float32)
    return first
