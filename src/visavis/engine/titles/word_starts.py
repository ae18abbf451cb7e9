"""Which labels hold words that start with what is being typed."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visavis.engine.text.folding import words
from visavis.engine.text.genders import both_genders

LONGEST_TYPED = 20
FIRST = "^"
"""Marks the first word of a label, which counts half a word more."""


class WordStarts:
    """An inverted index over the sorted words of labels.

    >>> WordStarts(["Boulanger / Boulangère", "Agent de bureau"]).share("bou").tolist()
    [1.0, 0.0]
    """

    def __init__(self, labels: Sequence[str]) -> None:
        holders: dict[str, list[int]] = {}
        for row, label in enumerate(labels):
            for word in {word for wording in both_genders(label) for word in words(wording)}:
                holders.setdefault(word, []).append(row)
            for wording in both_genders(label):
                holders.setdefault(FIRST + "".join(words(wording)[:1]), []).append(row)
        self.count = len(labels)
        self.words = sorted(holders)
        self.ends = np.cumsum([0, *(len(holders[word]) for word in self.words)])
        self.rows = np.array([row for word in self.words for row in holders[word]], np.int32)

    def share(self, typed: str) -> NDArray[np.float32]:
        """Give, for each label, the share of the typed words that start one of its words, between 0 and 1."""
        wanted = words(typed)[:LONGEST_TYPED]
        hits = np.zeros(self.count, np.float32)
        for word in wanted:
            hits[self._holders(word)] += 1
        if wanted:
            hits[self._holders(FIRST + wanted[0])] += 0.5
        return hits / np.float32(len(wanted) + 0.5)

    def _holders(self, start: str) -> NDArray[np.int32]:
        first, last = bisect_left(self.words, start), bisect_left(self.words, start + "\U0010ffff")
        return np.unique(self.rows[self.ends[first] : self.ends[last]])
