"""Who is told that vacancies changed."""

from visavis.common.listeners import Listeners

# Called with the vacancy's number, after the commit.
AFTER_CHANGE = Listeners[int]()
# Called once after the reading of a feed that changed something.
AFTER_FEED = Listeners[()]()
