"""What the tests ask thousands of times, and the site answers the same each time: worked out once."""

import fcntl
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any

from _pytest import runner
from django.apps import apps
from django.apps.registry import Apps
from django.urls.resolvers import RegexPattern, ResolverMatch, URLResolver

from visavis.common.room import with_room
from visavis.engine.fast import compiled

# More paths than this are not kept: what is known begins anew.
MOST_PATHS = 20_000


def give_room() -> None:
    """Run every test with room on the stack."""
    runner.runtestprotocol = with_room(runner.runtestprotocol)


def remember_paths() -> None:
    """Have each root of addresses remember which view a path opens; a test's other addresses are another root.

    A path that opens none is looked for each time: the error tells what was tried.
    """
    resolve = URLResolver.resolve
    known: dict[tuple[int, str], tuple[URLResolver, ResolverMatch]] = {}

    def remembering(self: URLResolver, path: Any) -> ResolverMatch:
        # Only a root begins with the slash; its parts hang below it.
        if not isinstance(self.pattern, RegexPattern) or self.pattern._regex != r"^/":
            return resolve(self, path)
        key = (id(self), str(path))
        if key not in known:
            if len(known) >= MOST_PATHS:
                known.clear()
            # Kept with its root, so that no other root gets the same number.
            known[key] = (self, resolve(self, path))
        return known[key][1]

    URLResolver.resolve = remembering  # type: ignore[method-assign]


def remember_swapped() -> None:
    """Have the site's registry remember which model a setting names until a model of its own comes or goes.

    Django keeps one memory for all registries, and empties it with each model that a migration draws.
    """
    find = Apps.get_swappable_settings_name.__wrapped__  # type: ignore[attr-defined]
    apps.get_swappable_settings_name = cache(partial(find, apps))  # type: ignore[method-assign]


def compile_one_by_one() -> None:
    """Have one process compile what is not yet kept on the disk, and the others wait and read it.

    Two that begin together compile the same kernels: forty seconds of processor each.
    """
    if "numba" in sys.modules:
        guard_compiler()
        return
    importing = compiled._compiler

    @cache
    def found() -> Any:
        numba = importing()
        guard_compiler()
        return numba

    compiled._compiler = found


def guard_compiler() -> None:
    dispatcher = sys.modules["numba"].core.dispatcher.Dispatcher
    dispatcher.compile = alone(dispatcher.compile)


def alone[**Given, Found](function: Callable[Given, Found]) -> Callable[Given, Found]:
    """Return a function that no other process runs meanwhile; it may call itself."""
    depth = 0

    @wraps(function)
    def waiting(*args: Given.args, **kwargs: Given.kwargs) -> Found:
        nonlocal depth
        with turn().open("w") as lock:
            if not depth:
                fcntl.flock(lock, fcntl.LOCK_EX)
            depth += 1
            try:
                return function(*args, **kwargs)
            finally:
                depth -= 1

    return waiting


def turn() -> Path:
    """Return the file that who compiles holds."""
    return (compiled.cache_folder() or Path(tempfile.gettempdir())) / "compiling"
