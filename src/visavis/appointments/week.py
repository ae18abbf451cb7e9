"""Free times as a page shows them: a week at a time, day by day, with the way to the weeks around."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from visavis.appointments import free
from visavis.appointments.free import Search, Whom
from visavis.appointments.models import Kind, Workshop
from visavis.appointments.models.appointment import instant_of
from visavis.ui import dates

DAYS = 7


@dataclass(frozen=True)
class Time:
    """One time to choose: what the form sends, and the hour on the wall of the agency."""

    value: str
    hour: str
    day: str


@dataclass(frozen=True)
class Day:
    """A day and its free times."""

    name: str
    times: list[Time]


@dataclass(frozen=True)
class Week:
    """The free times of some days, and where the next ones are."""

    days: list[Day]
    before: dt.date | None
    after: dt.date | None
    first_free: dt.date | None
    """Where these days have none: the first day on which there is one."""


def shown(
    kind: Kind, whom: Sequence[Whom] | None, first: dt.date | None, notice: dt.timedelta = free.NOTICE
) -> Week:
    """Return the free times of seven days from a day on, within eight weeks of today."""
    today = free.today_at(kind.agency)
    last = today + dt.timedelta(days=7 * free.WEEKS - 1)
    first = min(max(first or today, today), last)
    found = free.find(Search(kind.agency, kind.minutes, today, last, whom, notice))
    zone = kind.agency.zone
    days: dict[dt.date, list[int]] = {}
    for at in found.at:
        days.setdefault(instant_of(at).astimezone(zone).date(), []).append(at)
    if first == today and days and min(days) > today:
        # Nobody is shown an empty week before the first one that has a free time.
        first = min(days)
    until = first + dt.timedelta(days=DAYS)
    here = {day: times for day, times in days.items() if first <= day < until}
    later = [day for day in days if day >= until]
    earlier = [day for day in days if day < first]
    with timezone.override(zone):
        shown_days = [
            Day(dates.weekday(day), [time_of(instant_of(at)) for at in times]) for day, times in here.items()
        ]
    before = max(first - dt.timedelta(days=DAYS), min(earlier)) if earlier else None
    return Week(shown_days, before, min(later, default=None), min(later, default=None) if not here else None)


def time_of(at: dt.datetime) -> Time:
    """Return an instant as a time to choose, by the clock that is on."""
    return Time(f"{int(at.timestamp())}", dates.hour(at), dates.weekday(at))


def next_times(kind: Kind, times: Sequence[dt.datetime]) -> list[Time]:
    """Return some free times, by the clock of the agency."""
    with timezone.override(kind.agency.zone):
        return [time_of(at) for at in times]


def chosen(text: str) -> dt.datetime | None:
    """Return the instant that a form sends."""
    return dt.datetime.fromtimestamp(int(text), dt.UTC) if text.isdecimal() and len(text) < 12 else None


@dataclass(frozen=True)
class Session:
    """One workshop to choose: when, and how many places are left."""

    workshop: Workshop
    when: str
    left: int


def workshops(kind: Kind) -> list[Session]:
    """Return the workshops to come of a kind."""
    rows: Any = Workshop.objects.filter(kind=kind).to_come().with_left().order_by("starts_at")[:30]
    with timezone.override(kind.agency.zone):
        return [Session(row, dates.weekday_moment(row.starts_at), row.left) for row in rows]
