"""Ranked pairs: what every list is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.score.tiers import BEYOND, DISCOVER, OCCUPATION, SLIGHT, Tiers, leads

LEAST_READ = 6
"""So many places has a list at least, where there are as many, though hardly anything speaks for some."""


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
    # uint8, (n,): of `tiers.py`; in a jobseeker's list those of a lower tier stand first, whatever the score
    tier: Tiers

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.score)


def taken(found: Matches, rows: IntArray) -> Matches:
    """Give some of the pairs, in the order asked."""
    return Matches(*(getattr(found, field.name)[rows] for field in fields(Matches)))


def best_per_jobseeker(found: Sequence[Matches], k: int) -> Matches:
    """Merge lists of jobseekers over different vacancies of one market into the `k` best of each, in their order."""
    columns = ([getattr(one, field.name) for one in found] for field in fields(Matches))
    return the_best(Matches(*(np.concatenate(column) for column in columns)), k)


def the_best(pairs: Matches, k: int) -> Matches:
    """Keep the `k` best vacancies of each jobseeker and put them in their order, by jobseeker.

    Kept is what has the highest score, but that what lies beyond her reach comes last, and what is of an occupation
    she asked for leads (`tiers.leads`). In order: by tier, then score, then vacancy.
    """
    key = pairs.score + leads(pairs.parts[:, OCCUPATION]) - w.ASKED_LEAD * (pairs.tier == BEYOND)
    pairs = taken(pairs, np.lexsort((pairs.vacancy, -key, pairs.jobseeker)))
    pairs = taken(pairs, np.flatnonzero(_ranks(pairs) <= k))
    pairs = taken(pairs, np.lexsort((pairs.vacancy, -pairs.score, pairs.tier, pairs.jobseeker)))
    return replace(pairs, rank=_ranks(pairs))


def worth_reading(found: Matches) -> Matches:
    """Leave out of jobseekers' lists what hardly anything speaks for, but where a list would be very short."""
    kept = taken(found, np.flatnonzero((found.tier != SLIGHT) | (found.rank <= LEAST_READ)))
    return replace(kept, tier=np.where(kept.tier == SLIGHT, DISCOVER, kept.tier).astype(np.uint8))


def _ranks(pairs: Matches) -> npt.NDArray[np.int32]:
    rank = np.arange(len(pairs)) - np.searchsorted(pairs.jobseeker, pairs.jobseeker) + 1
    return rank.astype(np.int32)
