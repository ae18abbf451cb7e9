"""Closures that come back: which days they take, and how they are written.

Three shapes, written as OpenStreetMap's opening_hours has them, so that other programs read the same:
`Mo[1] 08:30-12:30 off` (a day of each month, counted from its beginning, or -1 from its end),
`week 02-52/2 Fr 13:00-24:00 off` (a day of even weeks, or of odd ones: 01-53/2), and `Aug 16-Aug 31 off` (days of each
year; it may go over New Year's). Weeks are numbered as ISO 8601 does.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from visavis.agencies.hours import DAYS, Span, spans_written

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ALL_DAY = Span(0, 1440)
EVEN, ODD = "02-52/2", "01-53/2"
# The last of its weekday in a month; no month has a fifth of each, so none is counted further than four.
LAST = -1
NUMBERS = (1, 2, 3, 4, LAST)
# A leap year: February has all the days that it may have.
LEAP = 2028
WRITTEN = re.compile(
    rf"(?:(?P<weekday>{'|'.join(DAYS)})\[(?P<number>[1-4]|-1)\]"
    rf"|week (?P<weeks>02-52/2|01-53/2) (?P<day>{'|'.join(DAYS)})"
    rf"|(?P<from>{'|'.join(MONTHS)}) (?P<first>\d\d)-(?P<to>{'|'.join(MONTHS)}) (?P<last>\d\d))"
    r"(?: (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d))? off"
)

type MonthDay = tuple[int, int]
"""A month from 1, and a day of it from 1."""


@dataclass(frozen=True)
class EachMonth:
    """The first, second, third, fourth or last Monday (0) to Sunday (6) of each month."""

    number: int
    weekday: int

    def holds_on(self, day: dt.date) -> bool:
        """Say whether a day is one of them."""
        if day.weekday() != self.weekday:
            return False
        if self.number == LAST:
            return (day + dt.timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.number

    def written(self) -> str:
        """Write the days."""
        return f"{DAYS[self.weekday]}[{self.number}]"


@dataclass(frozen=True)
class EachOtherWeek:
    """A Monday (0) to Sunday (6) of the weeks with an even number, or with an odd one."""

    is_even: bool
    weekday: int

    def holds_on(self, day: dt.date) -> bool:
        """Say whether a day is one of them."""
        return day.weekday() == self.weekday and (day.isocalendar().week % 2 == 0) == self.is_even

    def written(self) -> str:
        """Write the days."""
        return f"week {EVEN if self.is_even else ODD} {DAYS[self.weekday]}"


@dataclass(frozen=True)
class EachYear:
    """From a day of each year to another, both included; the second may be in the next year."""

    first: MonthDay
    last: MonthDay

    def holds_on(self, day: dt.date) -> bool:
        """Say whether a day is one of them."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last

    def written(self) -> str:
        """Write the days."""
        return "-".join(f"{MONTHS[month - 1]} {day:02}" for month, day in (self.first, self.last))


type Days = EachMonth | EachOtherWeek | EachYear


@dataclass(frozen=True)
class Repeat:
    """Days that come back, and which hours of them a door is closed, on the clock of its wall."""

    days: Days
    span: Span = ALL_DAY

    def between(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """Give the days it takes from a day to another, both included."""
        for step in range((last - first).days + 1):
            day = first + dt.timedelta(days=step)
            if self.days.holds_on(day):
                yield day


def written(repeat: Repeat) -> str:
    """Write a closure that comes back, as `read` reads it."""
    hours = "" if repeat.span == ALL_DAY else f" {spans_written((repeat.span,))}"
    return f"{repeat.days.written()}{hours} off"


def read(text: str) -> Repeat:
    """Read what `written` wrote. Raises ValueError."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"no closure that comes back: {text!r}")
    span = Span(_minute(found["start"]), _minute(found["end"])) if found["start"] else ALL_DAY
    if found["weekday"]:
        return Repeat(EachMonth(int(found["number"]), DAYS.index(found["weekday"])), span)
    if found["weeks"]:
        return Repeat(EachOtherWeek(found["weeks"] == EVEN, DAYS.index(found["day"])), span)
    first = MONTHS.index(found["from"]) + 1, int(found["first"])
    last = MONTHS.index(found["to"]) + 1, int(found["last"])
    if not is_a_day(*first) or not is_a_day(*last):
        raise ValueError(f"no closure that comes back: {text!r}")
    return Repeat(EachYear(first, last), span)


def is_a_day(month: int, day: int) -> bool:
    """Say whether a month may have a day: 29 February, which comes every four years, too."""
    try:
        dt.date(LEAP, month, day)
    except ValueError:
        return False
    return True


def _minute(text: str) -> int:
    hour, _colon, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
