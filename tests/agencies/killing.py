"""An act that ends before one of its statements, as by kill -9: nothing catches it, and its transaction is undone."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection


class Killed(BaseException):
    """The process ends here."""


def killed_at(number: int, act: Callable[[], object]) -> int:
    """Do an act that ends before the statement of that number, 0 for none; return how many it asked."""
    asked = 0

    def counted(execute: Any, *said: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == number:
            raise Killed
        return execute(*said)

    with connection.execute_wrapper(counted), suppress(Killed):
        act()
    return asked
