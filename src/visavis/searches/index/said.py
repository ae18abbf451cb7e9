"""The words of a query and of a text, as the engine cuts them, with their places."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from visavis.engine.search.understanding import MEANT, Query, Said, tidied
from visavis.engine.search.vocabulary import work_in
from visavis.engine.search.words import cut, stem, stems_of

__all__ = ["MEANT", "Query", "Said", "hit_stems", "hits", "holds", "stems_of", "tidied", "work_in"]

_FLAT = {
    point: flat[0]
    for point in range(0xC0, 0x250)
    if (flat := unicodedata.normalize("NFKD", chr(point)).lower())[0].isascii()
}
LEAST_LETTERS, LETTERS_OFF = 3, 3
AT_ONCE = 300
"""Characters of a text that are read at once: most that are shown stand early."""


def hit_stems(query: Query) -> frozenset[str]:
    """Return the stems that show why something was found: of what was asked, and of its trade."""
    own = {word for group in query.groups for word in group.words if " " not in word}
    return frozenset(own | {word for group in query.groups for phrase in group.phrases for word in phrase})


def holds(name: str, stems: Iterable[str]) -> bool:
    """Say whether a name has all words of some stems, in any form."""
    return _stems_in(name).issuperset(stems)


@lru_cache(maxsize=5_000)
def _stems_in(name: str) -> frozenset[str]:
    """Cut a name of the catalogue, of which a word that many occupations share asks for a hundred."""
    return frozenset(stems_of(name))


def hits(text: str, stems: Collection[str]) -> Iterator[tuple[int, int]]:
    """Give where the words of a text begin and end whose stem is one of some; no more is read than is asked for."""
    begun = frozenset(one[: max(LEAST_LETTERS, len(one) - LETTERS_OFF)] for one in stems)
    end = 0 if begun else len(text)
    while end < len(text):
        start, space = end, text.find(" ", end + AT_ONCE)
        end = space if space > 0 else len(text)
        # Letter by letter, so that places stay.
        flat = text[start:end].translate(_FLAT).lower()
        found = _begun(begun).finditer(flat) if len(flat) == end - start else ()
        for first, last in ((start + one.start(), start + one.end()) for one in found):
            if any(stem(word) in stems for word in cut(text[first:last])):
                yield first, last


@lru_cache(maxsize=100)
def _begun(begun: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(begun)))})\w*")
