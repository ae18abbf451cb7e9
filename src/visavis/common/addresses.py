"""Addresses of pages that differ in a number only: the pattern is found once, and filled in.

A word in an address, as the name of a question, is one of few: each makes a pattern of its own.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# What no address holds by itself: as many digits, and then the place.
STAND_IN = 8_000_000_000_000_000


def address(name: str, **numbers: int | str) -> str:
    """Return what `reverse` returns of a page; where it is told numbers and words only, without looking again."""
    words = []
    for asked, one in numbers.items():
        if type(one) is str and one.isascii() and one.replace("-", "").isalpha():
            words.append((asked, one))
        elif type(one) is not int or one < 0:
            return reverse(name, kwargs=numbers)
    where = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    pieces, order = _pieces(name, tuple(numbers), tuple(words), *where)
    return "".join([text + str(numbers[asked]) for text, asked in order]) + pieces


@lru_cache(maxsize=1024)
def _pieces(
    name: str, asked: tuple[str, ...], words: tuple[tuple[str, str], ...], _urlconf: str, _prefix: str
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Cut an address at its numbers: what stands before each, which it is, and what stands at the end."""
    said = dict(words)
    marks = {str(STAND_IN + place): one for place, one in enumerate(asked) if one not in said}
    rest = reverse(name, kwargs=said | {one: int(mark) for mark, one in marks.items()})
    order = []
    for mark in sorted(marks, key=rest.index):
        before, _mark, rest = rest.partition(mark)
        order.append((before, marks[mark]))
    return rest, tuple(order)
