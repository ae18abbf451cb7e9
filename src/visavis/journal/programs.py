"""Whose program asks at this moment, and by which key: what the journal writes beside each act that it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """The key by which a program acts in the name of one person."""

    token_id: int
    user_id: int


_current: ContextVar[Key | None] = ContextVar("program", default=None)


def current() -> Key | None:
    """Return by which key a program acts at this moment, if one does."""
    return _current.get()


def token_of(user_id: int | None) -> int | None:
    """Return the number of the key by which a program acts for somebody now; nothing of what others do meanwhile."""
    key = _current.get()
    return key.token_id if key is not None and key.user_id == user_id else None


@contextmanager
def acting(key: Key) -> Iterator[None]:
    """Let a program act: what its person does inside is stamped with the key."""
    before = _current.set(key)
    try:
        yield
    finally:
        _current.reset(before)
