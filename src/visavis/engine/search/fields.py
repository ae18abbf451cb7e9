"""Which documents hold a word: an inverted index in memory."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

type Places = NDArray[np.int32]
_NOWHERE: Places = np.zeros(0, np.int32)


class Field(Protocol):
    """What a search asks of a field of all documents."""

    def holders(self, term: str) -> Places:
        """Return the places of the documents that hold a term, rising."""
        ...


class MemoryField:
    """The terms of one field of N documents.

    >>> field = MemoryField([["bon", "pain"], ["pain"]])
    >>> field.holders("pain").tolist(), field.holders("vin").tolist()
    ([0, 1], [])
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        where: dict[str, list[int]] = {}
        lengths = []
        for place, terms in enumerate(documents):
            lengths.append(len(terms))
            for term in dict.fromkeys(terms):
                where.setdefault(term, []).append(place)
        self._where = {term: np.array(places, np.int32) for term, places in where.items()}
        self.lengths = np.array(lengths, np.float32)

    def holders(self, term: str) -> Places:
        return self._where.get(term, _NOWHERE)

    def frequencies(self) -> Counter[str]:
        """Return in how many documents each term stands."""
        return Counter({term: len(places) for term, places in self._where.items()})
