"""What the figures of a bench were measured on."""

import os
import platform
import sys
from pathlib import Path

import numpy as np

KEEP_SINGLE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def one_thread() -> None:
    """Start the program again with one thread of computing: fair to every method, and steadier.

    A core type forced on OpenBLAS would slow down some methods only: it is taken off.
    """
    wanted = dict.fromkeys(KEEP_SINGLE, "1")
    if all(os.environ.get(name) == value for name, value in wanted.items()):
        return
    environment = {**os.environ, **wanted}
    environment.pop("OPENBLAS_CORETYPE", None)
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def machine() -> dict[str, str | int]:
    """Describe processor, cores, memory and versions."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_gb": int(_first("/proc/meminfo", "MemTotal").removesuffix("kB") or 0) // 1_000_000,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _first(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "")
