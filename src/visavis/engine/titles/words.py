"""The words of titles beside those of labels: how alike in letters, how near by what was learnt."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from visavis.engine.text.folding import stems, words
from visavis.engine.text.ngrams import ngram_counts, unit_rows
from visavis.engine.titles.associations import Associations

LONGEST = 8
"""Words read of a title or a label: what follows rarely says the trade."""

LETTERS = 2**16
LETTERS_POWER = 3
SAME_STEM = np.float32(0.95)
FAINTEST = np.float32(0.05)
"""A word less alike than this is not looked for among all words of an occupation: nearly every word is."""

type Floats = NDArray[np.float32]
type Rows = NDArray[np.int32]


class Asked(NamedTuple):
    """The words of n titles: their rows in the tables, how rare each is, and the tables themselves.

    `alike` and `near` compare with words of labels; the other two with all words of an occupation.
    """

    rows: Rows
    rarity: Floats
    alike: Floats
    near: Floats
    occupation_alike: Floats
    occupation_near: Floats


class TitleWords:
    """The words of labels, as rows of numbers that fit one table.

    Parameters
    ----------
    texts : canonical labels.
    language : of the stems.
    associations : which words stand for one another.
    codes : int (n,), the occupation of each label.

    Attributes
    ----------
    rows : int32 (n, LONGEST), the words of each label; where it has fewer, the number of words known.
    rarity : float32, of each word, and 0 for "no word".
    """

    def __init__(self, texts: Sequence[str], language: str, associations: Associations, codes: Rows) -> None:
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
        lengths = [len(label) for label in cut]
        where = (self.rows[self.rows < len(self.known)], np.repeat(codes, lengths))
        shape = (len(self.known), int(codes.max()) + 1)
        self.occupations = sparse.csr_array((np.ones(len(where[0]), np.float32), where), shape=shape)
        self.occupations.sum_duplicates()
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
            (distinct words + 1, words known + 1): the last row and the last column stand for "no word";
            `occupation_alike` and `occupation_near`, float32 (distinct words + 1, occupations).
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
        np.maximum(alike, near, out=near)
        return Asked(rows, rarity[rows], alike, near, self._by_occupation(alike), self._by_occupation(near))

    def _by_occupation(self, table: Floats) -> Floats:
        """Give the greatest of the words of each occupation; what is hardly alike counts as 0."""
        row, word = np.nonzero(table[:, :-1] >= FAINTEST)
        holders = np.diff(self.occupations.indptr)[word]
        # Where the occupations of each word begin, counted on to its last.
        place = np.arange(holders.sum()) - np.repeat(np.cumsum(holders) - holders, holders)
        occupation = self.occupations.indices[np.repeat(self.occupations.indptr[word], holders) + place]
        greatest = np.zeros((len(table), self.occupations.shape[1]), np.float32)
        cell = np.repeat(row, holders) * greatest.shape[1] + occupation
        np.maximum.at(greatest.reshape(-1), cell, np.repeat(table[row, word], holders))
        return greatest


def _padded(lists: Sequence[Sequence[int]], filler: int) -> Rows:
    rows = np.full((len(lists), LONGEST), filler, np.int32)
    for row, numbers in enumerate(lists):
        rows[row, : len(numbers)] = numbers
    return rows
