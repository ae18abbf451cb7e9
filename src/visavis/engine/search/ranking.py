"""From a query understood to documents in order."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

import numpy as np
from numpy.typing import NDArray

from visavis.engine.facts.occupations import JOINT
from visavis.engine.search import grades
from visavis.engine.search.documents import Bools, Columns, Floats, Places
from visavis.engine.search.fields import Field, Remembered
from visavis.engine.search.understanding import MEANT, Group, Query

IN_TITLE, IN_NAMES, IN_TEXT, RARE_IN_TEXT = 1.0, 0.8, 0.25, 0.3
"""What a word counts by where it stands; in a text, a rare one counts so much more."""

BOTH = 0.2
"""What the weaker of words and occupation adds to the stronger."""

FURTHER_HINT = 0.05
"""What each further word of a trade in the same title adds."""

SPECIFIC = 0.02
"""A word of a trade that more than this share of the titles have says less."""

FEW = 300
"""Among fewer titles no word counts as common."""

SHARP = 1.6
"""How much less than its share a phrase of which words are missing counts."""

UNMET = 0.6
"""What is left of a score where a whole trade that was named has no opening at all."""

CONDITIONS = 0.6
"""The power of the conditions beside words."""

LEAST = 0.3
"""Below this the words are not answered: nothing is more honest."""

INSTEAD, NEIGHBOUR, NO_WORK = 0.5, 0.3, 0.2
"""Where nothing answers: what the trade that was named counts alone, one near it, and conditions without the words."""

WHOLE, ELSEWHERE = 0.99, 0.6
"""Part of the words of a trade, less than the first, count the second in an opening of another occupation."""

OWN, TEXT_ALONE = 0.65, 0.6
"""From the first on, a trade has an opening of its own; then what only speaks of it in its text counts the second."""

TITLE_ALONE = 0.12
"""What the share of the title that was asked for adds."""

SAME_ROOT = 4
"""Letters by which words of a trade that begin alike say the same."""

SAME = 0.96
"""At most so much an ad counts whose title is not word for word what was said, where another's is."""

DENIED = 0.9
"""What is lost where the work is one that is not wanted."""

NOBODY_HAS = 0.55
"""What a word counts that no ad at all holds."""

ALIKE = 0.45
"""What the occupation of those whose titles answer adds to the others of it."""

type Neighbours = Callable[[str], Collection[str]]
"""Gives the occupations next to one, codes."""

NO_NEIGHBOUR: Neighbours = lambda code: ()

MOST_CUT = 0.5
"""Where a larger share of the documents may answer, all are scored."""

FAMILY = 0.4
UNKNOWN_WEIGHT = 0.7
ROLE_WEIGHT = 0.5
"""What a word counts that says what place somebody has ("agent"), beside words of a trade."""

HEAD_WEIGHT = 1.0
"""The trade that is named first weighs at least so much of what weighs most: "vendeur en bricolage" sells."""
CODE_LETTERS = 3


@dataclass(frozen=True)
class Texts:
    """The three fields of N documents, and how many words their titles have."""

    title: Field
    names: Field
    text: Field
    title_lengths: Floats

    def remembered(self) -> "Texts":
        """Return the same, each term of which is looked for once."""
        return replace(
            self, title=Remembered(self.title), names=Remembered(self.names), text=Remembered(self.text)
        )

    def cut(self, places: Places) -> "Texts":
        """Keep the documents at some places; a word is as common as it was among all."""
        row = np.full(len(self.title_lengths), -1, np.int32)
        row[places] = np.arange(len(places), dtype=np.int32)
        return Texts(
            Remembered(self.title, row),
            Remembered(self.names, row),
            Remembered(self.text, row),
            self.title_lengths[places],
        )


@dataclass(frozen=True)
class Ranked:
    """Places of documents, best first, and their scores in (0, 1]."""

    places: Places
    scores: Floats


