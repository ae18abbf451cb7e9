"""The word that was meant, among those that ads and the catalogue use."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping
from copy import copy
from typing import Self

from visavis.engine.search.words import sound, stem
from visavis.folding import distance

LEAST_LETTERS = 4
MOST_CANDIDATES = 400
LEAST_SURE = 0.3
"""Two letters that differ are only a slip where both words sound nearly alike."""


class Spelling:
    """Known words with how often they are used.

    >>> known = Spelling({"plombier": 3, "pompier": 9, "preparateur": 2})
    >>> known.meant("plonbier"), known.meant("prepa")
    ('plombier', 'preparateur')
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self.known = known
        self.others: Callable[[str, str], bool] = lambda word, stem: False
        self.stems = frozenset(stem(word) for word in known)
        self._sorted = sorted(known)
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= LEAST_LETTERS:
                self._by_sound[sound(word)].append(word)
                for pair in _pairs(word):
                    self._by_pair[pair].append(word)

    def knows(self, word: str) -> bool:
        """Say whether somebody writes a word so."""
        return word in self.known or stem(word) in self.stems or self.others(word, stem(word))

    def beside(self, others: Callable[[str, str], bool]) -> Self:
        """Return the same words and those, by word and stem, that something else knows."""
        both = copy(self)
        both.others = others
        return both

    def meant(self, typed: str) -> str:
        """Return the nearest known word; empty where none is near."""
        if len(typed) < LEAST_LETTERS or not typed.isalpha():
            return ""
        begun = self._begun(typed)
        if begun:
            return begun
        alike = self._by_sound.get(sound(typed), [])
        if alike:
            return max(alike, key=lambda word: (-distance(typed, word, 9), self.known[word], word))
        most = 1 if len(typed) < 7 else 2
        best = min(
            ((_cost(typed, word, most), -self.known[word], word) for word in self._near(typed)),
            default=(9.0, 0, ""),
        )
        if best[0] <= most - (most > 1) * LEAST_SURE:
            return best[2]
        return self._sounding(typed) if most > 1 else ""

    def _sounding(self, typed: str) -> str:
        """Return a word that sounds as this one but for one letter, however it is written: "majazinié"."""
        said = sound(typed)
        found = [
            word
            for word in self._near(typed)
            if word[0] == typed[0] and distance(said, sound(word), 1) <= 1 and distance(typed, word, 4) <= 3
        ]
        return max(found, key=lambda word: (self.known[word], word), default="")

    def alike(self, typed: str) -> str:
        """Return a word for one that is known by its beginning alone, and sounds as another: "menuisie"."""
        if typed in self.known or len(typed) < LEAST_LETTERS:
            return typed
        said = [word for word in self._by_sound.get(sound(typed), ()) if word[:2] == typed[:2]]
        best = max(said, key=lambda word: (self.known[word], word), default=typed)
        return typed if stem(best) == stem(typed) else best

    def _begun(self, typed: str) -> str:
        """Return the word most used that begins so: "prepa" is cut, and not misspelt."""
        first = bisect_left(self._sorted, typed)
        begun = self._sorted[first : bisect_left(self._sorted, typed + "\x7f", first)]
        used: dict[str, int] = defaultdict(int)
        for word in begun:
            used[stem(word)] += self.known[word]
        return max(begun, key=lambda word: (used[stem(word)], self.known[word], word), default="")

    def _near(self, typed: str) -> list[str]:
        shared: dict[str, int] = defaultdict(int)
        for pair in _pairs(typed):
            for word in self._by_pair.get(pair, ()):
                if abs(len(word) - len(typed)) <= 2:
                    shared[word] += 1
        return sorted(shared, key=lambda word: (-shared[word], word))[:MOST_CANDIDATES]


def _pairs(word: str) -> set[str]:
    marked = f" {word}"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}


def _cost(typed: str, word: str, most: int) -> float:
    """Count letters that differ, less where both sound nearly alike, more where the first letter differs."""
    apart = distance(typed, word, most)
    return (
        apart
        + (0.6 if typed[0] != word[0] else 0)
        - (0.4 if distance(sound(typed), sound(word), 1) <= 1 else 0)
    )
