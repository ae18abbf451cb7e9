"""One score from several: standardised, weighed on held-out applications, neutral where nothing is known.

Scores of different models have different units. Each is standardised for each person over the vacancies it
knows; a person or a vacancy without history stands at 0, the mean, so that the collaborative parts neither
lift nor lower it and content alone decides. Weights are found on held-out applications, starting from the
best single part, and parts are added only where that is clearly better: the blend is never worse there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.collaborative import Scores

_ROWS_AT_ONCE = 512
_STEPS = (1.0, 0.5, 0.25)


@dataclass(frozen=True)
class Blend:
    """Weights of parts, and what they are worth where they were found.

    Attributes
    ----------
    weights : array of float64, shape (P,)
        At least 0.
    value : float
        The quality of the blend on the held-out applications.
    alone : array of float64, shape (P,)
        The quality of each part alone; `value` is at least the largest.
    """

    weights: FloatArray
    value: float
    alone: FloatArray


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


def combined(parts: Sequence[Scores], weights: FloatArray, content: Scores | None = None) -> Scores:
    """Return Σ weight × part, plus content as it is given.

    Parameters
    ----------
    parts : sequence of arrays of float32, shape (n, M)
        Standardised.
    weights : array of float64, shape (P,)
    content : array of float32, shape (n, M), optional
        In the same unit: already multiplied by what it is worth.
    """
    total = np.zeros_like(parts[0]) if content is None else content.astype(np.float32)
    for part, weight in zip(parts, weights, strict=True):
        if weight:
            total += np.float32(weight) * part
    return total


def ranks(scores: Scores, seen: sparse.csr_array, held_out: sparse.csr_array) -> IntArray:
    """Return the rank, from 1, of each held-out application among the vacancies its person has not seen.

    Ties count against it, so that a score that says nothing is worth nothing.

    Parameters
    ----------
    scores : array of float32, shape (n, M)
    seen, held_out : csr_array, shape (n, M)
        Stored entries are those that count; none stands in both.

    Returns
    -------
    array of int64, shape (held_out.nnz,)
        In the order in which they are stored.

    Examples
    --------
    >>> seen, kept = (sparse.csr_array(np.array([row])) for row in ([1, 0, 0, 0], [0, 0, 1, 0]))
    >>> ranks(np.float32([[9, 5, 4, 1]]), seen, kept).tolist()
    [2]
    """
    rows = np.repeat(np.arange(held_out.shape[0]), np.diff(held_out.indptr))
    own = scores[rows, held_out.indices]
    found = np.empty(held_out.nnz, np.int64)
    for start in range(0, held_out.nnz, _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        found[part] = (scores[rows[part]] >= own[part, None]).sum(axis=1)
    for row, start, stop in _runs(held_out):
        before = scores[row, seen.indices[seen.indptr[row] : seen.indptr[row + 1]]]
        found[start:stop] -= (before >= own[start:stop, None]).sum(axis=1)
    return found


def _runs(matrix: sparse.csr_array) -> list[tuple[int, int, int]]:
    """Return (row, start, stop) of each row that has entries."""
    filled = np.flatnonzero(np.diff(matrix.indptr)).tolist()
    return [(row, int(matrix.indptr[row]), int(matrix.indptr[row + 1])) for row in filled]


def quality(rank: IntArray, held_out: sparse.csr_array, k: int = 10) -> float:
    """Return NDCG@k + recall@k, the mean over the people who have something held out.

    References
    ----------
    Järvelin and Kekäläinen 2002 for NDCG, with gain 1 and log₂ discount.

    Examples
    --------
    >>> quality(np.array([1, 11]), sparse.csr_array(np.array([[1, 0], [0, 1]])))
    1.0
    """
    found = qualities(rank, held_out, k)
    return float(found.mean()) if len(found) else 0.0


def qualities(rank: IntArray, held_out: sparse.csr_array, k: int = 10) -> FloatArray:
    """Return `quality` of each person who has something held out."""
    counts = np.diff(held_out.indptr)
    rows = np.repeat(np.arange(len(counts)), counts)
    hit = rank <= k
    gain = np.bincount(rows, weights=hit / np.log2(rank + 1.0), minlength=len(counts))
    ideal = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(2, k + 2)))])[np.minimum(counts, k)]
    recall = np.bincount(rows, weights=hit, minlength=len(counts))
    some = counts > 0
    found: FloatArray = gain[some] / ideal[some] + recall[some] / counts[some]
    return found


def blend(
    parts: Sequence[Scores],
    seen: sparse.csr_array,
    held_out: sparse.csr_array,
    *,
    k: int = 10,
    most: int = 60,
    sure: float = 2.0,
) -> Blend:
    """Find weights on held-out applications: add to one part at a time whatever helps most, while it helps.

    What was found is kept when it is clearly better than the best part, person by person; else that part stands
    alone, so that the luck of few held-out applications adds nothing.

    Parameters
    ----------
    parts : sequence of arrays of float32, shape (n, M)
        Standardised, learned without the held-out applications.
    seen, held_out : csr_array, shape (n, M)
    k : int
        What counts is `quality` at k.
    most : int
        The most steps.
    sure : float
        By how many standard errors the blend must be better.

    References
    ----------
    Caruana, Niculescu-Mizil, Crew and Ksikes 2004, "Ensemble selection from libraries of models", with steps
    that halve.
    """

    def worth(scores: Scores) -> float:
        return quality(ranks(scores, seen, held_out), held_out, k)

    alone = np.array([worth(part) for part in parts])
    best = int(np.argmax(alone))
    weights = np.zeros(len(parts))
    weights[best] = 1.0
    value, total, step = float(alone[best]), parts[best].astype(np.float32), 0
    for _ in range(most):
        size = np.float32(_STEPS[step])
        tried = [worth(total + size * part) for part in parts]
        chosen = int(np.argmax(tried))
        if tried[chosen] > value:
            weights[chosen] += _STEPS[step]
            total = total + size * parts[chosen]
            value = tried[chosen]
        elif step + 1 < len(_STEPS):
            step += 1
        else:
            break
    single = parts[best].astype(np.float32)
    each = [qualities(ranks(scores, seen, held_out), held_out, k) for scores in (total, single)]
    if not _clear(each[0] - each[1], sure):
        weights, value = (np.arange(len(parts)) == best).astype(np.float64), float(alone[best])
    return Blend(weights, value, alone)


def _clear(gains: FloatArray, sure: float) -> bool:
    """Tell if the mean is above 0 by so many standard errors."""
    return len(gains) > 1 and float(gains.mean()) > sure * float(gains.std(ddof=1)) / len(gains) ** 0.5
