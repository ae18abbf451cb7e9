"""When one door is open: the week, the holidays of its department, days with hours of their own, closures.

All that is said of an agency's hours, and every slot in it, is reckoned from here, in instants: a clock that is put
forward or back changes no wall time and makes no slot that is not there.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from visavis.agencies.holidays import is_holiday
from visavis.agencies.hours import Spans, Week
from visavis.agencies.repeats import Repeat
from visavis.agencies.zones import instant, zone_of

SEARCHED_DAYS = 400
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stretch:
    """From one instant to another, both in UTC."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def meets(self, other: "Stretch") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


type Stretches = tuple[Stretch, ...]
type Repeats = tuple[tuple[Repeat, Stretch], ...]
"""Closures that come back, each with from when to when it holds."""


@dataclass(frozen=True)
class Timetable:
    """The hours of one door."""

    week: Week
    department: str = ""
    open_days: Mapping[dt.date, Spans] = field(default_factory=dict)
    """Days with hours of their own, in place of the week's and of a holiday's."""
    closures: Stretches = ()
    repeats: Repeats = ()

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.department)

    def spans_on(self, day: dt.date) -> Spans:
        """Return the hours of a day as the wall shows them, closures not looked at."""
        if day in self.open_days:
            return self.open_days[day]
        if self.week.holidays is not None and is_holiday(day, self.department):
            return self.week.holidays
        return self.week.days[day.weekday()]

    def on(self, day: dt.date) -> Stretches:
        """Return when the door is open on a day, closures taken out."""
        zone = self.zone
        spans = (
            Stretch(instant(day, span.start, zone), instant(day, span.end, zone))
            for span in self.spans_on(day)
        )
        gone = (*self.closures, *self.coming_back_on(day))
        return without((one for one in spans if one.starts_at < one.ends_at), gone)

    def coming_back_on(self, day: dt.date) -> Stretches:
        """Return which hours of a day closures that come back take; none of a day with hours of its own."""
        if day in self.open_days:
            return ()
        return tuple(
            within
            for repeat, held in self.repeats
            if repeat.days.holds_on(day) and (within := taken_on(day, repeat, held, self.zone)) is not None
        )

    def date_of(self, at: dt.datetime) -> dt.date:
        """Return the date at the door."""
        return at.astimezone(self.zone).date()

    def between(self, first: dt.date, last: dt.date) -> Iterator[Stretch]:
        """Give when the door is open from a day to another, both included; what goes on over midnight is one."""
        held: Stretch | None = None
        for step in range((last - first).days + 1):
            for one in self.on(first + step * DAY):
                if held is not None and held.ends_at == one.starts_at:
                    held = Stretch(held.starts_at, one.ends_at)
                    continue
                if held is not None:
                    yield held
                held = one
        if held is not None:
            yield held

    def closing(self, at: dt.datetime) -> dt.datetime | None:
        """Return when the door closes if it is open at an instant, else nothing; a week later at most."""
        at, first = at.astimezone(dt.UTC), self.date_of(at)
        for one in self.between(first, first + 7 * DAY):
            if one.starts_at > at:
                return None
            if at < one.ends_at:
                return one.ends_at
        return None

    def is_open(self, at: dt.datetime) -> bool:
        return self.closing(at) is not None

    def next_opening(self, after: dt.datetime) -> dt.datetime | None:
        """Return the first opening strictly after an instant, or nothing if the door never opens."""
        after, first = after.astimezone(dt.UTC), self.date_of(after)
        for one in self.between(first, first + SEARCHED_DAYS * DAY):
            if one.starts_at > after:
                return one.starts_at
        return None


def taken_on(day: dt.date, repeat: Repeat, held: Stretch, zone: ZoneInfo) -> Stretch | None:
    """Return which hours of one of its days a closure that comes back takes, while it holds."""
    starts_at = max(instant(day, repeat.span.start, zone), held.starts_at)
    ends_at = min(instant(day, repeat.span.end, zone), held.ends_at)
    return Stretch(starts_at, ends_at) if starts_at < ends_at else None


def without(stretches: Iterator[Stretch] | Stretches, taken: Stretches) -> Stretches:
    """Return what is left of some stretches when others are taken out of them, in order."""
    left = sorted(stretches)
    for gone in taken:
        kept: list[Stretch] = []
        for one in left:
            if not one.meets(gone):
                kept.append(one)
                continue
            if one.starts_at < gone.starts_at:
                kept.append(Stretch(one.starts_at, gone.starts_at))
            if gone.ends_at < one.ends_at:
                kept.append(Stretch(gone.ends_at, one.ends_at))
        left = kept
    return tuple(left)
