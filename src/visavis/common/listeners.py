"""Who is told when something happened below. Higher layers add their functions; nothing is imported upwards.

Lists, not signals: `grep AFTER_` shows every event and `.add(` every listener (docs/decisions, listeners).
"""

import logging
from collections.abc import Callable
from functools import partial
from traceback import format_tb

from django.db import transaction

log = logging.getLogger(__name__)


class Listeners[*Told]:
    """The functions that one event calls, in the order in which they were added."""

    def __init__(self, *functions: Callable[[*Told], object]) -> None:
        self._functions = list(functions)
        self._within: list[Callable[[*Told], object]] = []

    def add(self, function: Callable[[*Told], object]) -> None:
        self._functions.append(function)

    def add_within(self, function: Callable[[*Told], object]) -> None:
        """Add one that is called at once, in the transaction of the act: what fails there undoes the act."""
        self._within.append(function)

    def call(self, *told: *Told) -> None:
        """Call those within now, the others once the transaction is kept (now where there is none), never if undone."""
        for function in self._within:
            function(*told)
        transaction.on_commit(partial(self.call_now, *told))

    def call_now(self, *told: *Told) -> None:
        """Call all at once. One that fails undoes nothing, and the next is called all the same."""
        for function in self._functions:
            try:
                function(*told)
            except Exception as error:  # noqa: BLE001  (in any way: a listener undoes nothing)
                _log(function, error)


def _log(function: Callable[..., object], error: Exception) -> None:
    """Say which listener failed and where; what the error says may quote a person's row."""
    name = getattr(function, "__qualname__", type(function).__qualname__)
    where = "".join(format_tb(error.__traceback__))
    log.error("the listener %s failed: %s\n%s", name, type(error).__qualname__, where)
