"""The site behind a poor line: pages come in pieces, scripts late. What a journey does too early goes wrong each time.

A quiet machine gives a page whole before anybody can read half of it; a busy one does not, once in thousands of pages.
"""

import threading
from collections.abc import Iterable, Iterator
from typing import Any

from visavis.config.wsgi import application as whole

FIRST_S, PIECE_S, SCRIPT_S = 0.05, 0.3, 0.3
# So much of what stands under the title comes with the first piece.
BEGUN = 60
# Never set: what waits for it is late by so much.
LATE = threading.Event()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer as the site does, and take time for it."""
    # What is packed cannot be cut where its words begin.
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    said: dict[str, str] = {}

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        said.update((name.lower(), value) for name, value in headers)
        return start_response(status, headers, *more)

    body = whole(environ, start)
    kind = said.get("content-type", "")
    if "javascript" in kind:
        LATE.wait(SCRIPT_S)
    return in_pieces(body) if kind.startswith("text/html") else body


def in_pieces(body: Iterable[bytes]) -> Iterator[bytes]:
    """Give the head of a page and the beginning of what it says, then the one half, then the other."""
    page = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    LATE.wait(FIRST_S)
    first = page.find(b">", page.find(b"<main")) + BEGUN
    half = (first + len(page)) // 2
    yield page[:first]
    LATE.wait(PIECE_S)
    yield page[first:half]
    LATE.wait(PIECE_S)
    yield page[half:]
