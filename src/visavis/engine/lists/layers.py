"""Vacancies laid out once and a few newcomers beside them: lists over both, as if all stood in one market.

What is rare is rare among those laid out once, for the newcomers too (`newcomers.with_newcomers`).
"""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from visavis.engine.arrays import BoolArray
from visavis.engine.lists.matches import Matches, taken
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.market import Market

SPARE = 16
"""How many places more than asked are looked at first, in case some vacancies are gone."""


def top_of_those_left(market: Market, k: int, is_gone: BoolArray) -> Matches:
    """Give each jobseeker her `k` best vacancies, as `topk.top_vacancies`, of those that are not gone.

    A few more than `k` are looked at; who is left with fewer although there may be others is looked at again,
    twice as far.

    Parameters
    ----------
    market : Market
    k : int
        At least 1.
    is_gone : array of bool, shape (M,)
    """
    kept: list[Matches] = []
    short, asked = np.arange(len(market.jobseekers)), k + SPARE
    while True:
        found = top_vacancies(market, asked, jobseekers=short)
        left = ~is_gone[found.vacancy]
        counts = np.bincount(found.jobseeker, minlength=len(market.jobseekers))
        counts_left = np.bincount(found.jobseeker[left], minlength=len(market.jobseekers))
        again = (counts >= asked) & (counts_left < k)
        kept.append(taken(found, np.flatnonzero(left & ~again[found.jobseeker])))
        short, asked = np.flatnonzero(again), 2 * asked
        if not len(short):
            return best_per_jobseeker(kept, k)


def best_per_jobseeker(found: Sequence[Matches], k: int) -> Matches:
    """Merge lists of jobseekers over different vacancies of one market into the `k` best of each."""
    columns = ([getattr(one, field.name) for one in found] for field in fields(Matches))
    whole = Matches(*(np.concatenate(column) for column in columns))
    whole = taken(whole, np.lexsort((whole.vacancy, -whole.score, whole.jobseeker)))
    rank = np.arange(len(whole)) - np.searchsorted(whole.jobseeker, whole.jobseeker) + 1
    return taken(replace(whole, rank=rank.astype(np.int32)), np.flatnonzero(rank <= k))
