"""ClamAV's daemon, asked by its socket (clamd(8), INSTREAM): a file is sent in pieces, one line comes back."""

import socket
import struct
from enum import Enum

from django.conf import settings

PIECE = 1 << 16
SECONDS = 20


class Verdict(Enum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    VIRUS = "virus"
    # No scanner is configured: the file is only ever opened as drawn pages.
    NOT_ASKED = "not asked"


class Away(RuntimeError):
    """The scanner that is configured did not answer: the file waits."""


def scan(data: bytes) -> Verdict:
    """Ask whether a file is dangerous. Raises Away."""
    if not settings.VISAVIS_CLAMAV:
        return Verdict.NOT_ASKED
    said = _ask(data)
    if said.endswith("FOUND"):
        return Verdict.VIRUS
    if said.endswith("OK"):
        return Verdict.CLEAN
    raise Away(said[:80])


def answers(where: str) -> bool:
    """Say whether a scanner answers there: a path, or host:port."""
    try:
        with _reached(where) as door:
            door.sendall(b"zPING\0")
            return door.recv(16).startswith(b"PONG")
    except (OSError, ValueError):
        return False


def _ask(data: bytes) -> str:
    try:
        with _reached(settings.VISAVIS_CLAMAV) as door:
            door.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                door.sendall(struct.pack("!I", len(piece)) + piece)
            door.sendall(struct.pack("!I", 0))
            said = b""
            while not said.endswith(b"\0") and (more := door.recv(4096)):
                said += more
    except (OSError, ValueError) as error:
        raise Away from error
    return said.rstrip(b"\0").decode("utf-8", "replace")


def _reached(where: str) -> socket.socket:
    """Connect to a path (`/run/clamav/clamd.ctl`) or to `host:port`."""
    if where.startswith("/"):
        door = socket.socket(socket.AF_UNIX)
        door.settimeout(SECONDS)
        try:
            door.connect(where)
        except OSError:
            door.close()
            raise
        return door
    host, _, port = where.rpartition(":")
    return socket.create_connection((host or "127.0.0.1", int(port)), timeout=SECONDS)