class Ranker:
    """Ranks N documents.

    Parameters
    ----------
    columns : their facts.
    texts : their words.
    """

    def __init__(self, columns: Columns, texts: Texts) -> None:
        self.columns, self.texts = columns, texts
        self.size = len(columns)
        self._counts = np.bincount(columns.code + 1, minlength=len(columns.codes) + 1)[1:]
        families = sorted({code[:CODE_LETTERS] for code in columns.codes})
        row = {family: place for place, family in enumerate(families)}
        self._family = np.array([row[code[:CODE_LETTERS]] for code in columns.codes] or [0], np.int64)

    def rank(self, query: Query, top: int | None = None) -> Ranked:
        """Return the documents that answer, best first; nothing for an empty query."""
        return self.best(self.scores(query), top)

    def best(self, scores: Floats, top: int | None = None) -> Ranked:
        """Return what has a score, best first."""
        places = np.flatnonzero(scores > 0)
        order = np.lexsort((places, -scores[places]))[:top]
        return Ranked(places[order], scores[places[order]])

    def scores(self, query: Query, least: float = 0.0) -> Floats:
        """Return the score of each document, 0 where it does not answer.

        `least` is what conditions must leave of a document: those that only deny them answer no more.
        """
        score = np.zeros(self.size)
        if query.is_empty or not self.size:
            return score
        words = Words(self.texts.remembered(), self.columns, self.size)
        same = self._same(query, words)
        places = self._may_answer(query, words, same)
        if places is None:
            return self._scored(query, words, least, same)
        score[places] = self._scored(query, words.cut(places), least, same[places])
        return score

    def _may_answer(self, query: Query, words: "Words", same: Bools) -> Places | None:
        """Return the documents that a trade that was named may find, the only ones to score; None for all of them."""
        named = [group for group in query.groups if not group.is_role]
        if not named:
            return None
        may = same.copy()
        for group in named:
            words.mark(group, may)
        places = np.flatnonzero(may)
        return places if len(places) < MOST_CUT * self.size else None

    def _scored(self, query: Query, words: "Words", least: float, same: Bools) -> Floats:
        factor = grades.kept_to(words.columns, query)
        factor[factor < least] = 0
        factor *= self._wanted(query.denied, words)
        found = self._worded(query, words) * factor**CONDITIONS if query.groups else factor
        # Titles that are word for word what was said stand before all others, whatever else they may mean.
        return np.where(same, SAME + (1 - SAME) * found, SAME * found) if same.any() else found

    def _wanted(self, denied: Sequence[Group], words: "Words") -> Floats:
        """Return 1, and little where the title or the occupation is what is not wanted."""
        factor = np.ones(words.size)
        for group in denied:
            part = words.found(group, is_coded=not group.is_role)
            factor *= np.where(part.is_plain, 1 - DENIED * np.minimum(part.score, 1), 1)
        return factor

    def _same(self, query: Query, words: "Words") -> Bools:
        """Say which titles are word for word what was said."""
        same = np.zeros(self.size, bool)
        holders = [words.title.holders(word) for word in query.stems]
        held = reduce(np.intersect1d, sorted(holders, key=len)) if holders else np.zeros(0, np.int32)
        same[held[self.texts.title_lengths[held] == len(holders)]] = True
        return same

    def is_of_trade(self, query: Query, places: Places) -> bool:
        """Say whether some documents that were found are more than near the trade that was named.

        One is where it is of the trade by its occupation, or holds in its title what was said, or a word of the trade
        that begins alike ("poissonnerie", "poissonnier"); or one near it speaks of the trade in its title, or one of
        other work holds what was said in its text. Where no trade is named, what was found answers.
        """
        codes = _codes(query)
        meant = {code: counted for code, counted in codes.items() if counted == MEANT}
        if not meant or not len(places) or coded_by(self.columns, meant, places).any():
            return bool(len(places))
        is_near = coded_by(self.columns, codes, places) > 0
        said = [phrase for group in query.groups for phrase in group.phrases]
        speaking = []
        for group in query.groups:
            exact = {word for word, counted in group.words.items() if counted == 1}
            begun = {word[:SAME_ROOT] for word in exact}
            said += [(word,) for word in group.words if word in exact or word[:SAME_ROOT] in begun]
            speaking += [(word,) for word in group.words]
        return (
            _holds_any(self.texts.title, said, places)
            or _holds_any(self.texts.title, speaking, places[is_near])
            or _holds_any(self.texts.text, said, places[~is_near])
        )

    def near(self, query: Query, places: Places) -> Places:
        """Return which of some documents are of an occupation near the trade that was named; where none is, all."""
        near = places[coded_by(self.columns, _codes(query), places) > 0]
        return near if len(near) else places

    def instead(
        self,
        query: Query,
        neighbours: Neighbours = NO_NEIGHBOUR,
        least: float = 0.0,
        meant: Collection[str] = (),
    ) -> Floats:
        """Return what to show where nothing answers: the trade that was named alone, else those next to it.

        Words of which no trade is known are left aside where conditions were said beside them; `meant` are codes of
        occupations that somebody else understood them to mean.
        """
        named = [group for group in query.groups if group.codes and not group.is_role] or [
            group for group in query.groups if group.codes
        ]
        if not self.size:
            return np.zeros(0)
        factor = grades.kept_to(self.columns, query)
        factor[factor < least] = 0
        if not named and meant:
            return coded_by(self.columns, dict.fromkeys(meant, INSTEAD)) * factor**CONDITIONS
        if not named:
            return factor * NO_WORK if query.groups and (query.conditions or query.pay_hour) else factor * 0
        words = Words(self.texts.remembered(), self.columns, self.size)
        parts = [words.found(group, is_coded=True) for group in named]
        # A trade that is only spoken of in a text is none of these.
        score = np.max([np.where(part.is_plain, part.score, 0) for part in parts], axis=0)
        score[score < LEAST] = 0
        if score.any():
            return INSTEAD * score * factor**CONDITIONS
        named_codes = {code for group in named for code, counted in group.codes.items() if counted == MEANT}
        near = {other: NEIGHBOUR for code in named_codes for other in neighbours(code)}
        return coded_by(self.columns, near) * factor**CONDITIONS

    def _worded(self, query: Query, words: "Words") -> Floats:
        """Return how well each document answers the words, in [0, 1]."""
        weights = self._weights(query.groups, words)
        alone = all(group.is_role for group in query.groups)
        parts = [words.found(group, is_coded=alone or not group.is_role) for group in query.groups]
        share = weights / weights.sum()
        score = sum((one * part.score for one, part in zip(share, parts, strict=True)), np.zeros(words.size))
        titled = sum(
            (one * part.titled for one, part in zip(share, parts, strict=True)), np.zeros(words.size)
        )
        exact = titled * np.minimum(1, len(query.groups) / np.maximum(words.title_lengths, 1))
        score = 1 - (1 - np.minimum(score, 1)) * (1 - ALIKE * self._alike(titled, words.columns.code))
        score = (1 - TITLE_ALONE) * score + TITLE_ALONE * exact
        score *= UNMET ** sum(
            bool(one.codes) and part.is_unmet for one, part in zip(query.groups, parts, strict=True)
        )
        named = [part.score for group, part in zip(query.groups, parts, strict=True) if not group.is_role]
        if named:
            score[np.max(named, axis=0) == 0] = 0
        score[score < LEAST] = 0
        trades = [part for group, part in zip(query.groups, parts, strict=True) if _is_trade(group)]
        if any(part.is_met for part in trades):
            score[~np.logical_or.reduce([part.is_plain for part in parts])] *= TEXT_ALONE
        return score

    def _weights(self, groups: Sequence[Group], words: "Words") -> Floats:
        """Return what each group counts beside the others."""
        weights = np.array([words.weight(group) for group in groups])
        named = [place for place, group in enumerate(groups) if not group.is_role]
        if named:
            weights[[group.is_role and not group.leads for group in groups]] *= ROLE_WEIGHT
            head = next((place for place in named if groups[place].codes), named[0])
            weights[head] = max(weights[head], HEAD_WEIGHT * weights.max())
        return weights

    def _alike(self, titled: Floats, code: NDArray[np.int32]) -> Floats:
        """Return, for each document, the share of its occupation (or family) whose titles answer."""
        if not len(self._counts):
            return np.zeros(len(code))
        sharp = np.where(titled > 0.6, titled**2, 0)
        known = (code >= 0) & (sharp > 0)
        held = np.bincount(code[known], weights=sharp[known], minlength=len(self._counts))
        own = held / (self._counts + 1)
        family = np.bincount(self._family, weights=held) / (
            np.bincount(self._family, weights=self._counts) + 2
        )
        affinity = np.maximum(own, FAMILY * family[self._family])
        return np.append(affinity, 0)[code]


