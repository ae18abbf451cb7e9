"""The one door to the compiler."""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

AVAILABLE = find_spec("numba") is not None
"""Whether the extra ``fast`` is installed: without it nothing may be compiled."""


def compiled[Function: Callable[..., object]](function: Function) -> Function:
    """Compile a function for numbers and arrays when it is first called; the result is kept on disk.

    Floating point is left as written: no operation is reordered or fused, so that scores agree with numpy's.
    Without reference counting, which costs more than the work itself: such a function makes no array.
    """
    return _compile(function)


def inlined[Function: Callable[..., object]](function: Function) -> Function:
    """Paste a function into those that call it: handing over a whole side costs more than a pair's score."""
    return _compile(function, inline="always")


def _compile[Function: Callable[..., object]](function: Function, **options: object) -> Function:
    numba = _compiler()
    folder = cache_folder()
    options |= {"cache": folder is not None, "nogil": True, "error_model": "numpy", "_nrt": False}
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder or "")
    try:
        return cast(Function, numba.njit(**options)(function))
    finally:
        numba.config.CACHE_DIR = before


@cache
def cache_folder() -> Path | None:
    """Where the compiled code of this very engine is kept; None where nothing may be written.

    The compiler looks only at the file of the function itself, not at what the function calls; so the folder
    is named after all the engine's files, and an engine that changed never finds the code of another.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    given = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    try:
        root = Path(given) if given else Path.home() / ".cache"
        folder = root / "visavis" / "kernels" / digest.hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def _compiler() -> Any:
    return import_module("numba")
