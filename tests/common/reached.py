"""A process of its own with the guard of `common/reaching.py`: it tries every way out, and says which were open.

Asked as `python -m tests.common.reached PART PORT…`: the part of the service whose start puts the guard up (`wsgi`,
`live`, `work`), and ports of this machine at which somebody listens.
"""

import asyncio
import http.client
import imaplib
import json
import os
import smtplib
import socket
import sys
import urllib.request
from collections.abc import Callable
from typing import Any

import requests

HOST = "127.0.0.1"


def start(part: str) -> None:
    """Start a part of the service as it starts itself, up to where it would wait for work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    if part == "wsgi":
        import visavis.config.wsgi  # noqa: PLC0415  (this is the start)
    elif part == "live":
        import visavis.config.live  # noqa: F401, PLC0415  (as above)
    else:
        import django  # noqa: PLC0415  (as above)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415  (as above)

        from visavis.operations.management.commands import work  # noqa: PLC0415  (as above)

        # Nothing to do, and over at once.
        work.QUEUES, work.sweeps = (), lambda _every: []  # type: ignore[assignment]
        work.stop_when_told = lambda over, _workers: over.set()  # type: ignore[assignment]
        call_command("work", verbosity=0)


def over(kind: int, act: Callable[[socket.socket], object]) -> None:
    """Do something with a socket of a kind."""
    with socket.socket(socket.AF_INET, kind) as found:
        act(found)


def ways(port: int) -> dict[str, Callable[[], Any]]:
    """Return the ways by which programs go out."""
    there = HOST, port

    def not_waiting(found: socket.socket) -> None:
        found.settimeout(2)
        if found.connect_ex(there):
            raise OSError

    async def stream() -> None:
        _reader, writer = await asyncio.open_connection(HOST, port)
        writer.close()

    return {
        "socket": lambda: over(socket.SOCK_STREAM, lambda one: one.connect(there)),
        "socket, not waiting": lambda: over(socket.SOCK_STREAM, not_waiting),
        "datagram": lambda: over(socket.SOCK_DGRAM, lambda one: one.sendto(b"?", there)),
        "message": lambda: over(socket.SOCK_DGRAM, lambda one: one.sendmsg([b"?"], [], 0, there)),
        "create_connection": lambda: socket.create_connection(there, timeout=2).close(),
        "asyncio": lambda: asyncio.Runner().run(stream()),
        "http.client": lambda: http.client.HTTPConnection(HOST, port, timeout=2).connect(),
        "urllib": lambda: urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=2).close(),
        "requests": lambda: requests.get(f"http://{HOST}:{port}/", timeout=2),
        "smtplib": lambda: smtplib.SMTP(HOST, port, timeout=2).close(),
        "imaplib": lambda: imaplib.IMAP4(HOST, port, timeout=2).shutdown(),
        "a name": lambda: socket.getaddrinfo("elsewhere.example", port),
    }


def is_refused(way: Callable[[], Any]) -> bool:
    """Say whether a way was shut by the guard, and not by whoever listens."""
    try:
        way()
    except Exception as error:  # noqa: BLE001  (each library has its own)
        return "no setting names" in repr(error) + repr(error.__cause__) + repr(error.__context__)
    return False


def main() -> None:
    start(sys.argv[1])
    found = [{name: is_refused(way) for name, way in ways(int(port)).items()} for port in sys.argv[2:]]
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
