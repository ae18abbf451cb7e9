"""Cut a text into folded words and stems."""

import re
from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

from visavis.folding import fold

_ONE_WORD_AT_A_TIME = Lock()
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_SMALL_FRENCH = "a au aux avec d dans de des du en et l la le les ou par pour s sans sous sur un une"
_SMALL_ENGLISH = "an and at by for from in of on or the to with"
SMALL_WORDS = frozenset((*_SMALL_FRENCH.split(), *_SMALL_ENGLISH.split()))


def words(text: str) -> list[str]:
    """Cut a text into folded words, small words left out; "C++" and "C#" stay whole.

    >>> words("Développeur C++ à l'étude")
    ['developpeur', 'c++', 'etude']
    """
    return [word for word in _WORD.findall(fold(text)) if word not in SMALL_WORDS]


@lru_cache(maxsize=4)
def _stemmer(language: str) -> object:
    return Stemmer({"fr": "french", "en": "english"}[language])


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    # A stemmer keeps the word at hand in itself: two requests at once would cut each other's.
    with _ONE_WORD_AT_A_TIME:
        return str(_stemmer(language).stemWord(word))  # type: ignore[attr-defined]


def stems(text: str, language: str = "fr") -> list[str]:
    """Cut a text into the Snowball stems of its words, small words left out.

    >>> stems("Réparations de carrosseries")
    ['repar', 'carrosser']
    >>> stems("Bakers and drivers", language="en")
    ['baker', 'driver']
    """
    return [_stem(word, language) for word in words(text)]