@dataclass(frozen=True)
class Part:
    """What one group of words finds: the score of each document, and how well its title alone answers.

    `is_plain`: its title or its occupation says so, not its text alone.
    """

    score: Floats
    titled: Floats
    is_plain: Bools

    @property
    def is_met(self) -> bool:
        """Say whether a document is of the trade itself, by its title or its occupation."""
        return bool(self.score[self.is_plain].max(initial=0) >= OWN)

    @property
    def is_unmet(self) -> bool:
        """Say whether no document at all answers."""
        return bool(self.score.max(initial=0) < LEAST)


class Words:
    """Where the words of one query stand in documents, which may be some of `among`."""

    def __init__(self, texts: Texts, columns: Columns, among: int) -> None:
        self.texts, self.columns, self.among = texts, columns, among
        self.title, self.names, self.text = texts.title, texts.names, texts.text
        self.title_lengths, self.size = texts.title_lengths, len(columns)

    def cut(self, places: Places) -> "Words":
        """Keep the documents at some places."""
        return Words(self.texts.cut(places), self.columns.cut(places), self.among)

    def mark(self, group: Group, may: Bools) -> None:
        """Mark the documents in which a group finds anything."""
        for word, factor in group.words.items():
            for field in (self.title, self.names, self.text) if factor == 1 else (self.title,):
                may[field.holders(word)] = True
        for word in {word for phrase in group.phrases for word in phrase}:
            for field in (self.title, self.names, self.text):
                may[field.holders(word)] = True
        if group.codes:
            np.logical_or(may, coded_by(self.columns, group.codes) > 0, out=may)

    def weight(self, group: Group) -> float:
        """Return how much a group says: how rare its rarest word is."""
        held = [self.rarity(word) for word, factor in group.words.items() if factor == 1.0]
        held += [max(map(self.rarity, phrase)) for phrase in group.phrases]
        weight = max(held, default=1.0)
        if not held or (not group.codes and not self._is_held(group)):
            return weight * NOBODY_HAS
        return weight if group.is_known else weight * UNKNOWN_WEIGHT

    def _is_held(self, group: Group) -> bool:
        words = {*group.words, *(word for phrase in group.phrases for word in phrase)}
        return any(self.title.count(word) or self.text.count(word) for word in words)

    def rarity(self, word: str) -> float:
        holders = self.title.count(word) + 0.5 * self.text.count(word)
        return float(np.log1p(self.among / (1 + holders)))

    def found(self, group: Group, *, is_coded: bool) -> Part:
        """Return what a group finds, by its codes too where these count."""
        score, titled = np.zeros(self.size), np.zeros(self.size)
        for word, factor in group.words.items():
            if factor == 1:
                self._word(word, score, titled)
            else:
                self._hint(word, factor, score, titled)
        for phrase in group.phrases:
            self._phrase(phrase, score, titled)
        coded = np.zeros(self.size)
        if group.codes and is_coded:
            coded = coded_by(self.columns, group.codes)
            if group.phrases and 1.0 not in group.words.values():
                # "Mécanicien poids lourds": who drives lorries shares a word of it, and is something else.
                score[(coded == 0) & (self.columns.code >= 0) & (titled < WHOLE)] *= ELSEWHERE
            score = (np.maximum(score, coded) + BOTH * np.minimum(score, coded)) / (1 + BOTH * MEANT)
        return Part(score, titled, (coded > 0) | (titled > 0))

    def _word(self, word: str, score: Floats, titled: Floats) -> None:
        rare = self.rarity(word) / np.log1p(self.among)
        for field, weight in (
            (self.text, IN_TEXT + RARE_IN_TEXT * rare),
            (self.names, IN_NAMES),
            (self.title, IN_TITLE),
        ):
            places = field.holders(word)
            score[places] = np.maximum(score[places], weight)
        titled[self.title.holders(word)] = 1

    def _hint(self, word: str, factor: float, score: Floats, titled: Floats) -> None:
        """Count a word that speaks of the trade, in titles only, less where it is in many."""
        places = self.title.holders(word)
        if len(places):
            held = self.title.count(word)
            factor *= min(1.0, np.log1p(max(self.among, FEW) / held) / np.log1p(1 / SPECIFIC))
            further = FURTHER_HINT * (score[places] >= factor)
            score[places] = np.maximum(score[places], factor) + further
            titled[places] = np.maximum(titled[places], factor)

    def _phrase(self, phrase: Sequence[str], score: Floats, titled: Floats) -> None:
        """Count the share of the words of a phrase that a document holds, the rare ones for more."""
        weights = np.array([self.rarity(word) for word in phrase])
        whole, in_title = np.zeros(self.size), np.zeros(self.size)
        for word, weight in zip(phrase, weights / weights.sum(), strict=True):
            one, there = np.zeros(self.size), np.zeros(self.size)
            self._word(word, one, there)
            whole += weight * one
            in_title += weight * there
        np.maximum(score, whole**SHARP, out=score)
        np.maximum(titled, in_title**SHARP, out=titled)


