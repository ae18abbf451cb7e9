"""Many people and their reports at once, with numpy: for simulations, never for a person's own report."""

import math

import numpy as np
from numpy.random import Generator

from visavis.privacy.arrays import FloatArray, IntArray
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts, count

AT_ONCE = 100_000
DISTRIBUTIONS = ("uniform", "exponential", "gauss", "zipf 1", "zipf 1.5")


def likes(name: str, real: int) -> FloatArray:
    """Return how much each of the real interests is liked: the five shapes of RAPPOR's regression tests."""
    place = np.arange(1, real + 1)
    weight = {
        "uniform": np.ones(real),
        "exponential": np.exp(-5.0 * place / real),
        "gauss": np.exp(-0.5 * ((place - real / 2) / (real / 6)) ** 2),
        "zipf 1": 1.0 / place,
        "zipf 1.5": place**-1.5,
    }[name]
    return weight / weight.sum()


def people(rng: Generator, n: int, weight: FloatArray, mechanism: PrivSet) -> IntArray:
    """Draw n padded sets of one to m interests, shape (n, m), ascending; only those with a weight are liked."""
    k, m = mechanism.k, mechanism.m
    keys = rng.exponential(size=(n, len(weight))) / weight
    own = np.argsort(keys, axis=1)[:, :m]
    size = rng.integers(1, m + 1, size=n)
    place = np.arange(m)
    return np.sort(np.where(place < size[:, None], own, k + place - size[:, None]), axis=1)


def drawn(mechanism: PrivSet, padded: IntArray, rng: Generator) -> IntArray:
    """Draw a report of each padded set, shape (n, s), in no order: the same chances as `PrivSet.draw`."""
    k, m, s = mechanism.k, mechanism.m, mechanism.s
    chances = [mechanism.under * mechanism.missing] + [
        mechanism.over * math.comb(m, common) * math.comb(k, s - common) for common in range(1, min(m, s) + 1)
    ]
    common = rng.choice(len(chances), size=len(padded), p=[one / mechanism.total for one in chances])
    reports = np.empty((len(padded), s), dtype=np.int64)
    for hits in range(len(chances)):
        rows = np.flatnonzero(common == hits)
        own = padded[rows]
        reports[rows, :hits] = np.take_along_axis(own, _different(rng, len(rows), hits, m), axis=1)
        apart = _different(rng, len(rows), s - hits, k)
        before = own - np.arange(m)
        reports[rows, hits:] = apart + (before[:, None, :] <= apart[:, :, None]).sum(2)
    return reports


def _different(rng: Generator, rows: int, size: int, of: int) -> IntArray:
    """Draw rows of `size` different numbers below `of`."""
    if size == 0:
        return np.zeros((rows, 0), dtype=np.int64)
    if size * size > 2 * of:
        return np.argpartition(rng.random((rows, of)), size - 1, axis=1)[:, :size]
    found = np.sort(rng.integers(0, of, size=(rows, size)), axis=1)
    again = np.flatnonzero((found[:, 1:] == found[:, :-1]).any(1))
    if len(again):
        found[again] = _different(rng, len(again), size, of)
    return found


def counted(mechanism: PrivSet, padded: IntArray, rng: Generator) -> Counts:
    """Draw a report of each padded set and count them."""
    parts = (padded[start : start + AT_ONCE] for start in range(0, len(padded), AT_ONCE))
    return count(mechanism, (drawn(mechanism, part, rng) for part in parts))


def true_shares(mechanism: PrivSet, padded: IntArray) -> FloatArray:
    """Return the share of each interest among these people."""
    return np.bincount(padded.ravel(), minlength=mechanism.d)[: mechanism.k] / len(padded)
