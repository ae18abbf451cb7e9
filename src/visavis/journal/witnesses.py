"""What other tables tell of days on which the journal holds nothing: it was emptied or cut there, seals and all.

A seal shows a cut to who kept it elsewhere. Who empties the file of seals with the journal leaves the rows that the
journal told of: an account was made on a day of which it says nothing.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.conf import settings

from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.services import KEPT_FOR

# Days on which something was made that is always written down, by its app; each says it in its `ready()`.
WITNESSES: list[Callable[[], Iterable[dt.datetime]]] = []
DAY = dt.timedelta(days=1)
# A seal is made each hour: an entry that is older than this has one.
SEALED_WITHIN = dt.timedelta(hours=3)


def silent_days() -> list[dt.date]:
    """Return the days of the last year on which something was made, of which no entry of those days is left.

    The demonstration makes accounts of years before it existed: there nothing can be told, and its doors are an alarm.
    """
    if settings.DEMO:
        return []
    now = clock.now()
    days = {day for witness in WITNESSES for day in witness()}
    asked = sorted(day for day in days if now - KEPT_FOR + 3 * DAY < day < now - 2 * DAY)
    return [day.date() for day in asked if not Entry.objects.filter(at__range=_around(day)).exists()]


def lacks_seals(found: Iterable[str]) -> bool:
    """Say whether there is no seal though an entry is hours old: seals were taken away, or the worker makes none."""
    if any(found):
        return False
    oldest = Entry.objects.order_by("at").values_list("at", flat=True).first()
    return oldest is not None and clock.now() - oldest > SEALED_WITHIN


def told(found: Iterable[str]) -> list[str]:
    """Say what other tables, and the lack of any seal, tell against the journal: empty is well."""
    said, days = [], silent_days()
    if days:
        made = f"On {len(days)} days, from {days[0]} to {days[-1]}, accounts or consents were made"
        said.append(f"{made}, and no entry is left of them.")
    if lacks_seals(found):
        said.append("There is no seal though entries are hours old.")
    return said


def _around(day: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Return from when to when an entry is of a day: one day more on each side, whatever zone and clock were."""
    return day - DAY, day + 2 * DAY
