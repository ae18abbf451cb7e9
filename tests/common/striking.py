"""An act that is killed in the middle: in a process of its own, by a signal that nobody catches, at a drawn point.

A point is a statement, which the process stops before and waits for its end at, so that a quick machine and a slow one
are struck alike; or a moment by the clock, which falls inside statements and at the commit as well.
"""

import json
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from tests.documents.killed import BY_LUCK, ended, forked

type Act = Callable[[], object]
# Of the points that are drawn, these fall where an act ends: where its last rows are written, and what follows it.
LAST = 12


@dataclass(frozen=True)
class Size:
    """How many statements an act asks, and how long it takes."""

    statements: int
    seconds: float

    def points(self, number: int) -> list[int]:
        """Draw statements all over the act, one from each of as many parts, and a third more where it ends."""
        part = self.statements / number
        spread = [int(BY_LUCK.uniform(one * part, (one + 1) * part)) + 1 for one in range(number)]
        late = [int(one) for one in self.statements - BY_LUCK.integers(0, LAST, number // 3)]
        return [*spread, *late]

    def moments(self, number: int) -> list[float]:
        """Draw moments of the act, in seconds, and a little beyond."""
        return [float(one) for one in BY_LUCK.uniform(0, 1.1 * self.seconds, number)]


def measured(act: Act) -> Size:
    """Do an act in a process of its own that keeps nothing of it."""
    from django.db import connection, transaction  # noqa: PLC0415  (Django must be set up)

    reads, writes = os.pipe()

    def count() -> None:
        asked = 0

        def counted(execute: Any, *said: Any) -> Any:
            nonlocal asked
            asked += 1
            return execute(*said)

        begun = time.monotonic()
        with transaction.atomic(), connection.execute_wrapper(counted):
            try:
                act()
            except BaseException:
                traceback.print_exc()
                raise
            os.write(writes, json.dumps([asked, time.monotonic() - begun]).encode())
            signal.pause()

    with forked(count):
        os.close(writes)
        told = os.read(reads, 200)
    os.close(reads)
    assert told, "the act that is to be struck fails by itself"
    return Size(*json.loads(told))


def struck(act: Act, before: int) -> bool:
    """Kill a process before the statement of its act with that number; say whether it came so far."""
    from django.db import connection  # noqa: PLC0415  (Django must be set up)

    reads, writes = os.pipe()

    def stopped() -> None:
        asked = 0

        def waited(execute: Any, *said: Any) -> Any:
            nonlocal asked
            asked += 1
            if asked == before:
                os.write(writes, b"!")
                signal.pause()
            return execute(*said)

        os.close(reads)
        with connection.execute_wrapper(waited):
            act()

    with forked(stopped):
        os.close(writes)
        came_so_far = os.read(reads, 1) == b"!"
    os.close(reads)
    return came_so_far


def struck_after(act: Act, seconds: float) -> bool:
    """Kill a process at a moment of its act; say whether it was still at it."""
    with forked(act) as child:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not ended(child):
            time.sleep(0.002)
        return not ended(child)


def strikes(act: Act, size: Size, number: int) -> Iterator[bool]:
    """Kill an act at as many drawn statements, a third more where it ends, and half as many moments; one a step."""
    for point in size.points(number):
        yield struck(act, point)
    for moment in size.moments(max(1, number // 2)):
        yield struck_after(act, moment)


@contextmanager
def no_transactions() -> Iterator[None]:
    """Keep each row as soon as it is written, and hold none."""
    from django.db import transaction  # noqa: PLC0415  (Django must be set up)
    from django.db.models import QuerySet  # noqa: PLC0415

    with (
        patch.object(transaction.Atomic, "__enter__", lambda _atomic: None),
        patch.object(transaction.Atomic, "__exit__", lambda _atomic, *_error: None),
        patch.object(QuerySet, "select_for_update", lambda rows, **_options: rows.all()),
    ):
        yield