def _holds_any(field: Field, phrases: Iterable[tuple[str, ...]], places: Places) -> bool:
    """Say whether one of some documents holds all words of a phrase."""
    return any(len(reduce(np.intersect1d, map(field.holders, phrase), places)) for phrase in phrases)


def _codes(query: Query) -> Mapping[str, float]:
    """Return what each occupation counts of the trades that are named."""
    return {
        code: counted for group in query.groups if _is_trade(group) for code, counted in group.codes.items()
    }


def _is_trade(group: Group) -> bool:
    """Say whether a trade is named, not what place somebody has in it."""
    return bool(group.codes) and not group.is_role


def coded_by(columns: Columns, codes: Mapping[str, float], places: Places | None = None) -> Floats:
    """Return the factor of each document, or of those at some places: its occupation's, the highest by beginnings."""
    factors = _factors(columns.codes, tuple(codes.items()))
    return factors[columns.code if places is None else columns.code[places]]


@lru_cache(maxsize=32)
def _factors(known: tuple[str, ...], codes: tuple[tuple[str, float], ...]) -> Floats:
    """Give what each known code counts, and 0 for none behind these: a query asks three times for the same."""
    factors, begun = np.zeros(len(known) + 1), tuple(start for start, _factor in codes)
    for place, code in enumerate(known):
        # Nearly all are of other work: only an opening that is several jobs may begin otherwise.
        if not code.startswith(begun) and JOINT not in code:
            continue
        factors[place] = max(
            (factor for start, factor in codes for one in code.split(JOINT) if one.startswith(start)),
            default=0.0,
        )
    return factors
