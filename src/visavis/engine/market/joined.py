"""Columns and vacancies laid out apart, put one after the other as if laid out at once."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from scipy import sparse

from visavis.engine.arrays import IntArray
from visavis.engine.facts.columns import Columns
from visavis.engine.market.market import Market
from visavis.engine.market.numbered import Numbered
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
        m + l vacancies, scored as in their markets.
    """
    one, other = Numbered.of(base).take(rows), Numbered.of(late).take(late_rows)
    both = Numbered(
        columns=joined_columns([one.columns, other.columns]),
        occupation=np.concatenate([one.occupation, other.occupation]),
        language=_joined_lists([one.language, other.language]),
        essential=_joined_lists([one.essential, other.essential]),
        wished=_joined_lists([one.wished, other.wished]),
        titles=_joined_titles([one.titles, other.titles]),
    )
    return both.before(base)


def _joined_lists(columns: Sequence[Ragged]) -> Ragged:
    lengths = np.concatenate([np.zeros(1, np.int64), *(column.lengths() for column in columns)])
    return Ragged(np.concatenate([column.values for column in columns]), np.cumsum(lengths))


def _joined_titles(parts: Sequence[Titles]) -> Titles:
    """Put the titles of each part together, over the same n-grams."""
    rows, row_of, first = [], [], 0
    for titles in parts:
        distinct, place = np.unique(titles.row_of, return_inverse=True)
        rows.append(titles.rows[distinct])
        row_of.append(place.astype(np.int64) + first)
        first += len(distinct)
    return replace(
        parts[0],
        rows=sparse.csr_array(sparse.vstack(rows, format="csr")),
        row_of=np.concatenate(row_of),
        is_worded=np.concatenate([titles.is_worded for titles in parts]),
    )
