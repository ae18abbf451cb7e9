"""Ranked pairs: what every list is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class Matches:
    """Ranked pairs, n rows."""

    jobseeker: IntArray  # (n,): rows of the market's columns
    vacancy: IntArray  # likewise
    # int32, (n,): from 1, within the jobseeker (`top_vacancies`) or the vacancy (`top_jobseekers`)
    rank: npt.NDArray[np.int32]
    score: FloatArray  # (n,): logits
    # float32, (n, P): logits in the order of `PART_NAMES`; they add up to the score exactly, in any order
    parts: npt.NDArray[np.float32]

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.score)


def taken(found: Matches, rows: IntArray) -> Matches:
    """Give some of the pairs, in the order asked."""
    return Matches(*(getattr(found, field.name)[rows] for field in fields(Matches)))


def best_per_jobseeker(found: Sequence[Matches], k: int) -> Matches:
    """Merge lists of jobseekers over different vacancies of one market into the `k` best of each."""
    columns = ([getattr(one, field.name) for one in found] for field in fields(Matches))
    whole = Matches(*(np.concatenate(column) for column in columns))
    whole = taken(whole, np.lexsort((whole.vacancy, -whole.score, whole.jobseeker)))
    rank = np.arange(len(whole)) - np.searchsorted(whole.jobseeker, whole.jobseeker) + 1
    return taken(replace(whole, rank=rank.astype(np.int32)), np.flatnonzero(rank <= k))
