"""How long somebody still waits: at best and at worst, from what this day's services took.

The sum of the services ahead has their mean times their number, and a spread that grows with the root of it; at best
the desks share it evenly and are free now, at worst each has just begun. Short matters have a time of their own: the
middle one of the day, so that one that was none lengthens nobody's wait.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt
from statistics import mean, median, pstdev

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.queues.enums import State
from visavis.queues.models import Ticket

# Until three services are known: minutes, and their spread.
USUAL, SPREAD = 10.0, 5.0
SHORT, SHORT_SPREAD = 3.0, 2.0
ENOUGH = 3
# A desk that called nobody for so long is not counted, unless somebody sits at it.
IDLE = dt.timedelta(minutes=45)


@dataclass(frozen=True)
class Pace:
    """What a day's services took so far, in minutes, and how many desks call."""

    minutes: float
    spread: float
    desks: int
    short_minutes: float = SHORT
    short_spread: float = SHORT_SPREAD

    def among(self, kinds: Sequence[bool]) -> "Pace":
        """Return the pace of a line in which some are short: their mean, so that a phone counts with one number."""
        short = sum(kinds) / len(kinds) if kinds else 0.0
        minutes = (1 - short) * self.minutes + short * self.short_minutes
        spread = sqrt((1 - short) * self.spread**2 + short * self.short_spread**2)
        return replace(self, minutes=minutes, spread=spread)

    def wait(self, ahead: int) -> tuple[int, int]:
        """Return the minutes at best and at worst with so many ahead."""
        best = max(0.0, ahead * self.minutes - self.spread * sqrt(ahead)) / self.desks
        worst = ((ahead + 1) * self.minutes + self.spread * sqrt(ahead + 1)) / self.desks
        return round(best), ceil(worst)


def pace_of(services: Sequence[float], desks: int, short: Sequence[float] = ()) -> Pace:
    """Return the pace of a day: its own once three services are known, of the short ones as of the others."""
    minutes, spread = (mean(services), pstdev(services)) if len(services) >= ENOUGH else (USUAL, SPREAD)
    of_short = (median(short), pstdev(short)) if len(short) >= ENOUGH else (SHORT, SHORT_SPREAD)
    return Pace(minutes, spread, max(desks, 1), *of_short)


def pace(agency: Agency, day: dt.date) -> Pace:
    """Read the pace of a day at a door."""
    served = Ticket.objects.of_day(agency, day).filter(last_called_at__isnull=False)
    rows = list(
        served.values_list("state", "begun_at", "ended_at", "last_called_at", "served_by", "is_short")
    )
    services: dict[bool, list[float]] = {False: [], True: []}
    for state, begun, ended, _called, _desk, is_short in rows:
        if state == State.FINISHED and begun and ended:
            services[is_short].append((ended - begun).total_seconds() / 60)
    lately = clock.now() - IDLE
    desks = {desk for _state, *_times, called, desk, _short in rows if desk and called and called >= lately}
    return pace_of(services[False], len(desks), services[True])
