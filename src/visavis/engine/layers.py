"""Vacancies laid out once and a few newcomers beside them: lists over both, as if all stood in one market.

What is rare is rare among those laid out once, for the newcomers too (`newcomers.with_newcomers`).
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from scipy import sparse

from visavis.engine.arrays import BoolArray, IntArray
from visavis.engine.columns import Columns
from visavis.engine.market import Market
from visavis.engine.newcomers import without_vacancies
from visavis.engine.ragged import Ragged
from visavis.engine.shards import take_vacancies
from visavis.engine.texts import Titles
from visavis.engine.topk import Matches, top_vacancies

SPARE = 16
"""How many places more than asked are looked at first, in case some vacancies are gone."""


def joined_columns[C: Columns](parts: Sequence[C]) -> C:
    """Put the rows of one part after those of another.

    Examples
    --------
    >>> from visavis.engine.records import Jobseeker, jobseeker_columns
    >>> one, other = (jobseeker_columns([Jobseeker(wishes=[code])]) for code in ("J1506", "F1703"))
    >>> joined_columns([one, other]).wishes.row(1).tolist()
    ['F1703']
    """
    joined: dict[str, Any] = {}
    for field in fields(parts[0]):
        columns = [getattr(part, field.name) for part in parts]
        whole = _joined_lists(columns) if isinstance(columns[0], Ragged) else np.concatenate(columns)
        joined[field.name] = whole
    return type(parts[0])(**joined)


def together(base: Market, rows: IntArray, late: Market, late_rows: IntArray) -> Market:
    """Put some vacancies of a market and some newcomers one after the other, before the same jobseekers.

    Parameters
    ----------
    base : Market
    rows : array of int64, shape (m,)
        Its vacancies, in the order wanted.
    late : Market
        Of `with_newcomers(base, …)`.
    late_rows : array of int64, shape (l,)
        Its vacancies, in the order wanted.

    Returns
    -------
    Market
        m + l vacancies, scored as in their markets; dense vectors are left out.
    """
    both = (base, rows), (late, late_rows)
    small = without_vacancies(base)
    small.vectors = None
    small.vacancies = joined_columns([take_vacancies(market.vacancies, some) for market, some in both])
    small.vacancy_occupation = np.concatenate([market.vacancy_occupation[some] for market, some in both])
    small.vacancy_language = np.concatenate(
        [
            Ragged(market.vacancy_language, market.vacancies.languages.offsets).take(some).values
            for market, some in both
        ]
    )
    for name in ("essential", "wished"):
        small.__dict__[name] = _joined_lists([getattr(market, name).take(some) for market, some in both])
    small.__dict__["titles"] = _joined_titles([(market.titles, some) for market, some in both])
    return small


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


def taken(found: Matches, rows: IntArray) -> Matches:
    """Give some of the pairs, in the order asked."""
    return Matches(*(getattr(found, field.name)[rows] for field in fields(Matches)))


def _joined_lists(columns: Sequence[Ragged]) -> Ragged:
    lengths = np.concatenate([np.zeros(1, np.int64), *(column.lengths() for column in columns)])
    return Ragged(np.concatenate([column.values for column in columns]), np.cumsum(lengths))


def _joined_titles(parts: Sequence[tuple[Titles, IntArray]]) -> Titles:
    """Put the titles of some vacancies of each part together, over the same n-grams."""
    rows, row_of, first = [], [], 0
    for titles, some in parts:
        distinct, place = np.unique(titles.row_of[some], return_inverse=True)
        rows.append(titles.rows[distinct])
        row_of.append(place.astype(np.int64) + first)
        first += len(distinct)
    return replace(
        parts[0][0],
        rows=sparse.csr_array(sparse.vstack(rows, format="csr")),
        row_of=np.concatenate(row_of),
        is_worded=np.concatenate([titles.is_worded[some] for titles, some in parts]),
    )
