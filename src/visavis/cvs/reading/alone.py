"""Read a file in a process of its own, so that neither a crash nor a slow file reaches the site."""

import json
import os
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
# All that the reader gets of the site's environment: no secret, no address.
KNOWN = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
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
    """Run Python in an empty environment; what it says on standard error is not kept: it could quote the file."""
    try:
        done = subprocess.run(  # noqa: S603  (Python itself, with arguments of this file)
            [sys.executable, *program],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            cwd=SOURCE,
            env={name: os.environ[name] for name in KNOWN if name in os.environ} | {"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Why.TOO_SLOW) from error
    return done.stdout
