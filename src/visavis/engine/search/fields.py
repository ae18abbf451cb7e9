"""Which documents hold a word: inverted indexes in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

type Places = NDArray[np.int32]


class Field(Protocol):
    """What a search asks of a field of all documents."""

    def holders(self, term: str) -> Places:
        """Return the places of the documents that hold a term."""
        ...

    def count(self, term: str) -> int:
        """Return how many hold it."""
        ...


def _number(term: str) -> int:
    return crc32(term.encode("utf-8", "replace"))


class MemoryField:
    """The terms of one field of N documents, as numbers: two of them meet once in billions.

    >>> field = MemoryField([["bon", "pain"], ["pain"]])
    >>> field.holders("pain").tolist(), field.holders("vin").tolist()
    ([0, 1], [])
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        numbers: list[NDArray[np.uint32]] = []
        lengths: list[int] = []
        for terms in documents:
            numbers.append(np.array([_number(term) for term in dict.fromkeys(terms)], np.uint32))
            lengths.append(len(numbers[-1]))
        terms_there = np.concatenate(numbers) if numbers else np.zeros(0, np.uint32)
        order = np.argsort(terms_there, kind="stable")
        self._places = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[order]
        self._terms, self._starts = np.unique(terms_there[order], return_index=True)
        self._starts = np.append(self._starts, len(order))

    def holders(self, term: str) -> Places:
        """Return the places of the documents that hold a term, rising."""
        number = _number(term)
        row = int(np.searchsorted(self._terms, number))
        if row == len(self._terms) or self._terms[row] != number:
            return self._places[:0]
        return self._places[self._starts[row] : self._starts[row + 1]]

    def count(self, term: str) -> int:
        return len(self.holders(term))


@dataclass(frozen=True)
class JoinedField:
    """Two fields of documents that stand one behind the other; the first has `size` of them."""

    first: Field
    second: Field
    size: int

    def holders(self, term: str) -> Places:
        late = self.second.holders(term)
        early = self.first.holders(term)
        return np.concatenate([early, late + np.int32(self.size)]) if len(late) else early

    def count(self, term: str) -> int:
        return self.first.count(term) + self.second.count(term)


@dataclass(frozen=True)
class CodedField:
    """Documents that hold what their code is called: `terms` of `size` codes, `code` of each document, -1 for none."""

    terms: Field
    size: int
    code: NDArray[np.int32]

    def holders(self, term: str) -> Places:
        codes = self.terms.holders(term)
        if not len(codes):
            return codes
        is_one = np.zeros(self.size + 1, bool)
        is_one[codes] = True
        return np.flatnonzero(is_one[self.code]).astype(np.int32)

    def count(self, term: str) -> int:
        return len(self.holders(term))


class Remembered:
    """A field that is asked once for each term, during one query.

    Where some of its documents are kept alone, `row` is the place of each among them, -1 for the others; a term is
    counted in all of them still.
    """

    def __init__(self, field: Field, row: Places | None = None) -> None:
        self._field, self._row = field, row
        self._held: dict[str, Places] = {}

    def holders(self, term: str) -> Places:
        if term not in self._held:
            self._held[term] = self._kept(self._field.holders(term))
        return self._held[term]

    def _kept(self, places: Places) -> Places:
        if self._row is None:
            return places
        rows = self._row[places]
        return rows[rows >= 0]

    def count(self, term: str) -> int:
        # What a field knows without looking must not be looked for.
        return max(len(self.holders(term)), self._field.count(term))
