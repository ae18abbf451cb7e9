"""From the evidence of labels to the occupations meant, and how sure that is."""

import numpy as np
import scipy
from numpy.typing import NDArray

from visavis.engine.titles.answers import Floats, Found, Rows, best
from visavis.engine.titles.pairs import NAMES
from visavis.engine.titles.weights import LEXICAL, WITH_MEANING

type Grid = NDArray[np.float32]


class Verdicts:
    """Adds up the evidence of each label, and the labels of each occupation.

    Parameters
    ----------
    with_meaning : whether the evidence ends with cosines of meaning.
    """

    def __init__(self, *, with_meaning: bool = False) -> None:
        learnt = WITH_MEANING if with_meaning else LEXICAL
        names = (*NAMES, "meaning") if with_meaning else NAMES
        self.weights = np.array([learnt.weights.get(name, 0.0) for name in names], np.float32)
        self.steepness, self.offset = np.float32(learnt.steepness), np.float32(learnt.offset)

    def answers(self, codes: Rows, near: Floats, parts: Grid, top: int) -> Found:
        """Give the occupations of n titles, best first.

        Parameters
        ----------
        codes : int (n, depth), the occupation of each candidate, nearest first, -1 for none.
        near : float32 (n, depth), falling.
        parts : float32 (n, k, kinds), the evidence of the first k candidates.
        top : answers wanted for each.
        """
        close = parts.shape[1]
        sure = self._sure(codes[:, :close], parts @ self.weights)
        scores = np.zeros(codes.shape, np.float32)
        scores[:, :close] = sure
        # Beyond what was looked at closely, the order of nearness goes on below the least sure.
        least = np.where(codes[:, :close] >= 0, sure, np.float32(1)).min(axis=1, keepdims=True)
        scores[:, close:] = (
            near[:, close:] / np.maximum(near[:, close - 1 : close], np.float32(1e-6)) * least * 0.99
        )
        found = best(_once(codes, scores), top)
        named = np.where(found.codes >= 0, np.take_along_axis(codes, np.maximum(found.codes, 0), axis=1), -1)
        return Found(named.astype(np.int32), found.scores)

    def _sure(self, codes: Rows, sums: Floats) -> Floats:
        """Logistic of the log of the sum of exponentials over the labels of the same occupation."""
        same = (codes[:, :, None] == codes[:, None, :]).astype(np.float32)
        highest = np.where(codes >= 0, sums, -np.inf).max(axis=1, keepdims=True)
        highest = np.where(np.isfinite(highest), highest, 0).astype(np.float32)
        # An exponent below -60 is lost beside 1, and a sum of such ones still needs a logarithm.
        powers = np.exp(np.maximum(sums - highest, np.float32(-60)))
        total = np.log(np.matmul(same, powers[:, :, None])[:, :, 0]) + highest
        sure: Floats = np.minimum(
            scipy.special.expit(self.steepness * total + self.offset), np.float32(0.999)
        )
        return np.where(codes >= 0, np.maximum(sure, np.float32(1e-6)), np.float32(0))


def _once(codes: Rows, scores: Floats) -> Floats:
    """Keep, in each row, the best score of each occupation, the first of equals; 0 elsewhere."""
    count, depth = codes.shape
    rows = np.repeat(np.arange(count), depth)
    order = np.lexsort((-scores.ravel(), codes.ravel(), rows))
    keys = rows[order] * (codes.max(initial=0) + 2) + codes.ravel()[order]
    first = np.ones(len(order), bool)
    first[1:] = keys[1:] != keys[:-1]
    kept = np.zeros(len(order), np.float32)
    kept[order[first]] = scores.ravel()[order[first]]
    return kept.reshape(count, depth)
