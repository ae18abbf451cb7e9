"""Run a program of ours apart from the site: an empty environment, a time, and nothing kept of what it complains."""

import os
import subprocess
import sys
from pathlib import Path

import visavis

SOURCE = Path(visavis.__path__[0]).parent
# All that it gets of the site's environment: no secret, no address.
KNOWN = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


class TooSlow(Exception):
    """It did not end in its time, and was ended."""


def run(*program: str, data: bytes, seconds: float) -> bytes:
    """Run Python with bytes on standard input and return what it writes. Raises TooSlow.

    What it says on standard error is not kept: it could quote the file.
    """
    try:
        done = subprocess.run(  # noqa: S603  (Python itself, with arguments of our own)
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
        raise TooSlow from error
    return done.stdout
