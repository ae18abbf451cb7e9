"""Find a label by what a person types: beginnings of words, in any order, accents and small typos forgiven.

Pure: a list of labels in, row numbers and scores out. Titles, skills and communes are searched this way.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from visavis.folding import distance, fold_words

type Rows = npt.NDArray[np.int32]
type Scores = npt.NDArray[np.float32]

SMALL_FRENCH = "a au aux d de des du en et l la le les ou par pour sur un une"
SMALL_ENGLISH = "an and at by for from in of on or the to with"
SMALL_WORDS = frozenset((*SMALL_FRENCH.split(), *SMALL_ENGLISH.split()))
LONGEST = 250
"""Characters of what is typed that are read."""

MOST_WORDS = 12
TYPO = 0.8
"""What a word counts for when it is found one typo away."""

SECOND_TYPO = 0.15
"""What each further typo takes off."""

UNASKED = 0.25

BEGINS = 0.05
"""What a label gains by beginning with what was typed."""


def cut(text: str) -> list[str]:
    """Cut a text into folded words; small words count only when there is nothing else."""
    words = fold_words(text).split()
    return [word for word in words if word not in SMALL_WORDS] or words


def pairs(word: str) -> set[str]:
    """Give the pairs of letters of a word, its beginning marked."""
    marked = f" {word}"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}


def begun(vocabulary: list[str], typed: str) -> list[tuple[int, float]]:
    """Give the places, in sorted words, of those that begin as typed; the whole word counts 1."""
    first = bisect_left(vocabulary, typed)
    last = bisect_left(vocabulary, typed + "\U0010ffff")
    return [
        (number, 1.0 if len(word) == len(typed) else 0.75 + 0.2 * len(typed) / len(word))
        for number, word in enumerate(vocabulary[first:last], first)
    ]


class RowLists:
    """Lists of rows in one array: thousands of small arrays would take many times what they hold."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self._ends = np.cumsum([0, *map(len, lists)])
        self._rows = np.fromiter(chain.from_iterable(lists), np.int32, int(self._ends[-1]))

    def __getitem__(self, number: int) -> Rows:
        return self._rows[self._ends[number] : self._ends[number + 1]]


class Spellings:
    """An index of labels by their words.

    Parameters
    ----------
    labels : sequence of str
        What is searched; a row number is a place in it.
    bonus : sequence of float, optional
        Added to the score of each label that matches, at most 0.2: bigger towns, principal titles.
    words : callable, optional
        Cuts a text into words, both labels and what is typed; `cut` by default.
    unasked : float
        How much of its score a label can lose by the words nobody typed.
    """

    def __init__(
        self,
        labels: Sequence[str],
        bonus: Sequence[float] | None = None,
        words: Callable[[str], list[str]] = cut,
        unasked: float = UNASKED,
    ) -> None:
        self._words = words
        self._unasked = unasked
        postings: dict[str, list[int]] = defaultdict(list)
        joined: dict[str, list[int]] = defaultdict(list)
        starts: list[str] = []
        lengths = np.zeros(len(labels), np.int32)
        for row, label in enumerate(labels):
            its_words = words(label)
            starts.append(" ".join(its_words))
            distinct = set(its_words)
            lengths[row] = len({word[:5] for word in distinct})
            # "aidesoignante" is how some type "aide-soignante".
            for word in {"".join(words(part)) for part in label.split() if "-" in part} - distinct:
                joined[word].append(row)
            for word in distinct:
                postings[word].append(row)
        self._starts = starts
        self._vocabulary = sorted(postings)
        self._joined = sorted(joined)
        rows = [postings[word] for word in self._vocabulary] + [joined[word] for word in self._joined]
        self._postings = RowLists(rows)
        self._rarity = np.log1p(len(labels) / np.array([max(len(p), 1) for p in rows] or [1])).astype(
            np.float32
        )
        self._lengths = np.maximum(lengths, 1)
        self._bonus = np.zeros(len(labels), np.float32) if bonus is None else np.array(bonus, np.float32)
        by_pair: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._vocabulary):
            for pair in pairs(word):
                by_pair[pair].append(number)
        self._by_pair: dict[str, Rows] = {pair: np.array(found, np.int32) for pair, found in by_pair.items()}

    def __len__(self) -> int:
        return len(self._starts)

    def search(
        self, typed: str, top: int = 10, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Give the rows that fit best, best first, with a score between 0 and about 1.

        `among` limits the answer to some rows. A row that has nothing of what was typed is never given.
        """
        words = self._words(typed[:LONGEST])[:MOST_WORDS]
        if not words or not self._starts:
            return []
        scores = self._scores(words)
        if among is not None:
            kept = np.zeros(len(scores), bool)
            kept[list(among)] = True
            scores[~kept] = 0
        hits = np.flatnonzero(scores)
        if not hits.size:
            return []
        start = " ".join(words)
        scores[hits] += self._bonus[hits]
        if hits.size > 4 * top:
            hits = hits[np.argpartition(-scores[hits], 4 * top - 1)[: 4 * top]]
        for row in hits:
            if self._starts[row].startswith(start):
                scores[row] += BEGINS
        best = sorted(hits.tolist(), key=lambda row: (-scores[row], len(self._starts[row]), row))
        return [(row, round(float(scores[row]), 4)) for row in best[:top]]

    def _scores(self, words: list[str]) -> Scores:
        """Add up, for every label, what each typed word finds in it."""
        total = np.zeros(len(self._starts), np.float32)
        found = np.zeros(len(self._starts), np.int32)
        weight = 0.0
        for word in words:
            matches = self._matches(word)
            rarities = [float(self._rarity[number]) for number, _strength in matches]
            rarity = max(rarities, default=float(self._rarity.max()))
            best = np.zeros(len(self._starts), np.float32)
            for number, strength in matches:
                rows = self._postings[number]
                best[rows] = np.maximum(best[rows], strength)
            total += rarity * best
            found += best > 0
            weight += rarity
        share = np.minimum(found / self._lengths, 1.0)
        return (total / weight * (1 - self._unasked * (1 - share))).astype(np.float32)

    def _matches(self, typed: str) -> list[tuple[int, float]]:
        """Give the words of the vocabulary that begin as typed, else those a typo away."""
        found = begun(self._vocabulary, typed) or [
            (number + len(self._vocabulary), strength) for number, strength in begun(self._joined, typed)
        ]
        return found or self._typos(typed)

    def _typos(self, typed: str) -> list[tuple[int, float]]:
        most = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
        known = [self._by_pair[pair] for pair in pairs(typed) if pair in self._by_pair]
        if not most or not known:
            return []
        shared = np.bincount(np.concatenate(known), minlength=len(self._vocabulary))
        near = np.argsort(-shared, kind="stable")[:60]
        found = []
        for number in near.tolist():
            word = self._vocabulary[number]
            whole = distance(typed, word, most)
            typos = min(whole, distance(typed, word[: len(typed)], most))
            if typos <= most:
                found.append((number, TYPO - SECOND_TYPO * (typos - 1) - 0.05 * (whole > most)))
        return found
