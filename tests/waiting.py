"""The one place of the tests that waits: for something that can be seen, with a bound that only a failure reaches."""

import time
from collections.abc import Callable

import pytest

BOUND_S = 120.0
PAUSE_S = 0.05


def until[Seen](
    look: Callable[[], Seen],
    says: str | Callable[[], object],
    *,
    within_s: float = BOUND_S,
    rest: Callable[[float], object] | None = None,
) -> Seen:
    """Return what `look` returns as soon as it is true; fail with `says` where it is not within `within_s`.

    `rest` pauses for milliseconds in place of a sleep: a browser's page (`page.wait_for_timeout`) goes on meanwhile.
    """
    end = time.monotonic() + within_s
    while not (seen := look()):
        if time.monotonic() > end:
            pytest.fail(str(says() if callable(says) else says), pytrace=False)
        if rest is None:
            time.sleep(PAUSE_S)
        else:
            rest(PAUSE_S * 1000)
    return seen
