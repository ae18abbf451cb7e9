"""Is it the database that does not answer? What it says is sorted into gone, busy, and a fault of ours.

While it is gone one request a second tries it; the others hear at once that it is, and hold no thread.
"""

import threading
import time
from collections.abc import Callable, Iterator

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

RESTS_S = 1.0
# SQLSTATE classes (PostgreSQL's manual, appendix A): connection, resources, intervention by an operator, system;
# then one by one: a lock not had, idle for too long, a deadlock, a serialization that failed.
CLASSES = ("08", "53", "57", "58")
STATES = frozenset({"55P03", "25P03", "40P01", "40001"})
# What SQLite says when others write, or the disk does not.
OF_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL")

# What is said to programs instead of a page, by the beginning of their addresses.
ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {}


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database does not answer now, and will without us."""
    return any(_says_so(one) for one in _chain(error))


def _says_so(error: BaseException) -> bool:
    cause = error.__cause__
    if isinstance(error, InterfaceError):
        # A connection that was lost is used again in the same request.
        return True
    if not isinstance(error, OperationalError):
        return False
    if (code := getattr(cause, "sqlite_errorname", None)) is not None:
        return str(code).startswith(OF_SQLITE)
    state = getattr(cause, "sqlstate", None)
    # Without a state the server has said nothing: it was not reached, or it was lost.
    return state is None or state in STATES or state.startswith(CLASSES)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


class Latch:
    """Lets one request try a database that is gone, and sends the others away; open while it answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: float | None = None

    def may_try(self) -> bool:
        """Say whether this request may ask the database."""
        with self._lock:
            now = time.monotonic()
            if self._until is None:
                return True
            if now < self._until:
                return False
            self._until = now + RESTS_S
            return True

    def shut(self) -> None:
        """Nobody could come in: the next try is in a second. A connection that is only lost shuts nothing."""
        if connection.connection is None:
            with self._lock:
                self._until = time.monotonic() + RESTS_S

    def open(self) -> None:
        """Somebody was let in, if there is a connection now."""
        if self._until is not None and connection.connection is not None:
            with self._lock:
                self._until = None


LATCH = Latch()
