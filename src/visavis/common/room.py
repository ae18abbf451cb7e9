"""Room on Python's stack."""

from collections.abc import Callable
from functools import wraps

# Places for values on Python's stack: 1.2 MB, of a piece of 2 MB, whose rest serves what is called below. Of it a
# process holds what is used.
PLACES = 150_000


def with_room[**Given, Found](function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Return a function whose calls, however deep, find their place in one piece of memory.

    Python lays out its stack in pieces of 16 kB and gives each back when it is left (CPython, `pystate.c`). Where one
    ends in the middle of a request, every call there and back fetches a page of memory from the system and clears it.
    """

    @wraps(function)
    def roomy(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        return function(*args, **kwargs)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=PLACES)  # type: ignore[attr-defined]
    return roomy
