"""Ours, in the shape `scale.py` times."""

import resource

import numpy as np

from bench.scale_market import Truth
from bench.scale_watch import Lists, Taken, cpu
from visavis.engine import topk
from visavis.engine.fast import dense
from visavis.engine.fast.top import Prepared, lists
from visavis.engine.market import Market


class Best:
    """The whole score by the kernels; `keep` the lists, or only make them."""

    def __init__(self, market: Market, k: int, keep: bool = True) -> None:
        """Lay both sides out."""
        self.prepared, self.k, self.keep = Prepared(market), k, keep
        self.desk = self.prepared.desk()

    def __call__(self, people: int) -> Lists:
        """Give the lists of the first people."""
        row = self.prepared.vacancies.row
        found: Lists = []
        for some in lists(self.prepared, np.arange(people), self.k):
            if self.keep:
                found += [row[place[:count]] for place, count in zip(some.place, some.length, strict=True)]
        return found

    def one(self, i: int) -> None:
        """Make the list of one person."""
        self.prepared.rank(np.array([i]), self.k, self.desk)


class Nearest:
    """The nearest vectors by the kernels."""

    def __init__(self, market: Market, vectors: tuple[np.ndarray, np.ndarray], k: int) -> None:
        """Lay both sides out, vectors as bytes."""
        self.prepared, self.hers, self.k = Prepared(market), vectors[0], k
        self.dense = dense.Dense(self.prepared, vectors[1])

    def __call__(self, people: int) -> Lists:
        """Give the lists of the first people."""
        found = self.dense.nearest(np.arange(people), self.k, self.hers)
        row = self.prepared.vacancies.row
        return [row[place[:count]] for place, count in zip(found.place, found.count, strict=True)]

    def one(self, i: int) -> None:
        """Make the list of one person."""
        self.dense.nearest(np.array([i]), self.k, self.hers)


def readable(market: Market, k: int) -> tuple[Taken, Truth]:
    """Find the lists by the readable way, in float64, which is the reference; say what it took."""
    topk.WORTH_COMPILING = np.inf
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found, seconds = cpu(lambda: topk.top_vacancies(market, k))
    people = len(market.jobseekers)
    ends = np.cumsum(np.bincount(found.jobseeker, minlength=people))
    whole = np.split(found.vacancy, ends[:-1])
    full = np.array([len(one) == k for one in whole])
    last = np.full(people, -np.inf)
    last[full] = found.score[ends[full] - 1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mb = 1024 / 1e6
    return Taken(people, 0.0, seconds, 1, (peak - start) * mb, peak * mb, whole, np.zeros(0)), Truth(
        last, whole
    )
