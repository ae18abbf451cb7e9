"""Fold a text, cut it into words and stems."""

import re
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

_APOSTROPHES = dict.fromkeys(map(ord, "’ʼ‘`´ʹ′"), "'")
_LIGATURES = {ord("œ"): "oe", ord("Œ"): "oe", ord("æ"): "ae", ord("Æ"): "ae", ord("ß"): "ss", ord("ø"): "o"}
_ACCENTED = {
    point: "".join(
        c for c in unicodedata.normalize("NFKD", chr(point)) if not unicodedata.combining(c)
    ).lower()
    for point in range(0xC0, 0x250)
    if unicodedata.decomposition(chr(point))
}
_FOLDING = _ACCENTED | _LIGATURES | _APOSTROPHES | {0xA0: " ", 0x202F: " ", 0xAD: ""}
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_SMALL_FRENCH = "a au aux avec d dans de des du en et l la le les ou par pour s sans sous sur un une"
_SMALL_ENGLISH = "an and at by for from in of on or the to with"
_STOP_WORDS = frozenset((*_SMALL_FRENCH.split(), *_SMALL_ENGLISH.split()))


def fold(text: str) -> str:
    """Lower the case, take accents off, open ligatures and straighten apostrophes.

    >>> fold("Maître d’œuvre ÉLECTRICITÉ")
    "maitre d'oeuvre electricite"
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    lowered = lowered.translate(_FOLDING)
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Cut a text into folded words, small words left out; "C++" and "C#" stay whole.

    >>> words("Développeur C++ à l'étude")
    ['developpeur', 'c++', 'etude']
    """
    return [word for word in _WORD.findall(fold(text)) if word not in _STOP_WORDS]


@lru_cache(maxsize=4)
def _stemmer(language: str) -> object:
    return stemmer({"fr": "french", "en": "english"}[language])


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))  # type: ignore[attr-defined]


def stems(text: str, language: str = "fr") -> list[str]:
    """Cut a text into the Snowball stems of its words, small words left out.

    >>> stems("Réparations de carrosseries")
    ['repar', 'carrosser']
    >>> stems("Bakers and drivers", language="en")
    ['baker', 'driver']
    """
    return [_stem(word, language) for word in words(text)]
