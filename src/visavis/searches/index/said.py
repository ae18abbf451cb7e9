"""The words of a query and of a text, as the engine cuts them, with their places."""

import re

from visavis.engine.search.understanding import Query
from visavis.engine.search.words import cut, stem

__all__ = ["Query", "hit_stems", "stems_with_places"]

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")


def hit_stems(query: Query) -> frozenset[str]:
    """Return the stems that show why something was found: of what was asked, and of its trade."""
    own = {word for group in query.groups for word in group.words if " " not in word}
    return frozenset(own | {word for group in query.groups for phrase in group.phrases for word in phrase})


def stems_with_places(text: str) -> list[tuple[str, int, int]]:
    """Return each word's stem, and where it begins and ends."""
    found = []
    for one in _WORD.finditer(text):
        words = cut(one[0])
        if words:
            found.append((stem(words[0]), one.start(), one.end()))
    return found
