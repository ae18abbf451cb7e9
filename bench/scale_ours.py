"""Ours, in the shape `scale.py` times."""

import resource
from unittest.mock import patch

import numpy as np

from bench import nearest
from bench.scale_market import Truth, cosines
from bench.scale_watch import Lists, Taken, cpu
from visavis.engine.fast.top import Prepared, lists
from visavis.engine.lists import topk
from visavis.engine.market.market import Market
from visavis.engine.score.constraints import only_feasible
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.related import only_related
from visavis.engine.score.tiers import OCCUPATION, leads


class Best:
    """The whole score by the kernels; `keep` the lists, or only make them."""

    def __init__(self, market: Market, k: int, keep: bool = True) -> None:
        """Lay both sides out."""
        self.prepared, self.k, self.keep = Prepared(market), k, keep
        self.workspace = self.prepared.workspace()

    def __call__(self, people: int) -> Lists:
        """Give the lists of the first people."""
        row = self.prepared.vacancies.row
        found: Lists = []
        for some in lists(self.prepared, np.arange(people), self.k):
            if self.keep:
                counts = some.length.tolist()
                found += [line[:count] for line, count in zip(row[some.place], counts, strict=True)]
        return found

    def one(self, i: int) -> None:
        """Make the list of one person."""
        self.prepared.rank(np.array([i]), self.k, self.workspace)


class Nearest:
    """The nearest vectors by the kernels."""

    def __init__(self, market: Market, vectors: tuple[np.ndarray, np.ndarray], k: int) -> None:
        """Lay both sides out, vectors as bytes."""
        self.prepared, self.hers, self.k = Prepared(market), vectors[0], k
        self.dense = nearest.Dense(self.prepared, vectors[1])

    def __call__(self, people: int) -> Lists:
        """Give the lists of the first people."""
        found = self.dense.nearest(np.arange(people), self.k, self.hers)
        row = self.prepared.vacancies.row
        counts = found.count.tolist()
        return [line[:count] for line, count in zip(row[found.place], counts, strict=True)]

    def one(self, i: int) -> None:
        """Make the list of one person."""
        self.dense.nearest(np.array([i]), self.k, self.hers)


def readable(market: Market, k: int) -> tuple[Taken, Truth]:
    """Find the lists by the readable way, in float64, which is the reference; say what it took."""
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with patch.object(topk, "is_worth_compiling", return_value=False):
        found, seconds = cpu(lambda: topk.top_vacancies(market, k))
    people = len(market.jobseekers)
    ends = np.cumsum(np.bincount(found.jobseeker, minlength=people))
    whole = np.split(found.vacancy, ends[:-1])
    full = np.array([len(one) == k for one in whole])
    last = np.full(people, -np.inf)
    key = np.split(found.score + leads(found.parts[:, OCCUPATION]), ends[:-1])
    last[full] = [one.min() for one, is_full in zip(key, full, strict=True) if is_full]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mb = 1024 / 1e6
    return Taken(people, 0.0, seconds, 1, (peak - start) * mb, peak * mb, whole, np.zeros(0)), Truth(
        last, whole
    )


def worth(market: Market, who: np.ndarray, what: np.ndarray) -> np.ndarray:
    """Score any pairs in float64, with what leads; -inf for what is not feasible or not related."""
    kept = only_related(only_feasible(Pairs.of(market, who, what)).narrowed())
    parts = topk.parts_of(market, who, what)
    value = parts.sum(axis=1) + leads(parts[:, OCCUPATION])
    return np.where(_among(market, who, what, kept), value, -np.inf)


def likeness(
    market: Market, vectors: tuple[np.ndarray, np.ndarray], who: np.ndarray, what: np.ndarray
) -> np.ndarray:
    """Multiply the vectors of any pairs in float64, -inf for what is not feasible."""
    pairs = Pairs.of(market, who, what)
    return np.where(_among(market, who, what, only_feasible(pairs)), cosines(pairs, vectors), -np.inf)


def _among(market: Market, who: np.ndarray, what: np.ndarray, kept: Pairs) -> np.ndarray:
    size = len(market.vacancies)
    return np.isin(who * size + what, kept.jobseeker * size + kept.vacancy)
