"""Short vectors for people and vacancies, learned from who applied where: iALS, solved exactly and in batches.

Most people applied to a few vacancies only. Each one's small system is therefore solved in as many unknowns
as she has applications, not in as many as the vectors are long (`_few`): exact, and tens of times faster.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from visavis.engine.arrays import IntArray
from visavis.engine.learned.paths import Scores

_FLOATS_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class FactorSettings:
    """How vectors are learned.

    Attributes
    ----------
    size : int
        The length of the vectors.
    unobserved : float
        Above 0: the weight of a pair without application beside 1 for one with.
    ridge : float
        Above 0: how much long vectors cost.
    frequency : float
        In [0, 1]: 0 makes `ridge` the same for all, 1 makes it grow with each one's weight in the loss.
    rounds : int
        How many times both sides are solved.
    """

    size: int = 128
    unobserved: float = 0.03
    ridge: float = 0.01
    frequency: float = 1.0
    rounds: int = 8

    def __post_init__(self) -> None:
        """Check the settings once."""
        if min(self.size, self.rounds) < 1 or min(self.unobserved, self.ridge) <= 0:
            raise ValueError(f"size and rounds are at least 1, unobserved and ridge above 0, seen {self}")


@dataclass(frozen=True)
class Factors:
    """The vectors of people, shape (N, d), and of vacancies, shape (M, d), float32."""

    people_vectors: Scores
    vacancy_vectors: Scores

    def scores(self, people: IntArray) -> Scores:
        """Return one row for each of these people: inner products with all vacancies."""
        product: Scores = self.people_vectors[people] @ self.vacancy_vectors.T
        return product


def factors(applied: sparse.csr_array, settings: FactorSettings, rng: np.random.Generator) -> Factors:
    """Learn vectors from a random start, small enough that the first scores are near 0.

    Examples
    --------
    >>> applied = sparse.csr_array(np.kron(np.eye(2), np.ones((3, 3))).astype(np.float32))
    >>> few = FactorSettings(size=2, unobserved=0.1, ridge=1e-6, rounds=10)
    >>> (11 * factors(applied, few, np.random.default_rng(0)).scores(np.array([0]))).round().astype(int).tolist()
    [[10, 10, 10, 0, 0, 0]]
    """
    start = rng.normal(0, 0.1 / np.sqrt(settings.size), (applied.shape[1], settings.size))
    return factors_from(applied, start.astype(np.float32), settings)


def together(several: Sequence[Factors]) -> Factors:
    """Return vectors whose inner products are the sums of those of several runs: steadier than one.

    >>> one = Factors(np.array([[1.0]], np.float32), np.array([[2.0]], np.float32))
    >>> together([one, one]).scores(np.array([0])).tolist()
    [[4.0]]
    """
    return Factors(
        np.hstack([run.people_vectors for run in several]),
        np.hstack([run.vacancy_vectors for run in several]),
    )


def factors_from(applied: sparse.csr_array, start: Scores, settings: FactorSettings) -> Factors:
    """Learn vectors from given first vectors of vacancies, by turns: people, vacancies, people, …

    Parameters
    ----------
    applied : csr_array of float32, shape (N, M)
        Above 0 where the person applied: the weight of the pair.
    start : array of float32, shape (M, d)
    settings : FactorSettings

    Returns
    -------
    Factors
        Zeros for whoever has no history.

    References
    ----------
    Hu, Koren and Volinsky 2008, "Collaborative filtering for implicit feedback datasets"; Rendle,
    Krichene, Zhang and Koren 2022, "Revisiting the performance of iALS on item recommendation benchmarks".
    """
    turned = applied.T.tocsr()
    vacancies = start
    for _ in range(settings.rounds):
        people = solve(applied, vacancies, settings)
        vacancies = solve(turned, people, settings)
    return Factors(people, vacancies)


def loss(applied: sparse.csr_array, learned: Factors, settings: FactorSettings) -> float:
    """Return what is made small: Σ w (1 − uv)² over applications + unobserved Σ (uv)² over all pairs + costs.

    The costs are Σ λ(u) |u|² + Σ λ(v) |v|², with λ as in `ridges` (Rendle 2022, equations 1, 2 and 6).
    """
    people, vacancies = (x.astype(np.float64) for x in (learned.people_vectors, learned.vacancy_vectors))
    rows = np.repeat(np.arange(applied.shape[0]), np.diff(applied.indptr))
    found = np.einsum("ed,ed->e", people[rows], vacancies[applied.indices])
    fit = float((applied.data * (1 - found) ** 2).sum())
    everything = float(((people.T @ people) * (vacancies.T @ vacancies)).sum())
    cost = ridges(applied, settings) @ (people**2).sum(axis=1)
    cost += ridges(applied.T.tocsr(), settings) @ (vacancies**2).sum(axis=1)
    return fit + settings.unobserved * everything + float(cost)


def ridges(rows: sparse.csr_array, settings: FactorSettings) -> Scores:
    """Return λ of each row: ridge (number of applications + unobserved × columns)^frequency.

    References
    ----------
    Rendle 2022, equation 6.
    """
    weight = np.diff(rows.indptr) + settings.unobserved * rows.shape[1]
    ridge: Scores = (settings.ridge * weight**settings.frequency).astype(np.float32)
    return ridge


def solve(rows: sparse.csr_array, others: Scores, settings: FactorSettings) -> Scores:
    """Solve one side, the other held still: x = (αG + Σ w vvᵀ + λI)⁻¹ Σ w v, with G = VᵀV.

    In the basis in which αG is diagonal, αG + λI is one number a coordinate for each row.
    """
    others = others.astype(np.float32, copy=False)
    gram = np.asarray(others, np.float64).T @ others
    values, basis = np.linalg.eigh(settings.unobserved * gram)
    turned = np.vstack([others @ basis.astype(np.float32), np.zeros((1, others.shape[1]), np.float32)])
    diagonal = np.maximum(values, 0).astype(np.float32)
    ridge = ridges(rows, settings)
    solved = np.zeros((rows.shape[0], others.shape[1]), np.float32)
    for batch in _batches(np.diff(rows.indptr), others.shape[1]):
        index, weights = _padded(rows, batch)
        vectors = turned[index] * np.sqrt(weights)[:, :, None]
        own = diagonal + ridge[batch, None]
        way = _few if index.shape[1] <= others.shape[1] else _many
        solved[batch] = way(vectors, np.sqrt(weights), own)
    back: Scores = solved @ basis.T.astype(np.float32)
    return back


def _few(vectors: Scores, right: Scores, diagonal: Scores) -> Scores:
    """Solve (D + WᵀW) x = Wᵀr in as many unknowns as W has rows: x = D⁻¹ Wᵀ (I + W D⁻¹ Wᵀ)⁻¹ r.

    References
    ----------
    The push-through identity; Henderson and Searle 1981, "On deriving the inverse of a sum of matrices".
    """
    eased = vectors / diagonal[:, None, :]
    small = eased @ vectors.transpose(0, 2, 1)
    small += np.eye(vectors.shape[1], dtype=np.float32)
    inner = np.linalg.solve(small, right[:, :, None])
    result: Scores = (inner.transpose(0, 2, 1) @ eased)[:, 0]
    return result


def _many(vectors: Scores, right: Scores, diagonal: Scores) -> Scores:
    """Solve (D + WᵀW) x = Wᵀr as it stands, for who has more applications than the vectors are long."""
    full = vectors.transpose(0, 2, 1) @ vectors
    full[:, range(full.shape[1]), range(full.shape[1])] += diagonal
    result: Scores = np.linalg.solve(full, vectors.transpose(0, 2, 1) @ right[:, :, None])[:, :, 0]
    return result


def _batches(counts: IntArray, size: int) -> list[IntArray]:
    """Cut the rows that have any history into batches of about the same count, that fit in memory."""
    order = np.argsort(counts, kind="stable")
    order = order[counts[order] > 0]
    sorted_counts = counts[order]
    widths = 2 ** (np.arange(2, 64) / 2)
    cuts = [0, *np.searchsorted(sorted_counts, widths, side="right").tolist(), len(order)]
    batches = []
    for start, stop in pairwise(dict.fromkeys(cuts)):
        width = int(sorted_counts[stop - 1])
        step = max(1, _FLOATS_AT_ONCE // (width * size + min(width, size) ** 2))
        batches += [order[a : min(a + step, stop)] for a in range(start, stop, step)]
    return batches


def _padded(rows: sparse.csr_array, batch: IntArray) -> tuple[IntArray, Scores]:
    """Return the columns and weights of these rows as rectangles, filled with a last column of weight 0."""
    counts = np.diff(rows.indptr)[batch]
    place = np.arange(counts.max())
    inside = place < counts[:, None]
    entry = np.where(inside, rows.indptr[:-1][batch][:, None] + place, 0)
    index = np.where(inside, rows.indices[entry], rows.shape[1])
    weights = np.where(inside, rows.data[entry], np.float32(0))
    return index, weights
