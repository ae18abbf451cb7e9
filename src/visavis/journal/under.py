"""Who acts for whom at this moment, and by what right: what the journal writes beside each act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Under:
    """Somebody acts for a person, here and nowhere else: a helper under a mandate, or reception in her presence."""

    mandate_id: int | None
    person_id: int
    helper_id: int
    counter_id: int | None = None
    """The visit at the counter, where it is not under a mandate."""
    stamped: list[Any] = field(default_factory=list)
    """The entries written meanwhile, in their order."""
    steps: dict[tuple[str, str], int] = field(default_factory=dict)
    """The steps of ledgers made meanwhile, by what moved, until the entry of each is written."""


_current: ContextVar[Under | None] = ContextVar("under", default=None)

STAMPED: list[Callable[[Any, Under], object]] = []
"""Called with each entry that was stamped, in the transaction of the act: what fails here undoes the act."""


def current() -> Under | None:
    """Return by what right is acted for somebody at this moment, if anybody acts so."""
    return _current.get()


@contextmanager
def acting(under: Under) -> Iterator[Under]:
    """Act for a person: what she does inside is the act of who helps her."""
    token = _current.set(under)
    try:
        yield under
    finally:
        _current.reset(token)
