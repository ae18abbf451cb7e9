"""Run a program of ours apart from the site: an empty environment, a time, and nothing kept of what it complains."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import visavis

SOURCE = Path(visavis.__path__[0]).parent
# All that it gets of the site's environment: no secret, no address.
KNOWN = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
# Threads of algebra take memory each, and there is no algebra.
OURS = {"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
# How it ends whose time of the processor is over (RLIMIT_CPU), or to whom memory is refused (C++; the linker says 127).
ENDED = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, 127)


class TooSlow(Exception):
    """It did not end in its time or in its memory, and was ended."""


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
            env={name: os.environ[name] for name in KNOWN if name in os.environ} | OURS,
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    if done.returncode in ENDED:
        raise TooSlow
    return done.stdout
