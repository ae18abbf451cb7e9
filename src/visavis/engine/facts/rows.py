"""Rows cut out of the columns of a side, and columns put one after the other."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import fields
from typing import Any

import numpy as np

from visavis.engine.arrays import IntArray
from visavis.engine.facts.columns import Columns, JobseekerColumns
from visavis.engine.ragged import Ragged, joined, repeated


def one_jobseeker(columns: JobseekerColumns, row: int) -> JobseekerColumns:
    """Give the columns of one person.

    Raises
    ------
    ValueError
        There is no such row.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns
    >>> people = jobseeker_columns([Jobseeker(id="a"), Jobseeker(id="b", wishes=["J1506"])])
    >>> one_jobseeker(people, 1).wishes.row(0).tolist()
    ['J1506']
    """
    if not 0 <= row < len(columns):
        raise ValueError(f"expected a row of [0, {len(columns)}), got {row}")
    return columns if len(columns) == 1 else take_rows(columns, np.array([row]))


def take_rows[C: Columns](columns: C, rows: IntArray) -> C:
    """Give the columns of some rows of either side, in the order asked; what was checked is not checked again."""
    taken: dict[str, Any] = {}
    for field in fields(columns):
        column = getattr(columns, field.name)
        taken[field.name] = column.take(rows) if isinstance(column, Ragged) else column[rows]
    return changed(columns, **taken)


def changed[C: Columns](columns: C, **others: Any) -> C:
    """Give the same rows with other columns in the place of some, which are trusted: nothing is checked again.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns
    >>> people = jobseeker_columns([Jobseeker(radius_km=10.0)])
    >>> changed(people, radius_km=people.radius_km + 5.0).radius_km.tolist(), people.radius_km.tolist()
    ([15.0], [10.0])
    """
    other = copy(columns)
    other.__dict__.update(others)
    return other


def joined_columns[C: Columns](parts: Sequence[C]) -> C:
    """Put the rows of one part after those of another, which are trusted.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns
    >>> one, other = (jobseeker_columns([Jobseeker(wishes=[code])]) for code in ("J1506", "F1703"))
    >>> joined_columns([one, other]).wishes.row(1).tolist()
    ['F1703']
    """
    whole: dict[str, Any] = {}
    for field in fields(parts[0]):
        columns = [getattr(part, field.name) for part in parts]
        whole[field.name] = _joined(columns)
    return changed(parts[0], **whole)


def varied_columns[C: Columns](columns: C, variants: Sequence[Mapping[str, Any]]) -> C:
    """Put some rows after themselves, once a variant: what each has in the place of some columns, which is trusted.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns
    >>> people = jobseeker_columns([Jobseeker(radius_km=10.0, education=3)])
    >>> both = varied_columns(people, [{}, {"radius_km": people.radius_km + 5.0}])
    >>> both.radius_km.tolist(), both.education.tolist()
    ([10.0, 15.0], [3, 3])
    """
    touched = {name for variant in variants for name in variant}
    whole: dict[str, Any] = {}
    for field in fields(columns):
        name, column = field.name, getattr(columns, field.name)
        if name in touched:
            whole[name] = _joined([variant.get(name, column) for variant in variants])
        elif isinstance(column, Ragged):
            whole[name] = repeated(column, len(variants))
        else:
            whole[name] = np.concatenate([column] * len(variants))
    return changed(columns, **whole)


def _joined(columns: Sequence[Any]) -> Any:
    """Put one column after another."""
    return joined(columns) if isinstance(columns[0], Ragged) else np.concatenate(columns)
