"""Titles of vacancies and texts of people as sparse rows of character n-grams, the rare ones counting more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from visavis.engine.arrays import AnyArray, BoolArray, IntArray
from visavis.engine.ragged import Ragged
from visavis.engine.text import both_genders, clean_title, ngram_counts, unit_rows


@dataclass(frozen=True)
class Texts:
    """The texts of people."""

    # float32, (distinct texts, F): over the F n-grams of the titles; of length 1 when every
    # n-gram of the text is among these
    rows: sparse.csr_array
    row_of: Ragged  # int64: rows of each jobseeker's texts, N rows
    is_worded: BoolArray  # (N,): whether she gave a text with a letter in it


@dataclass(frozen=True)
class Titles:
    """The titles of vacancies.

    References
    ----------
    K. Spärck Jones, "A statistical interpretation of term specificity and its application in retrieval",
    Journal of Documentation 28 (1972).
    """

    # float32, (distinct titles, F): rows of length 1, or 0 for a title without a letter
    rows: sparse.csr_array
    row_of: IntArray  # (M,): the row of each vacancy
    is_worded: BoolArray  # (M,): whether the title has a letter in it
    # float32, (hashes,): what one n-gram counts: ``ln(1 + T / (1 + titles with it))`` squared, of T distinct
    # titles, and as if one title had it when none has. Squared, so that "agent" or "responsable", which say
    # little, weigh little.
    weight: npt.NDArray[np.float32]
    place: IntArray  # (hashes,): column of each n-gram, -1 when no title has it

    @classmethod
    def of(cls, titles: AnyArray) -> "Titles":
        """Lay out titles, array of str, shape (M,).

        Examples
        --------
        >>> titles = Titles.of(np.array(["Maçon (H/F)", "Maçon", "!"], object))
        >>> titles.rows.shape[0], titles.is_worded.tolist()
        (3, [True, True, False])
        """
        distinct, row_of = _distinct(titles)
        counts = _counts(distinct)
        holders = np.bincount(counts.indices, minlength=counts.shape[1])
        kept = np.flatnonzero(holders)
        unseen = np.square(np.log1p(len(distinct) / 2.0))
        weight = np.full(counts.shape[1], unseen, np.float32)
        weight[kept] = np.square(np.log1p(len(distinct) / (1.0 + holders[kept])))
        rows = _weighted(counts, weight)
        place = np.full(counts.shape[1], -1, np.int64)
        place[kept] = np.arange(len(kept))
        shape = (rows.shape[0], len(kept))
        narrow = sparse.csr_array((rows.data, place[rows.indices], rows.indptr), shape=shape)
        is_worded: BoolArray = np.diff(rows.indptr)[row_of] > 0
        return cls(narrow, row_of, is_worded, weight, place)

    def more(self, titles: AnyArray) -> "Titles":
        """Lay out other titles, array of str, shape (m,), over the same n-grams with the same weights."""
        distinct, row_of = _distinct(titles)
        rows, is_worded = self._narrowed(distinct)
        return replace(self, rows=rows, row_of=row_of, is_worded=is_worded[row_of])

    def texts(self, column: Ragged) -> Texts:
        """Lay out the texts of people, N rows, over the n-grams of the titles."""
        distinct, row_of = _distinct(column.values)
        narrow, is_worded_text = self._narrowed(distinct)
        worded = is_worded_text[row_of]
        owner = np.repeat(np.arange(len(column)), column.lengths())
        is_worded: BoolArray = np.bincount(owner[worded], minlength=len(column)) > 0
        return Texts(narrow, Ragged(row_of, column.offsets), is_worded)

    def _narrowed(self, distinct: Sequence[str]) -> tuple[sparse.csr_array, BoolArray]:
        """Give rows over the n-grams that titles have, and whether each text has a letter in it."""
        rows = _weighted(_counts(distinct), self.weight)
        place = self.place[rows.indices]
        kept = place >= 0
        starts = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
        shape = (rows.shape[0], self.rows.shape[1])
        narrow = sparse.csr_array((rows.data[kept], place[kept], starts), shape=shape)
        is_worded: BoolArray = np.diff(rows.indptr) > 0
        return narrow, is_worded


def _distinct(values: AnyArray) -> tuple[list[str], IntArray]:
    place: dict[str, int] = {}
    rows = [place.setdefault(text, len(place)) for text in values.tolist()]
    return list(place), np.array(rows, np.int64)


def _counts(texts: Sequence[str]) -> sparse.csr_array:
    """Count n-grams of the first of both wordings, so that neither sex's wording weighs twice."""
    return ngram_counts([both_genders(clean_title(text))[0] for text in texts], smallest=3, longest=4)


def _weighted(counts: sparse.csr_array, weight: npt.NDArray[np.float32]) -> sparse.csr_array:
    counts.data = counts.data * weight[counts.indices]
    return unit_rows(counts)
