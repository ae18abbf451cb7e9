"""Who applied or was hired where, as a signal: models of implicit feedback, each by its formula.

Input is one sparse matrix: a row per person, a column per vacancy, and above 0 where the person applied or was
hired; a hire may weigh more than an application. Output is a model whose `scores(people)` gives one row of
scores a person, so that a country is scored block by block. A person or a vacancy without any history gets
0 everywhere: `blending.py` makes that neutral and adds what content says.

`factors.py` learns short vectors (iALS). Here, `paths` walks from vacancy to person to vacancy (RP3beta); `ease` is a
linear model with a closed form; `people_neighbours` and `vacancy_neighbours` are cosines; `graph_filter`
keeps the smooth part of the graph. All are deterministic: where chance is needed, a Generator is passed in.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import scipy
from scipy import sparse

from visavis.engine.arrays import AnyArray, IntArray

type Scores = npt.NDArray[np.float32]

_SPECTRUM_ROUNDS = 10


class Model(Protocol):
    """What every model can do once learned."""

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people, one column for each vacancy."""
        ...


def as_applied(people: Scores | sparse.csr_array) -> sparse.csr_array:
    """Return the matrix of who applied where, checked: float32, sorted, none twice, no stored zero.

    >>> as_applied(np.array([[0, 2.0], [0, 0]])).nnz
    1
    """
    applied = sparse.csr_array(people).astype(np.float32)
    applied.sum_duplicates()
    applied.eliminate_zeros()
    if applied.nnz and not (np.isfinite(applied.data).all() and applied.data.min() > 0):
        raise ValueError("what somebody applied to is finite and above 0")
    return applied


@dataclass(frozen=True)
class ThroughVacancies:
    """Scores of a person: the sum over the vacancies she applied to of their row of `weights`.

    Attributes
    ----------
    applied : csr_array of float32, shape (N, M)
    weights : array or csr_array of float32, shape (M, M)
    """

    applied: sparse.csr_array
    weights: Scores | sparse.csr_array

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people."""
        return _dense(self.applied[people] @ self.weights)


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
        return _dense(self.weights[people] @ self.applied)


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
    factor, _ = scipy.linalg.lapack.spotrf(positive, lower=1)
    lower, failed = scipy.linalg.lapack.spotri(factor, lower=1)
    if failed:
        raise ValueError("the matrix is not positive definite: a larger ridge is needed")
    full: Scores = np.tril(lower) + np.tril(lower, -1).T
    return full


def paths(applied: sparse.csr_array, *, beta: float = 0.5, power: float = 1.0) -> ThroughVacancies:
    """Walk at random vacancy → person → vacancy, and divide by the popularity of where one ends, to `beta`.

    W[i, j] = Σᵤ p(u|i)^power p(j|u)^power / d(j)^beta for i ≠ j, with p(u|i) = x(u,i) / d(i),
    p(j|u) = x(u,j) / d(u); scores start from p(i|u)^power.

    Parameters
    ----------
    applied : csr_array of float32, shape (N, M)
    beta : float
        0 is P3; larger values propose rarer vacancies.
    power : float
        Above 0.

    References
    ----------
    Paudel, Christoffel, Newell and Bernstein 2017, "Updatable, accurate, diverse, and scalable
    recommendations for interactive applications", equation 3 (RP3beta); Cooper et al. 2014 for the power.

    Examples
    --------
    >>> paths(as_applied(np.array([[1, 1], [0, 1]])), beta=0.0).weights.toarray().tolist()
    [[0.0, 0.5], [0.25, 0.0]]
    """
    from_person = _scaled(applied, np.reciprocal(_sums(applied, axis=1)), None).power(power)
    from_vacancy = _scaled(applied, None, np.reciprocal(_sums(applied, axis=0))).power(power).T.tocsr()
    weights = _scaled((from_vacancy @ from_person).tocsr(), None, _sums(applied, axis=0) ** -beta)
    return ThroughVacancies(from_person.tocsr(), _without_diagonal(weights))


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
    found = _without_diagonal((rows @ rows.T).tocsr())
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
    root = np.sqrt(_sums(applied, axis=0))
    normal = _scaled(applied, np.reciprocal(np.sqrt(_sums(applied, axis=1))), np.reciprocal(root))
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


def _sums(applied: sparse.csr_array, axis: int) -> Scores:
    """Return the sums of rows or columns, 1 where nobody applied."""
    sums = np.asarray(applied.sum(axis=axis), np.float32).ravel()
    return np.where(sums > 0, sums, np.float32(1))


def _scaled(matrix: sparse.csr_array, rows: Scores | None, columns: Scores | None) -> sparse.csr_array:
    """Multiply each row and each column by its number."""
    data = matrix.data.copy()
    if rows is not None:
        data *= np.repeat(rows, np.diff(matrix.indptr))
    if columns is not None:
        data *= columns[matrix.indices]
    return sparse.csr_array((data, matrix.indices.copy(), matrix.indptr.copy()), shape=matrix.shape)


def _without_diagonal(square: sparse.csr_array) -> sparse.csr_array:
    rows = np.repeat(np.arange(square.shape[0]), np.diff(square.indptr))
    square.data[rows == square.indices] = 0
    square.eliminate_zeros()
    return square


def _dense(product: AnyArray | sparse.csr_array) -> Scores:
    full: AnyArray = product if isinstance(product, np.ndarray) else product.toarray()
    return full.astype(np.float32, copy=False)
