"""One way to compare texts whatever their case, accents and ligatures. Below everything: no Django, no engine."""

import re
import unicodedata
from collections.abc import Mapping

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
_SIGNS = dict.fromkeys(map(ord, "–—‑−"), "-") | dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
_FOLDING_SIGNS = _FOLDING | _SIGNS
_BETWEEN_WORDS = re.compile(r"[^\w+#]+|_")


def fold(text: str) -> str:
    """Lower the case, take accents off, open ligatures and straighten apostrophes.

    >>> fold("Maître d’œuvre ÉLECTRICITÉ")
    "maitre d'oeuvre electricite"
    """
    return _folded(text, _FOLDING)


def _folded(text: str, signs: Mapping[int, str]) -> str:
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    lowered = lowered.translate(signs)
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def fold_signs(text: str) -> str:
    """Fold, and straighten dashes and spaces too: patterns for pay, hours and dates name one of each.

    The engine does not: a title's dash says where its words end.

    >>> fold_signs("À l’Œuvre – été")
    "a l'oeuvre - ete"
    """
    return _folded(text, _FOLDING_SIGNS)


def places_before(text: str) -> list[int]:
    """Return, for each character of `fold_signs(text)`, its place in the text; one more for the end.

    >>> places_before("cœur")
    [0, 1, 1, 2, 3, 4]
    """
    lengths = {sign: len(fold_signs(sign)) for sign in set(text)}
    if all(length == 1 for length in lengths.values()):
        return list(range(len(text) + 1))
    return [place for place, sign in enumerate(text) for _ in range(lengths[sign])] + [len(text)]


def fold_words(text: str) -> str:
    """Fold, and leave one space in place of all that stands between words: what people type, labels, names.

    >>> fold_words("Maître d’œuvre, L'Haÿ-les-Roses (C++)")
    'maitre d oeuvre l hay les roses c++'
    """
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()


def distance(typed: str, word: str, most: int) -> int:
    """Count the letters to change, add, drop or swap to make one word of the other; `most` + 1 is "too many".

    >>> distance("plonbier", "plombier", 2), distance("cosieur", "coiffeur", 2), distance("cuisinire", "cuisiniere", 2)
    (1, 3, 1)
    """
    if abs(len(typed) - len(word)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
