"""Peers of the dense part: the twenty nearest vectors among what keeps five constraints, in five other ways."""

from collections.abc import Callable

import numpy as np

from bench.scale_market import EVERYWHERE, Work, chord_limit, spans
from bench.scale_watch import Lists, Run

PEOPLE_AT_ONCE, VACANCIES_AT_ONCE = 128, 2048

type Vectors = tuple[np.ndarray, np.ndarray]
type Build = Callable[[Work, Vectors, int], Run]


def numpy_blocks(work: Work, vectors: Vectors, k: int) -> Run:
    """Multiply everybody by everything, block by block, then mask and choose."""
    hers, theirs = vectors
    order, chunks = spans(work.doubt, VACANCIES_AT_ONCE)
    sorted_by_doubt = Work(*work[:5], *(column[order] for column in work[5:]))
    theirs = theirs[order]
    there = np.ascontiguousarray(sorted_by_doubt.there.T)

    def block(a: int, b: int) -> Lists:
        places, scores = [], []
        for first, last in chunks:
            total = hers[a:b] @ theirs[first:last].T
            total[~_stands(sorted_by_doubt, there, slice(a, b), slice(first, last))] = -np.inf
            size = min(k, last - first)
            best = np.argpartition(total, last - first - size, axis=1)[:, last - first - size :]
            places.append(order[first:last][best])
            scores.append(np.take_along_axis(total, best, axis=1))
        place, score = np.concatenate(places, axis=1), np.concatenate(scores, axis=1)
        best = np.argsort(-score, axis=1)[:, :k]
        place, score = (np.take_along_axis(one, best, axis=1) for one in (place, score))
        return [one[value > -np.inf] for one, value in zip(place, score, strict=True)]

    def run(people: int) -> Lists:
        found: Lists = []
        for first in range(0, people, PEOPLE_AT_ONCE):
            found += block(first, min(first + PEOPLE_AT_ONCE, people))
        return found

    return run


def _stands(work: Work, there: np.ndarray, some: slice, chunk: slice) -> np.ndarray:
    stands = (work.need[chunk] & work.refuses[some, None]) == 0
    stands &= (work.condition[chunk] & work.avoids[some, None]) == 0
    stands &= work.top_pay[chunk] >= work.lowest[some, None]
    doubt = float(work.doubt[chunk][0])
    if np.isfinite(doubt):
        square = work.here[some] @ there[:, chunk]
        square *= -2.0
        square += 2.0
        stands &= square <= chord_limit(work.radius[some] + doubt)[:, None]
    return stands


class Ball:
    """Vacancies in k-d trees, one for each doubt about the place; those for anybody apart."""

    def __init__(self, work: Work) -> None:
        """Plant the trees."""
        from scipy.spatial import cKDTree  # noqa: PLC0415 - a peer's

        self.work = work
        self.anybody = np.flatnonzero(np.isinf(work.doubt))
        self.trees = []
        for doubt in np.unique(work.doubt[np.isfinite(work.doubt)]).tolist():
            rows = np.flatnonzero(work.doubt == doubt)
            chord = np.sqrt(chord_limit(work.radius + doubt))
            self.trees.append((cKDTree(work.there[rows]), rows, chord))

    def feasible(self, i: int) -> np.ndarray:
        """Give the vacancies that keep the constraints for person `i`."""
        work = self.work
        parts = [self.anybody]
        for tree, rows, chord in self.trees:
            if np.isinf(work.radius[i]):
                parts.append(rows)
                continue
            found = tree.query_ball_point(work.here[i], chord[i])
            parts.append(rows[np.asarray(found, np.int64)])
        near = np.concatenate(parts)
        stands = (work.need[near] & work.refuses[i]) == 0
        stands &= (work.condition[near] & work.avoids[i]) == 0
        stands &= work.top_pay[near] >= work.lowest[i]
        return near[stands]


def kd_tree(work: Work, vectors: Vectors, k: int) -> Run:
    """Find who is near by k-d trees, mask, gather their vectors, multiply."""
    ball = Ball(work)

    def one(i: int) -> np.ndarray:
        rows = ball.feasible(i)
        value = vectors[1][rows] @ vectors[0][i]
        return rows if len(rows) <= k else rows[np.argpartition(value, len(rows) - k)[-k:]]

    return lambda people: [one(i) for i in range(people)]


def faiss_bitmap(work: Work, vectors: Vectors, k: int) -> Run:
    """Search faiss's flat index with a bit for each vacancy, set by a mask over all of them."""
    faiss, index = _faiss(vectors)
    there = np.ascontiguousarray(work.there.T)
    anybody = np.isinf(work.doubt)
    doubts = np.unique(work.doubt[~anybody])
    kind = np.where(anybody, len(doubts), np.searchsorted(doubts, np.where(anybody, 0.0, work.doubt)))

    def one(i: int) -> np.ndarray:
        limits = np.append(chord_limit(work.radius[i] + doubts), EVERYWHERE)
        stands = 2.0 - 2.0 * (work.here[i] @ there) <= limits[kind]
        stands &= (work.need & work.refuses[i]) == 0
        stands &= (work.condition & work.avoids[i]) == 0
        stands &= work.top_pay >= work.lowest[i]
        chosen = faiss.IDSelectorBitmap(np.packbits(stands, bitorder="little"))
        _, found = index.search(vectors[0][i : i + 1], k, params=faiss.SearchParameters(sel=chosen))
        return found[0][found[0] >= 0]

    return lambda people: [one(i) for i in range(people)]


def faiss_array(work: Work, vectors: Vectors, k: int) -> Run:
    """Search faiss's flat index among the numbers that k-d trees and masks leave."""
    faiss, index = _faiss(vectors)
    ball = Ball(work)

    def one(i: int) -> np.ndarray:
        rows = ball.feasible(i)
        if len(rows) == 0:
            return rows
        chosen = faiss.IDSelectorArray(rows)
        _, found = index.search(vectors[0][i : i + 1], k, params=faiss.SearchParameters(sel=chosen))
        return found[0][found[0] >= 0]

    return lambda people: [one(i) for i in range(people)]


def _faiss(vectors: Vectors) -> tuple:
    import faiss  # noqa: PLC0415 - a peer

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(vectors[1].shape[1])
    index.add(vectors[1])
    return faiss, index


def usearch_exact(work: Work, vectors: Vectors, k: int) -> Run:
    """Search exactly by usearch among the gathered vectors that k-d trees and masks leave."""
    from usearch.index import MetricKind, search  # noqa: PLC0415 - a peer

    ball = Ball(work)

    def one(i: int) -> np.ndarray:
        rows = ball.feasible(i)
        if len(rows) <= k:
            return rows
        gathered = np.ascontiguousarray(vectors[1][rows])
        found = search(gathered, vectors[0][i], k, MetricKind.IP, exact=True, threads=1)
        return rows[np.asarray(found.keys).astype(np.int64)]

    return lambda people: [one(i) for i in range(people)]
