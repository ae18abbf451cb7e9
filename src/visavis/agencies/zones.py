"""Which clock hangs on the wall of an agency: that of its department, overseas too."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

PARIS = "Europe/Paris"
OVERSEAS = {
    "971": "America/Guadeloupe", "972": "America/Martinique", "973": "America/Cayenne", "974": "Indian/Reunion",
    "975": "America/Miquelon", "976": "Indian/Mayotte", "977": "America/St_Barthelemy", "978": "America/Marigot",
    "986": "Pacific/Wallis", "987": "Pacific/Tahiti", "988": "Pacific/Noumea",
}  # fmt: skip
MINUTE = dt.timedelta(minutes=1)


def zone_of(department: str) -> ZoneInfo:
    """Return the time zone of a department; where none is known, the site's."""
    return zone_named(OVERSEAS.get(department, PARIS) if department else settings.TIME_ZONE)


@cache
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def instant(day: dt.date, minute: int, zone: ZoneInfo) -> dt.datetime:
    """Return the instant, in UTC, at which the clock on the wall shows a minute of a day.

    Of an hour that comes twice the first; of one that is left out, the instant at which the clock is put forward.
    """
    day, minute = (day + dt.timedelta(days=1), 0) if minute == 1440 else (day, minute)
    wall = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), tzinfo=zone)
    first, second = wall.astimezone(dt.UTC), wall.replace(fold=1).astimezone(dt.UTC)
    return first if first <= second else _put_forward(second, first, zone)


def _put_forward(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the first minute between two instants with the later one's offset."""
    while after - before > MINUTE:
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == after.astimezone(zone).utcoffset():
            after = middle
        else:
            before = middle
    return after
