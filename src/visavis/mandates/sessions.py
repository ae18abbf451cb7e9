"""The part of the session of who acts that belongs to one passage: two people in two tabs never meet in it."""

from collections.abc import MutableMapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase


class SessionOf(MutableMapping[str, Any]):
    """A session whose keys are kept apart, under a passage's name; everything else is the session of who acts."""

    def __init__(self, session: SessionBase, place: str) -> None:
        self._session, self._prefix = session, f"for:{place}:"

    def __getitem__(self, key: str) -> Any:
        return self._session[self._prefix + key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._session[self._prefix + key] = value

    def __delitem__(self, key: str) -> None:
        del self._session[self._prefix + key]

    def __iter__(self) -> Any:
        names = [key for key in self._session.keys() if key.startswith(self._prefix)]  # noqa: SIM118  (no iterator)
        return iter([key.removeprefix(self._prefix) for key in names])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)
