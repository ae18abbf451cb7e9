"""Who applied or was hired where, as a signal: walks from vacancy to person to vacancy (RP3beta).

Input is one sparse matrix: a row per person, a column per vacancy, and above 0 where the person applied or was
hired; a hire may weigh more than an application. A person or a vacancy without any history gets 0 everywhere.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from visavis.engine.arrays import AnyArray, BoolArray, IntArray

type Scores = npt.NDArray[np.float32]


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
    """Scores of a person: the sum over the vacancies she applied to of their row of `weights`."""

    applied: sparse.csr_array  # float32, (N, M)
    weights: Scores | sparse.csr_array  # float32, (M, M)

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people."""
        return dense(self.applied[people] @ self.weights)


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
    from_person = scaled(applied, np.reciprocal(sums(applied, axis=1)), None).power(power)
    from_vacancy = scaled(applied, None, np.reciprocal(sums(applied, axis=0))).power(power).T.tocsr()
    weights = scaled((from_vacancy @ from_person).tocsr(), None, sums(applied, axis=0) ** -beta)
    return ThroughVacancies(from_person.tocsr(), without_diagonal(weights))


def standardised(scores: Scores, known: BoolArray | None = None) -> Scores:
    """Return (s − mean) / deviation of each row, over the vacancies that are known; 0 for all others.

    Parameters
    ----------
    scores : array of float32, shape (n, M)
    known : array of bool, shape (M,), optional
        The vacancies with a history; all when not given.

    Examples
    --------
    The third vacancy is new: it stands at the mean. The second person is new: all stand there.

    >>> found = standardised(np.float32([[1, 3, 0], [0, 0, 0]]), np.array([True, True, False]))
    >>> found.tolist()
    [[-1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    kept = np.ones(scores.shape[1], np.bool_) if known is None else known
    if not kept.any():
        return np.zeros_like(scores, np.float32)
    inside = scores[:, kept] if known is not None else scores
    centre = inside.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
    spread = (inside - centre).std(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
    flat = spread <= 1e-6 * np.abs(inside).max(axis=1, keepdims=True)
    result: Scores = ((scores - centre) / np.where(flat, np.inf, spread)).astype(np.float32)
    result[:, ~kept] = 0
    return result + np.float32(0)


def sums(applied: sparse.csr_array, axis: int) -> Scores:
    """Return the sums of rows or columns, 1 where nobody applied."""
    sums = np.asarray(applied.sum(axis=axis), np.float32).ravel()
    return np.where(sums > 0, sums, np.float32(1))


def scaled(matrix: sparse.csr_array, rows: Scores | None, columns: Scores | None) -> sparse.csr_array:
    """Multiply each row and each column by its number."""
    data = matrix.data.copy()
    if rows is not None:
        data *= np.repeat(rows, np.diff(matrix.indptr))
    if columns is not None:
        data *= columns[matrix.indices]
    return sparse.csr_array((data, matrix.indices.copy(), matrix.indptr.copy()), shape=matrix.shape)


def without_diagonal(square: sparse.csr_array) -> sparse.csr_array:
    """Leave out what a row says of itself."""
    rows = np.repeat(np.arange(square.shape[0]), np.diff(square.indptr))
    square.data[rows == square.indices] = 0
    square.eliminate_zeros()
    return square


def dense(product: AnyArray | sparse.csr_array) -> Scores:
    """Return a product as a dense array."""
    full: AnyArray = product if isinstance(product, np.ndarray) else product.toarray()
    return full.astype(np.float32, copy=False)
