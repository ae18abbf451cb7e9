"""Programs that tests start: each ends with the process that started it, also after kill -9."""

import ctypes
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
# Of util-linux, which every Debian has: it sets the signal and becomes the program, under the same number.
SETPRIV = shutil.which("setpriv")


def tied(words: Sequence[str | Path]) -> list[str]:
    """Return the command of a program that the kernel kills when its parent ends."""
    return [*([SETPRIV, "--pdeathsig", "KILL", "--"] if SETPRIV else []), *map(str, words)]


def start(words: Sequence[str | Path], **options: Any) -> "subprocess.Popen[Any]":
    """Start a program, as `subprocess.Popen` does."""
    return subprocess.Popen(tied(words), **options)


def run(words: Sequence[str | Path], **options: Any) -> "subprocess.CompletedProcess[Any]":
    """Run a program to its end, as `subprocess.run` does."""
    return subprocess.run(tied(words), **{"check": False} | options)


def tie() -> None:
    """Have the kernel kill this process, a fork, when its parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
