"""Who is told that vacancies changed. Layers above add their function; nothing is imported upwards.

A plain list, not a signal: `grep AFTER_CHANGE` shows every listener (docs/decisions, callbacks).
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction

# Called with the vacancy's number, after the commit.
AFTER_CHANGE: list[Callable[[int], object]] = []
# Called once after the reading of a feed that changed something.
AFTER_FEED: list[Callable[[], object]] = []


def tell_later(vacancy_id: int) -> None:
    """Tell of one vacancy once the present transaction is kept; a listener that fails undoes nothing."""
    for function in AFTER_CHANGE:
        transaction.on_commit(partial(function, vacancy_id), robust=True)


def tell_of_feed() -> None:
    """Tell of many vacancies at once."""
    for function in AFTER_FEED:
        transaction.on_commit(function, robust=True)
