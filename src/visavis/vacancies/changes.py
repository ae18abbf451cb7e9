"""Who is told that vacancies changed."""

from collections.abc import Callable

from visavis.common.listeners import Listeners

# Called with the vacancy's number, after the commit.
AFTER_CHANGE = Listeners[int]()
# Called once after the reading of a feed that changed something.
AFTER_FEED = Listeners[()]()
# What closing a vacancy would end, in a sentence for who is about to close it; nothing where it ends nothing.
ENDED_BY_CLOSING: list[Callable[[int], str]] = []
