"""One score from several: standardised, weighed on held-out applications, neutral where nothing is known.

Scores of different models have different units. Each is standardised for each person over the vacancies it
knows; a person or a vacancy without history stands at 0, the mean, so that the collaborative parts neither
lift nor lower it and content alone decides. Weights are found on held-out applications, starting from the
best single part, and parts are added only where that is clearly better in every figure: there the blend is never worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.learned.paths import Scores

_ROWS_AT_ONCE = 512
_STEPS = (1.0, 0.5, 0.25)
_SHARES = (1.0, 0.5, 0.25)
_MOST = 60


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
    found = figures(rank, held_out, k)
    total: FloatArray = found[1] + found[2]
    return total


def figures(rank: IntArray, held_out: sparse.csr_array, k: int = 10) -> FloatArray:
    """Return hit@k, recall@k, NDCG@k, recall@2k and NDCG@2k of each person who has something held out.

    Returns
    -------
    array of float64, shape (5, people)
        Each in [0, 1].

    Examples
    --------
    >>> figures(np.array([1, 11]), sparse.csr_array(np.array([[1, 0], [0, 1]]))).round(2).tolist()
    [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [1.0, 0.28]]
    """
    counts = np.diff(held_out.indptr)
    rows = np.repeat(np.arange(len(counts)), counts)
    some = counts > 0
    found = []
    for size in (k, 2 * k):
        hit = rank <= size
        gain = np.bincount(rows, weights=hit / np.log2(rank + 1.0), minlength=len(counts))[some]
        recall = np.bincount(rows, weights=hit, minlength=len(counts))[some] / counts[some]
        ideal = np.cumsum(1 / np.log2(np.arange(2, size + 2)))[np.minimum(counts[some], size) - 1]
        found += [recall, gain / ideal]
    return np.array([found[0] > 0, *found], np.float64)


def blend(
    parts: Sequence[Scores],
    seen: sparse.csr_array,
    held_out: sparse.csr_array,
    *,
    k: int = 10,
    sure: float = 2.0,
    people: IntArray | None = None,
) -> Blend:
    """Find weights on held-out applications: add to the best part whatever helps most, while it helps.

    What would be added is found on each half of the people, and tried on the other half: whole, by half or by a
    quarter. Found again on all, it is added only where that was surely better in all `figures`, each beside the part
    that is best there; else the best part stands alone. So nothing is gained among 10 that is lost among 20, and
    neither the luck of few people nor that of many tries adds anything.

    Parameters
    ----------
    parts : sequence of arrays of float32, shape (n, M)
        Standardised, learned without the held-out applications.
    seen, held_out : csr_array, shape (n, M)
    k : int
        What counts are `figures` at k; the best part is that of the best `quality`.
    sure : float
        By how many standard errors the blend must be better.
    people : array of int64, shape (n,), optional
        Who stands in each row, when somebody stands in several: she is in one half with all of them.

    References
    ----------
    Caruana, Niculescu-Mizil, Crew and Ksikes 2004, "Ensemble selection from libraries of models", with steps
    that halve; Wolpert 1992, "Stacked generalization", for weights tried on whom they were not found on.
    """
    asked = np.diff(held_out.indptr) > 0
    all_of = _Asked(list(parts), seen, held_out, k)
    if not asked.all():
        all_of = all_of.of(asked)
    each = [all_of.figures(part) for part in all_of.parts]
    alone = np.array([_worth(own) for own in each])
    only = (np.arange(len(parts)) == int(np.argmax(alone))).astype(np.float64)
    best = Blend(only, float(alone.max()), alone)
    added = all_of.added(only)
    if not added.any():
        return best
    who = np.arange(len(asked)) if people is None else people
    half = np.unique(who[asked], return_inverse=True)[1] % 2
    tried, bar, passed = _crossed(all_of, only, half), _bar(each), 0.0
    for share, gains in zip(_SHARES, tried - bar, strict=True):
        found = all_of.figures(combined(all_of.parts, only + share * added))
        value = _surely(gains, bar, sure)
        if value > passed and _surely(found - bar, bar, 0.0) >= 0:
            best, passed = Blend(only + share * added, _worth(found), alone), value
    return best


@dataclass(frozen=True)
class _Asked:
    """People who have something held out, with their scores by each part."""

    parts: list[Scores]
    seen: sparse.csr_array
    held_out: sparse.csr_array
    k: int

    def of(self, rows: BoolArray) -> "_Asked":
        """Return some of them."""
        return _Asked([part[rows] for part in self.parts], self.seen[rows], self.held_out[rows], self.k)

    def figures(self, scores: Scores) -> FloatArray:
        """Return `figures` of these scores."""
        return figures(ranks(scores, self.seen, self.held_out), self.held_out, self.k)

    def added(self, only: FloatArray) -> FloatArray:
        """Return what to add of each part to the one that stands alone, weighed 1, for the best mean quality."""
        weights, total, step = only.copy(), combined(self.parts, only), 0
        value = _worth(self.figures(total))
        for _ in range(_MOST):
            size = np.float32(_STEPS[step])
            tried = [_worth(self.figures(total + size * part)) for part in self.parts]
            chosen = int(np.argmax(tried))
            if tried[chosen] > value:
                weights[chosen] += _STEPS[step]
                total = total + size * self.parts[chosen]
                value = tried[chosen]
            elif step + 1 < len(_STEPS):
                step += 1
            else:
                break
        found: FloatArray = weights / weights[only > 0] - only
        return found


def _crossed(all_of: _Asked, only: FloatArray, half: IntArray) -> FloatArray:
    """Return the figures of each half with what the other half would add, for each share, shape (3, 5, people)."""
    found = np.zeros((len(_SHARES), 5, len(half)))
    for side in (0, 1):
        added, here = all_of.of(half != side).added(only), all_of.of(half == side)
        for place, share in enumerate(_SHARES):
            found[place][:, half == side] = here.figures(combined(here.parts, only + share * added))
    return found


def _bar(each: Sequence[FloatArray]) -> FloatArray:
    """Return what a blend has to pass: figure by figure those of the part that is best there, shape (5, people)."""
    best = np.argmax([part.mean(axis=1) for part in each], axis=0)
    return np.array([each[part][figure] for figure, part in enumerate(best)])


def _surely(gains: FloatArray, bar: FloatArray, sure: float) -> float:
    """Return the least gain over all figures, as a share of what there was: above 0 is better in all of them.

    A gain is the mean over people less so many of its standard errors. That of hit@k, which recall@k holds already and
    which is soon full, is the mean, and counts when it is below 0. Minus infinity for fewer than two people.
    """
    if gains.shape[1] < 2:
        return -np.inf
    least = gains.mean(axis=1) - sure * gains.std(axis=1, ddof=1) / gains.shape[1] ** 0.5
    least[0] = np.inf if (hits := gains[0].mean()) >= 0 else hits
    return float((least / np.maximum(bar.mean(axis=1), 1e-9)).min())


def _worth(found: FloatArray) -> float:
    """Return `quality` from figures."""
    return float((found[1] + found[2]).mean()) if found.shape[1] else 0.0
