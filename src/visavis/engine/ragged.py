"""Columns whose rows have different lengths, held as two arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from visavis.engine.arrays import AnyArray, IntArray


@dataclass(frozen=True, slots=True)
class Ragged:
    """A column of lists.

    Raises
    ------
    ValueError
        The offsets do not cut the values.

    Examples
    --------
    >>> column = Ragged.from_lists([["M1805", "M1810"], []])
    >>> len(column), column.row(0).tolist(), column.row(1).tolist()
    (2, ['M1805', 'M1810'], [])
    """

    values: AnyArray  # (total,): the lists one after the other: codes, levels, months or texts
    # (rows + 1,): row ``i`` is ``values[offsets[i]:offsets[i + 1]]``; starts at 0, never falls, ends at
    # ``total``
    offsets: IntArray

    def __post_init__(self) -> None:
        """Check the cut once, so that everything after may trust it."""
        values, offsets = self.values, self.offsets
        if values.ndim != 1 or offsets.ndim != 1 or len(offsets) == 0 or offsets.dtype.kind not in "iu":
            raise ValueError(
                f"expected 1-d values, integer offsets; got {values.shape}, {offsets.shape} {offsets.dtype}"
            )
        if offsets[0] != 0 or offsets[-1] != len(values) or (offsets[1:] < offsets[:-1]).any():
            raise ValueError(
                f"offsets must rise from 0 to {len(values)}, got {offsets[0]} … {offsets[-1]} {offsets.shape}"
            )

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.offsets) - 1

    @classmethod
    def from_lists(cls, rows: Iterable[Sequence[Any]], dtype: Any = None) -> "Ragged":
        """Build the column from one list per row; `dtype` is str unless given."""
        lists = [list(row) for row in rows]
        offsets = np.zeros(len(lists) + 1, np.int64)
        np.cumsum([len(row) for row in lists], out=offsets[1:])
        flat = [value for row in lists for value in row]
        return cls(np.array(flat, dtype=dtype if dtype is not None else np.str_), offsets)

    def row(self, index: int) -> AnyArray:
        """Give one row as an array."""
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    def lengths(self) -> IntArray:
        """Give the length of every row, shape (rows,)."""
        return self.offsets[1:] - self.offsets[:-1]

    def take(self, rows: IntArray) -> "Ragged":
        """Give the column of some rows, in the order asked."""
        starts = self.offsets[rows]
        lengths = self.offsets[rows + 1] - starts
        offsets = np.zeros(len(rows) + 1, np.int64)
        lengths.cumsum(out=offsets[1:])
        positions = np.arange(offsets[-1]) + (starts - offsets[:-1]).repeat(lengths)
        return Ragged(self.values[positions], offsets)


def joined(columns: Sequence[Ragged]) -> Ragged:
    """Put the rows of one column after those of another."""
    lengths = np.concatenate([np.zeros(1, np.int64), *(column.lengths() for column in columns)])
    return Ragged(np.concatenate([column.values for column in columns]), np.cumsum(lengths))


def repeated(column: Ragged, times: int) -> Ragged:
    """Put the rows of a column after themselves, so many times in all.

    Examples
    --------
    >>> column = repeated(Ragged.from_lists([["M1805", "M1810"], []]), 2)
    >>> column.values.tolist(), column.offsets.tolist()
    (['M1805', 'M1810', 'M1805', 'M1810'], [0, 2, 2, 4, 4])
    """
    begins = len(column.values) * np.arange(times)[:, None] + column.offsets[:-1]
    offsets = np.append(begins.ravel(), len(column.values) * times)
    return Ragged(np.concatenate([column.values] * times), offsets)


def expand(offsets: IntArray, rows: IntArray) -> tuple[IntArray, IntArray]:
    """List the places of the values of some rows.

    Parameters
    ----------
    offsets : array of int64, shape (all_rows + 1,)
        Offsets of a `Ragged`.
    rows : array of int64, shape (n,)
        Rows wanted, in any order, repeated or not.

    Returns
    -------
    positions : array of int64, shape (total,)
        Places in the values, row after row.
    owner : array of int64, shape (total,)
        For each place the index in `rows` it belongs to, never falling.

    Examples
    --------
    >>> positions, owner = expand(np.array([0, 2, 2, 5]), np.array([2, 0]))
    >>> positions.tolist(), owner.tolist()
    ([2, 3, 4, 0, 1], [0, 0, 0, 1, 1])
    """
    starts = offsets[rows]
    lengths = offsets[rows + 1] - starts
    owner = np.arange(len(rows)).repeat(lengths)
    before = lengths.cumsum() - lengths
    return np.arange(len(owner)) + (starts - before).repeat(lengths), owner


def slices(lengths: IntArray, offset: int = 0, at_once: int = 2_000_000) -> list[tuple[int, int]]:
    """Cut rows into runs whose lengths add up to about `at_once`, so that expanding them stays small.

    Examples
    --------
    >>> slices(np.array([3, 3, 3]), at_once=4)
    [(0, 1), (1, 2), (2, 3)]
    """
    ends = lengths.cumsum()
    if not len(ends) or ends[-1] < at_once:
        return [(offset, offset + len(ends))] if len(ends) else []
    cuts = np.flatnonzero(np.diff(ends // at_once)) + 1
    edges = [0, *cuts.tolist(), len(lengths)]
    return [(offset + a, offset + b) for a, b in pairwise(edges) if b > a]
