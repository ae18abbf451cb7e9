"""Times at which people meet."""

import datetime as dt

from django.utils import timezone

from visavis.agencies.holidays import is_holiday
from visavis.common import clock
from visavis.introductions.meetings import SUNDAY, Plan

WHOM = {"contact": "Mme Roux", "phone": "+33475000001"}


def at_ten(days: int) -> dt.datetime:
    """Return ten o'clock on a working day, so many days from now or a little later."""
    day = clock.today() + dt.timedelta(days=days)
    while day.weekday() == SUNDAY or is_holiday(day):
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(10), timezone.get_current_timezone())


def plan(days: int = 2, place: str = "phone", **more: object) -> Plan:
    where = {"address": "8 rue des Fours"} if place == "on-site" else {}
    return Plan((at_ten(days),), place, **where | WHOM | more)  # type: ignore[arg-type]
