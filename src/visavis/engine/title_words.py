"""The words of titles beside those of labels: how alike in letters, how near by what was learnt."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from visavis.engine.associations import Associations
from visavis.engine.folding import stems, words
from visavis.engine.ngrams import ngram_counts, unit_rows

LONGEST = 8
"""Words read of a title or a label: what follows rarely says the trade."""

LETTERS = 2**16
LETTERS_POWER = 3
SAME_STEM = np.float32(0.95)

type Floats = NDArray[np.float32]
type Rows = NDArray[np.int32]


class Asked(NamedTuple):
    """The words of n titles: their rows in the two tables, how rare each is, and the tables themselves."""

    rows: Rows
    rarity: Floats
    alike: Floats
    near: Floats


class TitleWords:
    """The words of labels, as rows of numbers that fit one table.

    Parameters
    ----------
    texts : canonical labels.
    language : of the stems.
    associations : which words stand for one another.

    Attributes
    ----------
    rows : int32 (n, LONGEST), the words of each label; where it has fewer, the number of words known.
    rarity : float32, of each word, and 0 for "no word".
    """

    def __init__(self, texts: Sequence[str], language: str, associations: Associations) -> None:
        self.language, self.associations = language, associations
        cut = [words(text)[:LONGEST] for text in texts]
        self.known: dict[str, int] = {}
        for label in cut:
            for word in label:
                self.known.setdefault(word, len(self.known))
        self.rows = _padded([[self.known[word] for word in label] for label in cut], len(self.known))
        holders = np.bincount(
            [self.known[word] for label in cut for word in set(label)], minlength=len(self.known)
        )
        self.unknown = np.float32(np.log(1 + len(texts)) + 1)
        self.rarity = np.append(np.log((1 + len(texts)) / (1 + holders)) + 1, 0).astype(np.float32)
        self.words = tuple(self.known)
        counts = ngram_counts(self.words, LETTERS, smallest=2, longest=4)
        found_in = np.bincount(counts.indices, minlength=LETTERS)
        self.letter_rarity = (np.log((1 + len(self.words)) / (1 + found_in)) + 1).astype(np.float32)
        self.by_letters = self._weighted(counts).T.tocsr()
        self.of_stem: dict[str, list[int]] = {}
        for word, row in self.known.items():
            self.of_stem.setdefault(self._stem(word), []).append(row)

    def _stem(self, word: str) -> str:
        return (stems(word, self.language) or [word])[0]

    def _weighted(self, counts: sparse.csr_array) -> sparse.csr_array:
        counts.data = (1 + np.log(counts.data)) * self.letter_rarity[counts.indices]
        return unit_rows(counts)

    def ask(self, texts: Sequence[str]) -> Asked:
        """Compare each distinct word of the titles with each word known.

        Returns
        -------
        Asked : rows, int32 (n, LONGEST); rarity, float32 (n, LONGEST); `alike` and `near`, float32
            (distinct words + 1, words known + 1): the last row and the last column stand for "no word".
        """
        distinct: dict[str, int] = {}
        cut = [[distinct.setdefault(word, len(distinct)) for word in words(text)[:LONGEST]] for text in texts]
        asked = list(distinct)
        shape = (len(asked) + 1, len(self.words) + 1)
        alike, near = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        rarity = np.zeros(len(asked) + 1, np.float32)
        if asked:
            letters = self._weighted(ngram_counts(asked, LETTERS, smallest=2, longest=4))
            likeness = letters @ self.by_letters
            likeness.data **= LETTERS_POWER
            alike[:-1, :-1] = likeness.toarray()
            near[:-1, :-1] = self.associations.shares(asked, self.words).toarray()
        for row, word in enumerate(asked):
            alike[row, self.of_stem.get(self._stem(word), [])] = SAME_STEM**LETTERS_POWER
            if word in self.known:
                alike[row, self.known[word]] = 1
            rarity[row] = self.rarity[self.known[word]] if word in self.known else self.unknown
        rows = _padded(cut, len(asked))
        return Asked(rows, rarity[rows], alike, np.maximum(alike, near, out=near))


def _padded(lists: Sequence[Sequence[int]], filler: int) -> Rows:
    rows = np.full((len(lists), LONGEST), filler, np.int32)
    for row, numbers in enumerate(lists):
        rows[row, : len(numbers)] = numbers
    return rows
