"""The line of a door as it stands: read once for all the phones that ask at the same moment.

Many ask when a queue moves, and each would read the whole line. A process keeps what it last read of each door, under
the number of the last thing that open pages were told: whatever moves a queue tells, in its own transaction
(`queues/live.py`), so what was read under the same number is what there is now.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.queues import turns, waits
from visavis.queues.models import Ticket

# Which desks count as idle, and whether a door is open, change by the clock alone.
KEPT_S = 20.0
MOST_DOORS = 200


class Kept[Made]:
    """What was made of each door, as long as nothing was told since, and not for long."""

    all: "list[Kept[object]]" = []

    def __init__(self) -> None:
        self.found: dict[Hashable, tuple[int, float, Made]] = {}
        self.all.append(self)  # type: ignore[arg-type]

    def of(self, door: Hashable, after: int, make: Callable[[], Made]) -> Made:
        """Return what is kept of a door, or make it; `after` is the number of the last thing told, read before."""
        found = self.found.get(door)
        if found and found[0] == after and monotonic() - found[1] < KEPT_S:
            return found[2]
        made = make()
        if len(self.found) >= MOST_DOORS:
            self.found.clear()
        # Before anything was told, no number says that the line moved.
        if after:
            self.found[door] = after, monotonic(), made
        return made


type Row = tuple[int, int | None, int, bool]
"""The number of a ticket's row, of the colleague for whom it is, the one that is called, and whether it is short."""


@dataclass(frozen=True)
class Order:
    """Who waits, in the order in which they are called, and the pace of the day."""

    pace: waits.Pace
    rows: tuple[Row, ...]

    def ahead_of(self, ticket: Ticket) -> list[int]:
        """Return which are called before a ticket that waits: those of another colleague take a desk, too."""
        return [number for number, _short in self._before(ticket)]

    def pace_for(self, ticket: Ticket) -> waits.Pace:
        """Return the pace of those that are called before a ticket, and of itself."""
        return self.pace.among([*(short for _number, short in self._before(ticket)), ticket.is_short])

    def _before(self, ticket: Ticket) -> list[tuple[int, bool]]:
        before: list[tuple[int, bool]] = []
        for row, to, number, short in self.rows:
            if row == ticket.pk:
                return before
            if ticket.to_id is None or to in (None, ticket.to_id):
                before.append((number, short))
        return []


ORDERS = Kept[Order]()


def order_of(agency: Agency, day: dt.date, after: int) -> Order:
    """Return the line of a door; `after` is the number of the last thing told, read before."""

    def make() -> Order:
        waiting, now = Ticket.objects.of_day(agency, day).waiting(), clock.now()
        pace = waits.pace(agency, day)
        line = [(turns.place_of(one, now), _row(one)) for one in waiting if not one.is_short]
        short = [_row(one) for one in waiting if one.is_short]
        return Order(pace, tuple(turns.in_turn(line, short, pace)))

    return ORDERS.of((agency.pk, day), after, make)


def _row(ticket: Ticket) -> Row:
    return ticket.pk, ticket.to_id, ticket.number, ticket.is_short


def forget() -> None:
    """Keep nothing: for tests, whose databases begin again at the same numbers."""
    for one in Kept.all:
        one.found.clear()
