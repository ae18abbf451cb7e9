"""Titles as sparse rows of length 1: letters, stems and pairs of neighbouring stems, the rare weighing more."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from visavis.engine.text.folding import stems
from visavis.engine.text.ngrams import ngram_counts, unit_rows

LETTERS = 2**18
WORDS = 2**17
SHARES = {"letters": 1.0, "words": 0.5, "pairs": 0.2}
"""Shares of the three kinds of evidence in a product of two rows."""

COMMON_SHARE, COMMON_LEAST = 0.1, 500
"""Letters that more than this share of the titles hold, and this many, are left out: two thirds of the work, and a
fortieth of what tells titles apart."""

type FloatRow = NDArray[np.float32]


def _bag(texts: Iterable[Sequence[str]], count: int) -> sparse.csr_array:
    """Count hashed words."""
    columns: list[int] = []
    starts = [0]
    for words in texts:
        columns += [crc32(word.encode("utf-8", "replace")) & (WORDS - 1) for word in words]
        starts.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    bag = sparse.csr_array((ones, np.array(columns, np.int32), np.array(starts)), shape=(count, WORDS))
    bag.sum_duplicates()
    return bag


def _blocks(texts: Sequence[str], language: str) -> dict[str, sparse.csr_array]:
    stemmed = [stems(text, language) for text in texts]
    neighbours = ([f"{left} {right}" for left, right in pairwise(words)] for words in stemmed)
    return {
        "letters": ngram_counts(texts, LETTERS, smallest=3, longest=4),
        "words": _bag(stemmed, len(texts)),
        "pairs": _bag(neighbours, len(texts)),
    }


def chosen_cosines(titles: sparse.csr_array, labels: sparse.csr_array, chosen: NDArray[np.int32]) -> FloatRow:
    """Give the cosines of stems, and of pairs of stems, of n titles with k chosen labels each.

    Parameters
    ----------
    titles, labels : rows of `TitleFeatures.words_alone`.
    chosen : int (n, k), rows of labels.

    Returns
    -------
    float32, shape (2, n, k).
    """
    count, depth = chosen.shape
    products = titles[np.repeat(np.arange(count), depth)].multiply(labels[chosen.ravel()]).tocsr()
    pair = np.repeat(np.arange(count * depth), np.diff(products.indptr))
    place = 2 * pair + (products.indices >= WORDS)
    sums = np.bincount(place, weights=products.data, minlength=2 * count * depth)
    return sums.reshape(count, depth, 2).transpose(2, 0, 1).astype(np.float32)


class TitleFeatures:
    """Turn canonical titles into rows; how rare each feature is was learnt from the titles given first.

    References
    ----------
    Salton and Buckley (1988), "Term-weighting approaches in automatic text retrieval": ltc weights.
    """

    def __init__(self, language: str = "fr") -> None:
        self.language = language
        self.rarity: dict[str, FloatRow] = {}

    def fit(self, texts: Sequence[str]) -> sparse.csr_array:
        """Learn how rare each feature is, and give the rows of these titles."""
        blocks = _blocks(texts, self.language)
        for name, counts in blocks.items():
            holders = np.bincount(counts.indices, minlength=counts.shape[1])
            rarity = np.log((1 + len(texts)) / (1 + holders)) + 1
            if name == "letters":
                rarity[holders > max(COMMON_SHARE * len(texts), COMMON_LEAST)] = 0
            self.rarity[name] = rarity.astype(np.float32)
        return self._weighted(blocks)

    def transform(self, texts: Sequence[str]) -> sparse.csr_array:
        """Give rows of length 1, shape (n, LETTERS + 2 * WORDS), float32; a product of two is in [0, 1]."""
        return self._weighted(_blocks(texts, self.language))

    @staticmethod
    def words_alone(rows: sparse.csr_array) -> sparse.csr_array:
        """Give the stems, then the pairs of stems, of such rows, each kind of length 1; shape (n, 2 * WORDS)."""
        kinds = (rows[:, LETTERS : LETTERS + WORDS], rows[:, LETTERS + WORDS :])
        return sparse.hstack([unit_rows(kind.tocsr()) for kind in kinds], format="csr")

    def _weighted(self, blocks: dict[str, sparse.csr_array]) -> sparse.csr_array:
        rows = []
        for name, counts in blocks.items():
            counts.data = (1 + np.log(counts.data)) * self.rarity[name][counts.indices]
            counts.eliminate_zeros()
            block = unit_rows(counts)
            block.data *= np.float32(np.sqrt(SHARES[name]))
            rows.append(block)
        return unit_rows(sparse.hstack(rows, format="csr"))
