"""An act that is killed in the middle: in a process of its own, by a signal that nobody catches, at a drawn point.

A point is a statement, which the process stops before and waits for its end at, so that a quick machine and a slow one
are struck alike; or a moment by the clock, which falls inside statements and at the commit as well.
"""

import json
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from tests.documents.killed import BY_LUCK, forked

type Act = Callable[[], object]
# Of the points that are drawn, these fall where an act ends: where its last rows are written, and what follows it.
LAST = 12
# Longer than any act: what is left of an alarm says how long the act took.
LONGEST_S = 3600.0


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


def said_by(do: Callable[[int], object]) -> bytes:
    """Have a process of its own write to a pipe; return what came first, or nothing, and kill it."""
    reads, writes = os.pipe()
    with forked(lambda: do(writes)):
        os.close(writes)
        said = os.read(reads, 200)
    os.close(reads)
    return said


def asking(act: Act, before: Callable[[int], object]) -> int:
    """Do an act, calling before each of its statements with its number; return how many there were."""
    from django.db import connection  # noqa: PLC0415  (Django must be set up)

    number = 0

    def counted(execute: Any, *said: Any) -> Any:
        nonlocal number
        number += 1
        before(number)
        return execute(*said)

    with connection.execute_wrapper(counted):
        act()
    return number


def measured(act: Act) -> Size:
    """Do an act in a process of its own that keeps nothing of it."""
    from django.db import transaction  # noqa: PLC0415  (Django must be set up)

    def count(writes: int) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
        with transaction.atomic():
            try:
                number = asking(act, lambda _number: None)
            except BaseException:
                traceback.print_exc()
                raise
            seconds = LONGEST_S - signal.getitimer(signal.ITIMER_REAL)[0]
            os.write(writes, json.dumps([number, seconds]).encode())
            signal.pause()

    said = said_by(count)
    assert said, "the act that is to be struck fails by itself"
    return Size(*json.loads(said))


def struck(act: Act, before: int) -> bool:
    """Kill a process before the statement of its act with that number; say whether it came so far."""

    def stopped(writes: int) -> None:
        def stop(number: int) -> None:
            if number == before:
                os.write(writes, b"!")
                signal.pause()

        asking(act, stop)

    return said_by(stopped) == b"!"


def struck_after(act: Act, seconds: float) -> bool:
    """Have the kernel kill a process at a moment of its act; say whether it was still at it."""

    def alarmed() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
        act()

    with forked(alarmed) as child:
        return os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT).si_code == os.CLD_KILLED  # type: ignore[union-attr]


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
