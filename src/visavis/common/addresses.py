"""Addresses of pages that differ in a number only: the pattern is found once, and filled in."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

# What no address holds by itself: as many digits, and then the place.
STAND_IN = 8_000_000_000_000_000


def address(name: str, **numbers: int | str) -> str:
    """Return what `reverse` returns of a page; where it is told numbers only, without looking for it again."""
    if not all(type(one) is int and one >= 0 for one in numbers.values()):
        return reverse(name, kwargs=numbers)
    where = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    pieces, order = _pieces(name, tuple(numbers), *where)
    return "".join([text + str(numbers[asked]) for text, asked in order]) + pieces


@lru_cache(maxsize=512)
def _pieces(
    name: str, asked: tuple[str, ...], _urlconf: str, _prefix: str
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Cut an address at its numbers: what stands before each, which it is, and what stands at the end."""
    marks = {str(STAND_IN + place): one for place, one in enumerate(asked)}
    rest = reverse(name, kwargs={one: int(mark) for mark, one in marks.items()})
    order = []
    for mark in sorted(marks, key=rest.index):
        before, _mark, rest = rest.partition(mark)
        order.append((before, marks[mark]))
    return rest, tuple(order)
