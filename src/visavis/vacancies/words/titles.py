"""Titles as they are compared: without the town that advertisements put in them."""

import re
from functools import lru_cache

from visavis.folding import fold

_WORD = re.compile(r"\w+")


def without_town(title: str, town: str) -> str:
    """Take a town out of a title, however it is written; a title that is nothing else stays.

    >>> without_town("Auxiliaire de vie CHARMES SUR RHONE (H/F)", "Charmes-sur-Rhône")
    'Auxiliaire de vie  (H/F)'
    """
    wanted = _words(town)
    # Most titles name no town: a whole market of them is laid out.
    if not wanted or wanted[0] not in fold(title):
        return title
    words = list(_WORD.finditer(title))
    folded = [fold(word[0]) for word in words]
    for first in range(1, len(words) - len(wanted) + 1):
        last = first + len(wanted)
        if folded[first:last] == wanted:
            return title[: words[first].start()] + title[words[last - 1].end() :]
    return title


@lru_cache(maxsize=40_000)
def _words(town: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(town)]
