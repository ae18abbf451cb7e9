"""The words of a query and of a text, as the engine cuts them, with their places."""

import re
import unicodedata
from collections.abc import Collection

from visavis.engine.search.understanding import Query, Said
from visavis.engine.search.words import cut, stem

__all__ = ["Query", "Said", "hit_stems", "hits", "holds"]

_FLAT = {
    point: flat[0]
    for point in range(0xC0, 0x250)
    if (flat := unicodedata.normalize("NFKD", chr(point)).lower())[0].isascii()
}
LEAST_LETTERS, LETTERS_OFF = 3, 3


def hit_stems(query: Query) -> frozenset[str]:
    """Return the stems that show why something was found: of what was asked, and of its trade."""
    own = {word for group in query.groups for word in group.words if " " not in word}
    return frozenset(own | {word for group in query.groups for phrase in group.phrases for word in phrase})


def holds(name: str, words: str) -> bool:
    """Say whether a name has all of some words, in any form."""
    return {stem(word) for word in cut(words)} <= {stem(word) for word in cut(name)}


def hits(text: str, stems: Collection[str]) -> list[tuple[int, int]]:
    """Return where the words of a text begin and end whose stem is one of some."""
    begun = {one[: max(LEAST_LETTERS, len(one) - LETTERS_OFF)] for one in stems}
    if not begun:
        return []
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(begun)))})\w*")
    # Letter by letter, so that places stay.
    flat = text.translate(_FLAT).lower()
    found = (one.span() for one in words.finditer(flat)) if len(flat) == len(text) else ()
    return [
        (first, last) for first, last in found if any(stem(word) in stems for word in cut(text[first:last]))
    ]
