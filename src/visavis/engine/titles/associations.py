"""Which words stand for one another, learnt from titles that mean alike: synonyms, and translations."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

ROUNDS = 4
MOST_TITLES = 12
"""Titles read of one group, evenly spread: the pairs of a long group would drown the others."""

CAUTION = 3.0
"""Counts added to what each word was seen with, so that a word seen once promises little."""

type Numbers = NDArray[np.int64]


def _pairs(groups: Iterable[Sequence[Sequence[str]]]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Give every two titles of a group, both ways; titles are lists of words."""
    for group in groups:
        titles = list(dict.fromkeys(tuple(title) for title in group if title))
        if len(titles) > MOST_TITLES:
            titles = [titles[row] for row in np.linspace(0, len(titles) - 1, MOST_TITLES).astype(int)]
        for here in titles:
            for there in titles:
                if here is not there:
                    yield here, there


class Associations:
    """For each word, the words that stand in its place in titles that mean alike, as shares.

    Two titles of one occupation are read as a translation of one another: each word of one is explained by
    the words of the other, in shares found by expectation and maximisation. Titles in two languages give
    translations, titles in one give synonyms, and every word stands foremost for itself.

    Parameters
    ----------
    groups : titles that mean alike, each a list of folded words.

    References
    ----------
    Brown, Della Pietra, Della Pietra and Mercer (1993), "The mathematics of statistical machine
    translation", model 1; Berger and Lafferty (1999) for its use in search.

    >>> told = Associations([[["baker"], ["boulanger"]], [["baker", "aid"], ["aide", "boulanger"]]] * 9)
    >>> round(told.shares(["boulanger"], ["aid", "baker", "driver"]).toarray().argmax())
    1
    """

    def __init__(self, groups: Iterable[Sequence[Sequence[str]]]) -> None:
        self.rows: dict[str, int] = {}
        # One catalogue asks again and again: hashing its words is all that is left of the work.
        self._columns = lru_cache(maxsize=4)(self._columns_of)
        here: list[int] = []
        there: list[int] = []
        place: list[int] = []
        for count, (left, right) in enumerate(_pairs(groups)):
            a = [self.rows.setdefault(word, len(self.rows)) for word in left]
            b = [self.rows.setdefault(word, len(self.rows)) for word in right]
            here += a * len(b)
            there += [word for word in b for _ in a]
            place += [count] * (len(a) * len(b))
        self.table = self._shares(
            np.array(here, np.int64), np.array(there, np.int64), np.array(place, np.int64)
        )

    def _shares(self, here: Numbers, there: Numbers, place: Numbers) -> sparse.csr_array:
        size = len(self.rows)
        distinct, couple = np.unique(here * size + there, return_inverse=True)
        _, explained = np.unique(place * size + there, return_inverse=True)
        source = distinct // max(size, 1)
        shares = np.ones(len(distinct))
        for _ in range(ROUNDS):
            mass = shares[couple]
            mass /= np.bincount(explained, weights=mass)[explained]
            seen = np.bincount(couple, weights=mass)
            shares = seen / (np.bincount(source, weights=seen, minlength=size)[source] + CAUTION)
        where = (source, distinct % max(size, 1))
        return sparse.csr_array((shares.astype(np.float32), where), shape=(size, size))

    def _columns_of(self, among: tuple[str, ...]) -> tuple[Numbers, frozenset[str]]:
        column_of = np.full(len(self.rows) + 1, -1, np.int64)
        for column, word in enumerate(among):
            column_of[self.rows.get(word, -1)] = column
        column_of[-1] = -1
        return column_of, frozenset(among)

    def shares(self, asked: Sequence[str], among: Sequence[str]) -> sparse.csr_array:
        """Give the shares of `asked` words among others, shape (asked, among), float32.

        A word that is not itself among the others is told anew by those that are.
        """
        known = np.array([self.rows.get(word, -1) for word in asked], np.int64)
        column_of, here = self._columns(tuple(among))
        rows = self.table[known[known >= 0]].tocoo()
        place, column, data = np.flatnonzero(known >= 0)[rows.row], column_of[rows.col], rows.data
        place, column, data = place[column >= 0], column[column >= 0], data[column >= 0]
        foreign = np.array([word not in here for word in asked], bool)
        total = np.bincount(place, weights=data, minlength=len(asked)).astype(np.float32)
        data = np.where(foreign[place], data / np.maximum(total[place], 1e-9), data)
        return sparse.csr_array((data, (place, column)), shape=(len(asked), len(among)), dtype=np.float32)
