"""The most that a conversation may last in all: who answers a byte at a time is cut like who says nothing."""

import socket
import threading
from contextlib import suppress


class Deadline:
    """Cuts a connection so many seconds after it was begun, whatever has been wrapped around it since."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        # A second handle: what shakes hands takes the first one away.
        self._handle = connection.dup()
        self._watch = threading.Timer(seconds, self._cut)
        self._watch.daemon = True
        self._watch.start()

    def end(self) -> None:
        """The conversation is over in time."""
        self._watch.cancel()
        self._handle.close()

    def _cut(self) -> None:
        with suppress(OSError):
            self._handle.shutdown(socket.SHUT_RDWR)
