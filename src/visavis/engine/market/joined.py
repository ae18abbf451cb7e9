"""Columns and vacancies laid out apart, put one after the other as if laid out at once."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from scipy import sparse

from visavis.engine.arrays import IntArray
from visavis.engine.facts.columns import Columns
from visavis.engine.facts.rows import take_rows
from visavis.engine.market.market import Market
from visavis.engine.market.newcomers import without_vacancies
from visavis.engine.ragged import Ragged
from visavis.engine.text.texts import Titles


def joined_columns[C: Columns](parts: Sequence[C]) -> C:
    """Put the rows of one part after those of another.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns
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
    small.vacancies = joined_columns([take_rows(market.vacancies, some) for market, some in both])
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
