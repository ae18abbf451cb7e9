"""The one door to the compiler."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


def compiled_loosely[Function: Callable[..., object]](function: Function) -> Function:
    """Compile a function whose sums may be reordered, and that meets no NaN: for bounds and dot products."""
    return _compile(function, fastmath=True)


def pasted[Function: Callable[..., object]](function: Function) -> Function:
    """Paste a function into those that call it: handing over a whole side costs more than a pair's score."""
    return _compile(function, inline="always")


def _compile[Function: Callable[..., object]](function: Function, **options: object) -> Function:
    numba = _compiler()
    options |= {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    with _kept_in(kept_in()):
        return cast(Function, numba.njit(**options)(function))


@cache
def kept_in() -> Path:
    """Where the compiled code of this very engine is kept.

    The compiler looks only at the file of the function itself, not at what the function calls; so the folder
    is named after all the engine's files, and an engine that changed never finds the code of another.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(path.read_bytes())
    given = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    root = Path(given) if given else Path.home() / ".cache"
    return root / "visavis" / "kernels" / digest.hexdigest()[:16]


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    config = _compiler().config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before


def _compiler() -> Any:
    return import_module("numba")
