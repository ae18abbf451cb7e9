"""Words of queries and ads: cut, brought to one gender, stemmed; and how they sound, for spelling."""

import re
from functools import lru_cache
from itertools import pairwise

from visavis.engine.text.folding import stems
from visavis.engine.text.folding import words as folded_words

MOST_LETTERS = 40
_SHORTEST = 5
MOST_CUT, _LEAST = 3, 3
_GENDERS = (
    ("euses", "eur"), ("euse", "eur"), ("trices", "teur"), ("trice", "teur"), ("ieres", "ier"), ("iere", "ier"),
    ("ennes", "en"), ("enne", "en"), ("eres", "er"), ("ere", "er"), ("ives", "if"), ("ive", "if"),
    ("tesses", "te"), ("tesse", "te"),
)  # fmt: skip
# What would meet a word of another trade: who cares for people drives no "car".
_OTHERWISE = {"carer": "carer", "carers": "carer"}
# How French sounds, roughly: what is written otherwise and said the same meets.
_SOUNDS = (
    (re.compile(r"eaux?|aux?"), "o"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:qu|k|ck|ch(?=[rl]))"), "c"),
    (re.compile(r"(?:ai|ei)(?![nl])"), "e"),
    (re.compile(r"(?:er|ez|ee|es|et)$"), "e"),
    (re.compile(r"[ae][nm](?=[^aeiouynm]|$)"), "an"),
    (re.compile(r"(?:[ae]?i|y)[nm](?=[^aeiouynm]|$)"), "in"),
    (re.compile(r"om(?=[^aeiouynm])"), "on"),
    (re.compile(r"t(?=i(?:on|en))|c(?=[eiy])|ss|sc(?=[eiy])|z|x$"), "s"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"y"), "i"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"[stxd]$"), ""),
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a folded word, the same for both genders.

    >>> stem("vendeuses") == stem("vendeur"), stem("infirmiere") == stem("infirmier")
    (True, True)
    """
    word = _OTHERWISE.get(word, word[:MOST_LETTERS])
    if word in _OTHERWISE.values() or len(word) <= _SHORTEST - 2:
        return word
    for ending, other in _GENDERS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending) + other
            break
    found = stems(word)
    # "vetement" is no "vet", and "dees" no "de".
    is_short = not found or len(found[0]) < _LEAST or len(word) - len(found[0]) > max(MOST_CUT, len(found[0]))
    return word if is_short else found[0]


def cut(text: str) -> list[str]:
    """Cut a text into folded words, small words left out."""
    return folded_words(text)


def stems_of(text: str) -> list[str]:
    """Cut a text into stems.

    >>> stems_of("Vendeuse en boulangerie")
    ['vendeur', 'boulanger']
    """
    return [stem(word) for word in cut(text)]


def with_pairs(found: list[str]) -> list[str]:
    """Add each two neighbours as one, so that their order tells.

    >>> with_pairs(["chef", "cuisin"])
    ['chef', 'cuisin', 'chef cuisin']
    """
    return [*found, *(f"{left} {right}" for left, right in pairwise(found))]


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return how a folded word sounds, roughly.

    >>> sound("secretere") == sound("secretaire"), sound("cuisinier") == sound("cuisinie")
    (True, True)
    """
    for pattern, other in _SOUNDS:
        word = pattern.sub(other, word)
    return word
