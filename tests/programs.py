"""Programs that tests start: each ends with the process that started it, also after kill -9."""

import atexit
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
# Of util-linux, which every Debian has: it sets the signal and becomes the program, under the same number.
SETPRIV = shutil.which("setpriv")


def tied(words: Sequence[str | Path]) -> list[str]:
    """Return the command of a program that the kernel kills when its parent ends."""
    return [*([SETPRIV, "--pdeathsig", "KILL", "--"] if SETPRIV else []), *map(str, words)]


def start(words: Sequence[str | Path], **options: Any) -> "subprocess.Popen[Any]":
    """Start a program, as `subprocess.Popen` does; one that starts others itself has a session of its own."""
    process = subprocess.Popen(tied(words), **options)
    if options.get("start_new_session"):
        told = watcher().stdin
        assert told is not None
        told.write(f"{process.pid}\n".encode())
        told.flush()
    return process


# Reads until whoever started it has ended, however it ended, then kills all of the sessions that it read of.
WATCH = """
import os, signal, sys
sessions = {int(line) for line in sys.stdin}
for name in filter(str.isdigit, os.listdir("/proc")):
    try:
        if os.getsid(int(name)) in sessions:
            os.kill(int(name), signal.SIGKILL)
    except OSError:
        pass
"""


@cache
def watcher() -> "subprocess.Popen[bytes]":
    """Start what outlives this process for a moment."""
    words = [sys.executable, "-S", "-c", WATCH]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
    atexit.register(end, process, os.getpid())
    return process


def end(process: "subprocess.Popen[bytes]", owner: int) -> None:
    """Let it do its work; a fork of its owner has no say in it."""
    if os.getpid() == owner:
        process.communicate()


def run(words: Sequence[str | Path], **options: Any) -> "subprocess.CompletedProcess[Any]":
    """Run a program to its end, as `subprocess.run` does."""
    return subprocess.run(tied(words), **{"check": False} | options)


def tie() -> None:
    """Have the kernel kill this process, a fork, when its parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
