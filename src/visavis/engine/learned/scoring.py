"""How pairs are scored: by the experts' weights, or by what answers taught, with what wishes and hires say."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.explain.reasons import Reason
from visavis.engine.learned.history import history_of
from visavis.engine.learned.model import Learned
from visavis.engine.learned.paths import ThroughVacancies, as_applied, paths
from visavis.engine.learned.reasons import retold
from visavis.engine.version import ENGINE_VERSION

type Parts = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Past:
    """Who wished to be introduced or was hired where: numbers of rows, rising, and one matrix."""

    people: IntArray
    work: IntArray
    applied: sparse.csr_array
    model: ThroughVacancies

    @classmethod
    def of(cls, people: IntArray, work: IntArray, weight: FloatArray) -> "Past":
        """Lay wishes out; one said twice counts once, at its heaviest."""
        who, row = np.unique(people, return_inverse=True)
        where, column = np.unique(work, return_inverse=True)
        order = np.lexsort((weight, column, row))
        last = np.append(np.diff(row[order] * max(1, len(where)) + column[order]) > 0, True)[: len(order)]
        kept = order[last]
        shape = len(who), len(where)
        applied = as_applied(sparse.csr_array((weight[kept], (row[kept], column[kept])), shape=shape))
        return cls(who, where, applied, paths(applied))

    def says(self, people: IntArray, work: IntArray) -> FloatArray:
        """Return what it says of pairs, in rows' numbers; 0 for who or what is new."""
        found = np.zeros(len(people))
        row, column = _places(self.people, people), _places(self.work, work)
        known = (row >= 0) & (column >= 0)
        found[known] = history_of(self.applied, row[known], column[known], self.model)
        return found


def _places(known: IntArray, asked: IntArray) -> IntArray:
    if not len(known):
        return np.full(len(asked), -1)
    place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[place] == asked, place, -1)


@dataclass(frozen=True)
class Scoring:
    """How pairs are scored: by the heads of a version, or by the experts' weights alone."""

    version: int = 0
    heads: Learned | None = None
    past: Past | None = None

    @property
    def engine_version(self) -> str:
        """What is kept beside a match: the engine's version, and the score's once there is one."""
        return f"{ENGINE_VERSION}+{self.version}" if self.heads else ENGINE_VERSION

    def score(self, parts: Parts, people: IntArray, work: IntArray) -> FloatArray:
        """Score pairs, in rows' numbers, from their parts."""
        if self.heads is None:
            return np.asarray(parts.sum(axis=1), np.float64)
        return self.heads.scores(parts, self.history(people, work))

    def history(self, people: IntArray, work: IntArray) -> FloatArray | None:
        return self.past.says(people, work) if self.past else None

    def tell(self, reasons: list[list[Reason]], people: IntArray, work: IntArray) -> list[list[Reason]]:
        """Give reasons with the logits of this scoring: they add up to its score."""
        if self.heads is None:
            return reasons
        return retold(self.heads, reasons, self.history(people, work))
