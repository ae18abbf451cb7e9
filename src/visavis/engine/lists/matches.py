"""Ranked pairs: what every list is made of."""

from dataclasses import dataclass, fields

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
