"""Read a file in a process of its own, so that neither a crash nor a slow file reaches the site."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import visavis
from visavis.cvs.reading.document import MOST_BYTES, Document, Unreadable, Why, document_of

SECONDS = 75
WAIT_S = 20
SOURCE = Path(visavis.__path__[0]).parent
# Two files at once in each process of the site: others wait a little, then are asked to come back.
places = BoundedSemaphore(2)


def read(data: bytes, *, seconds: float = SECONDS) -> Document:
    """Read a CV from its bytes. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(Why.EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(Why.TOO_BIG)
    if not places.acquire(timeout=WAIT_S):
        raise Unreadable(Why.BUSY)
    try:
        written = run(data, seconds)
    finally:
        places.release()
    try:
        answer = json.loads(written)
        if "document" in answer:
            return document_of(answer["document"])
        raise Unreadable(Why(answer["why"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(Why.DAMAGED) from error


def run(data: bytes, seconds: float) -> bytes:
    """Run the reader; what it says on standard error is not kept: it could quote the file."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "visavis.cvs.reading"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            cwd=SOURCE,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Why.TOO_SLOW) from error
    return done.stdout
