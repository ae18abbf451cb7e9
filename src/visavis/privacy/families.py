"""Families before occupations: the finest group whose figure may be published, interest by interest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from visavis.privacy.arrays import FloatArray, IntArray
from visavis.privacy.estimates import Estimates, Rule, may_be_published, more_needed
from visavis.privacy.privset import PrivSet

NOTHING = -1


@dataclass(frozen=True)
class Publication:
    """What a page may say of one occupation."""

    # (k,): from which group the figure is, counted from the widest, 0; `NOTHING` where none is good enough
    level: IntArray
    share: FloatArray  # (k,): the figure, in [0, 1]; NaN where nothing is published
    low: FloatArray  # (k,): its interval, likewise
    high: FloatArray  # (k,)
    # (k,): reports that the next finer group needs before its own figure may be published; 0 at the finest
    more_needed: IntArray


def publish(groups: Sequence[Estimates], mechanism: PrivSet, rule: Rule) -> Publication:
    """Choose, interest by interest, the finest group that may be published when all wider ones may.

    Parameters
    ----------
    groups : sequence of Estimates
        From the widest, everybody or a family of occupations, to the finest, the occupation.
    mechanism : PrivSet
        How reports are drawn now: for how many more are needed.
    rule : Rule
        What is good enough.

    Raises
    ------
    ValueError
        When no group is given.
    """
    if not groups:
        raise ValueError("at least one group")
    k = len(groups[0].share)
    level = np.full(k, NOTHING, dtype=np.int64)
    share, low, high = np.full((3, k), np.nan)
    missing = np.zeros(k, dtype=np.int64)
    open_so_far = np.ones(k, dtype=np.bool_)
    for depth, found in enumerate(groups):
        good = open_so_far & may_be_published(found, rule)
        stopped = open_so_far & ~good
        missing[stopped] = more_needed(found, mechanism, rule)[stopped]
        level[good] = depth
        share[good], low[good], high[good] = found.shown[good], found.low[good], found.high[good]
        open_so_far = good
    return Publication(level, share, low, high, missing)
