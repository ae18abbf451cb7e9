"""How long somebody still waits: at best and at worst, from what this day's services took.

The sum of the services ahead has their mean times their number, and a spread that grows with the root of it; at best
the desks share it evenly and are free now, at worst each has just begun.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import mean, pstdev

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.queues.enums import State
from visavis.queues.models import Ticket

# Until three services are known: minutes, and their spread.
USUAL, SPREAD = 10.0, 5.0
ENOUGH = 3
# A desk that called nobody for so long is not counted, unless somebody sits at it.
IDLE = dt.timedelta(minutes=45)


@dataclass(frozen=True)
class Pace:
    """What a day's services took so far, in minutes, and how many desks call."""

    minutes: float
    spread: float
    desks: int

    def wait(self, ahead: int) -> tuple[int, int]:
        """Return the minutes at best and at worst with so many ahead."""
        best = max(0.0, ahead * self.minutes - self.spread * sqrt(ahead)) / self.desks
        worst = ((ahead + 1) * self.minutes + self.spread * sqrt(ahead + 1)) / self.desks
        return round(best), ceil(worst)


def pace_of(services: Sequence[float], desks: int) -> Pace:
    """Return the pace of a day: its own once three services are known."""
    if len(services) < ENOUGH:
        return Pace(USUAL, SPREAD, max(desks, 1))
    return Pace(mean(services), pstdev(services), max(desks, 1))


def pace(agency: Agency, day: dt.date) -> Pace:
    """Read the pace of a day at a door."""
    served = Ticket.objects.of_day(agency, day).filter(last_called_at__isnull=False)
    rows = list(served.values_list("state", "begun_at", "ended_at", "last_called_at", "served_by"))
    services = [
        (ended - begun).total_seconds() / 60
        for state, begun, ended, _called, _desk in rows
        if state == State.FINISHED and begun and ended
    ]
    lately = clock.now() - IDLE
    desks = {desk for *_times, called, desk in rows if desk and called and called >= lately}
    return pace_of(services, len(desks))
