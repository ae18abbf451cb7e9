"""Read a file in a process of its own, so that neither a crash nor a slow file reaches the site."""

import json
from threading import BoundedSemaphore

from visavis.common import apart
from visavis.cvs.reading.document import MOST_BYTES, Document, Unreadable, Why, document_of

SECONDS = 75
WAIT_S = 20
# Two files at once in each process of the site: others wait a little, then are asked to come back.
places = BoundedSemaphore(2)
READER = ("-m", "visavis.cvs.reading")


def read(data: bytes, *, seconds: float = SECONDS) -> Document:
    """Read a CV from its bytes. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(Why.EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(Why.TOO_BIG)
    if not places.acquire(timeout=WAIT_S):
        raise Unreadable(Why.BUSY)
    try:
        written = run(*READER, data=data, seconds=seconds)
    finally:
        places.release()
    try:
        answer = json.loads(written)
        if "document" in answer:
            return document_of(answer["document"])
        raise Unreadable(Why(answer["why"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(Why.DAMAGED) from error


def confined() -> dict[str, bool]:
    """Say what of the network and of other files this machine takes from the reader."""
    try:
        said = json.loads(run(*READER, "--confined", data=b"", seconds=SECONDS))
        return {str(name): bool(taken) for name, taken in said.items()}
    except (Unreadable, ValueError, AttributeError):
        return {}


def run(*program: str, data: bytes, seconds: float) -> bytes:
    """Run Python apart. Raises Unreadable."""
    try:
        return apart.run(*program, data=data, seconds=seconds)
    except apart.TooSlow as error:
        raise Unreadable(Why.TOO_SLOW) from error
