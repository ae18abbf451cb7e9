"""Bytes of a calendar (RFC 5545) → when its owner is busy. No title, no place, no name leaves this module.

Busy is what is confirmed or tentative and not transparent: entries, each time they come back, all days as days at the
agency, and what a VFREEBUSY says. An entry that cannot be understood is counted, and the others are read.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar

from visavis.appointments.busy.recurring import DAY, Clock, Series, TooMany, Unread

NOT_A_CALENDAR, TOO_MANY = "calendar", "many"
MOST_ENTRIES = 50_000
# Nobody is away for longer in one entry; what is longer is a mistake or an attack.
LONGEST = dt.timedelta(days=800)
# Twenty-four hours are no day of the wall, where a clock is changed: once read, both are the same to icalendar.
OF_HOURS = re.compile(r"^(DURATION(?:;[^:\r\n]*)?)(:\+?P(?:0D)?T)", re.IGNORECASE | re.MULTILINE)
LINE_ENDS = re.compile(r"\r+\n?")
BEGINS = re.compile(r"^BEGIN:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
THIS_AND_FUTURE = "THISANDFUTURE"

type Times = tuple[dt.datetime, dt.datetime]
"""From an instant to another, both in UTC."""


class Refused(Exception):
    """The calendar cannot be read; `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Asked:
    """From when to when it is asked, on which wall a day or an hour without a zone is, and whose entries are ours."""

    since: dt.datetime
    until: dt.datetime
    zone: dt.tzinfo
    ours: str = ""
    """The end of the UIDs that this service gives: what it wrote into her calendar does not make her busy again."""


@dataclass(frozen=True)
class Read:
    """When she is busy, in order and apart; how many entries were not understood."""

    busy: list[Times]
    unread: int


@dataclass(frozen=True)
class Length:
    """How long an entry lasts: whole days by the wall, the rest by the clock (RFC 5545, 3.3.6)."""

    days: int = 0
    rest: dt.timedelta = dt.timedelta()

    def after(self, wall: dt.datetime, clock: Clock) -> dt.datetime:
        """Return the instant at which it ends."""
        return clock.instant(wall + self.days * DAY) + self.rest


@dataclass(frozen=True)
class Entry:
    """One VEVENT: its series, how long it lasts, and which time of another it stands for."""

    series: Series
    length: Length
    periods: tuple[Times, ...]
    """Times besides that have a length of their own."""
    is_busy: bool
    is_cancelled: bool
    of: dt.date | None = None
    is_from_then_on: bool = False


def read(data: bytes, asked: Asked) -> Read:
    """Read a calendar. Raises Refused."""
    events, periods, unread = _components(data)
    kept: dict[tuple[str, str], Any] = {}
    for number, (event, is_cancel) in enumerate(events):
        uid = str(event.get("UID", "")) or f"none {number}"
        if asked.ours and uid.endswith(asked.ours):
            continue
        key = uid, _text(event, "RECURRENCE-ID")
        if key not in kept or _age(event) >= _age(kept[key][0]):
            kept[key] = event, is_cancel
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for (uid, _of), (event, is_cancel) in kept.items():
        try:
            entries[uid].append(_entry(event, is_cancel, asked))
        except (Unread, ValueError, TypeError, AttributeError, OverflowError, KeyError):
            unread += 1
    found: list[Times] = [*_of_freebusy(periods, asked)]
    for group in entries.values():
        try:
            found += _busy(group, asked)
        except TooMany as error:
            raise Refused(TOO_MANY) from error
        except (Unread, OverflowError):
            unread += 1
    return Read(_merged(found, asked), unread)


def _components(data: bytes) -> tuple[list[tuple[Any, bool]], list[Any], int]:
    """Take a file apart: its entries, each with whether it cancels one, its free and busy times, and what was lost."""
    text = OF_HOURS.sub(r"\1;X-HOURS=1\2", _decoded(data))
    heads, ends, entries = (
        text.upper().count(one) for one in ("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT")
    )
    # What was cut in the middle would say that she is free.
    if not heads or heads != ends:
        raise Refused(NOT_A_CALENDAR)
    if entries > MOST_ENTRIES:
        raise Refused(TOO_MANY)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(NOT_A_CALENDAR) from error
    events: list[tuple[Any, bool]] = []
    periods: list[Any] = []
    for calendar in calendars:
        if calendar.name != "VCALENDAR":
            raise Refused(NOT_A_CALENDAR)
        is_cancel = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        events += [(event, is_cancel) for event in calendar.walk("VEVENT")]
        periods += calendar.walk("VFREEBUSY")
    # An entry that begins and did not come out is not passed over in silence.
    return events, periods, max(0, len(BEGINS.findall(text)) - len(events))


def _decoded(data: bytes) -> str:
    """Read the bytes as text: UTF-8, else as old programs write; lines end as one ends them here."""
    return LINE_ENDS.sub("\n", _text_of(data))


def _text_of(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _age(event: Any) -> tuple[int, str]:
    """Return which of two versions is the newer: the higher SEQUENCE, then the later DTSTAMP."""
    try:
        sequence = int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        sequence = 0
    return sequence, _text(event, "DTSTAMP")


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    if value is None or isinstance(value, list):
        return ""
    written = value.to_ical()
    return written.decode() if isinstance(written, bytes) else str(written)


def _moment(event: Any, name: str) -> Any:
    """Return a day or an hour of an entry. Raises Unread where its time zone is not known."""
    value = event.get(name)
    if value is None:
        return None
    if isinstance(value, list):
        raise Unread
    at = value.dt
    if isinstance(at, dt.datetime) and at.tzinfo is None and "TZID" in value.params:
        raise Unread
    return at


def _entry(event: Any, is_cancel: bool, asked: Asked) -> Entry:
    """Understand one entry. Raises Unread."""
    start = _moment(event, "DTSTART")
    of = _moment(event, "RECURRENCE-ID")
    is_cancelled = is_cancel or str(event.get("STATUS", "")).upper() == "CANCELLED"
    if start is None and is_cancelled:
        start = of or asked.since
    if not isinstance(start, dt.date):
        raise Unread
    if any(name in {"RRULE", "RDATE", "EXDATE", "DTEND", "DURATION"} for name, _why in event.errors):
        raise Unread
    if isinstance(start, dt.datetime):
        clock = Clock(start.tzinfo or asked.zone)
        wall = start.replace(tzinfo=None, fold=0)
    else:
        clock, wall = Clock(asked.zone), dt.datetime.combine(start, dt.time())
    days, instants = _without(event, clock)
    series = Series(
        first=wall,
        clock=clock,
        is_days=not isinstance(start, dt.datetime),
        rules=tuple(_listed(event, "RRULE")),
        more=tuple(_dates(event, "RDATE", is_period=False)),
        without_days=days,
        without_instants=instants,
        without_rules=tuple(_listed(event, "EXRULE")),
    )
    free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    free = free or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    from_then_on = (
        of is not None and str(event["RECURRENCE-ID"].params.get("RANGE", "")).upper() == THIS_AND_FUTURE
    )
    length = Length() if is_cancelled else _length(event, start, clock)
    return Entry(series, length, tuple(_periods(event, clock)), not free, is_cancelled, of, from_then_on)


def _length(event: Any, start: dt.date, clock: Clock) -> Length:
    """Return how long an entry lasts. Raises Unread where it ends before it begins, or is endless."""
    is_days = not isinstance(start, dt.datetime)
    end, duration = _moment(event, "DTEND"), event.get("DURATION")
    if end is not None:
        if is_days and not isinstance(end, dt.datetime):
            # Of a day that ends on itself, as some programs write it, the day is meant.
            length = Length((end - start).days or 1)
        else:
            length = Length(0, clock.instant(end) - clock.instant(start))
    elif duration is not None:
        told = duration.dt
        # P1D is a day of the wall, PT24H are twenty-four hours.
        days = 0 if "X-HOURS" in duration.params else told.days
        length = Length(days, told - days * DAY)
    else:
        length = Length(1 if is_days else 0)
    whole = length.days * DAY + length.rest
    if whole < dt.timedelta() or whole > LONGEST:
        raise Unread
    return length


def _listed(event: Any, name: str) -> list[Any]:
    value = event.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _dates(event: Any, name: str, *, is_period: bool | None = None) -> Iterator[Any]:
    """Give the days and hours of a list, its periods, or of both the beginnings. Raises Unread."""
    for line in _listed(event, name):
        for one in line.dts:
            at = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if isinstance(at, dt.datetime) and at.tzinfo is None and "TZID" in line.params:
                raise Unread
            if is_period is None or is_period == isinstance(one.dt, tuple):
                yield one.dt if is_period else at


def _periods(event: Any, clock: Clock) -> Iterator[Times]:
    """Give the times of a list that say themselves how long they are (RFC 5545, 3.8.5.2). Raises Unread."""
    for start, end in _dates(event, "RDATE", is_period=True):
        begins = clock.instant(start)
        ends = begins + end if isinstance(end, dt.timedelta) else clock.instant(end)
        if not dt.timedelta() <= ends - begins <= LONGEST:
            raise Unread
        yield begins, ends


def _without(event: Any, clock: Clock) -> tuple[frozenset[dt.date], frozenset[dt.datetime]]:
    """Return what is taken out of a series: days, and instants."""
    days, instants = set(), set()
    for at in _dates(event, "EXDATE"):
        if isinstance(at, dt.datetime):
            instants.add(clock.instant(at))
        else:
            days.add(at)
    return frozenset(days), frozenset(instants)


def _busy(group: list[Entry], asked: Asked) -> Iterator[Times]:
    """Give when the entries of one UID make her busy. Raises Unread, TooMany."""
    whole = [one for one in group if one.of is None]
    if any(one.is_cancelled for one in whole):
        return
    others = [one for one in group if one.of is not None]
    replaced_days = {one.of for one in others if not isinstance(one.of, dt.datetime)}
    replaced = {asked_instant(one.of, one, asked) for one in others if isinstance(one.of, dt.datetime)}
    later = sorted(
        (one for one in others if one.is_from_then_on), key=lambda one: asked_instant(one.of, one, asked)
    )
    for entry in whole:
        for wall in entry.series.walls(*_walls(entry, asked, later)):
            at = entry.series.clock.instant(wall)
            if at in replaced or wall.date() in replaced_days:
                continue
            changed = [one for one in later if asked_instant(one.of, one, asked) < at]
            yield from _once(entry, wall, changed[-1] if changed else None)
        for begins, ends in entry.periods if entry.is_busy else ():
            day = entry.series.clock.wall(begins).date()
            gone = entry.series.without_days | replaced_days, entry.series.without_instants | replaced
            if day not in gone[0] and begins not in gone[1]:
                yield begins, ends
    for entry in others:
        if not entry.is_cancelled:
            yield from _once(entry, entry.series.first, None)


def asked_instant(of: Any, entry: Entry, asked: Asked) -> dt.datetime:
    """Return the instant of the time that an entry stands for."""
    return Clock(asked.zone if of.__class__ is dt.date else entry.series.clock.zone).instant(of)


def _walls(entry: Entry, asked: Asked, later: Iterable[Entry]) -> Times:
    """Return from when to when times of an entry may reach into what is asked, on its wall."""
    longest = max((one.length.days * DAY + one.length.rest for one in (entry, *later)), default=DAY)
    moved = max((abs(_moved(one)) for one in later), default=dt.timedelta())
    clock = entry.series.clock
    return clock.wall(asked.since) - longest - moved - DAY, clock.wall(asked.until) + moved + DAY


def _moved(entry: Entry) -> dt.timedelta:
    """Return by how much an entry moves what follows, on the wall."""
    of: Any = entry.of
    if not isinstance(of, dt.datetime):
        return entry.series.first - dt.datetime.combine(of, entry.series.first.time())
    return entry.series.first - (entry.series.clock.wall(of) if of.tzinfo else of)


def _once(entry: Entry, wall: dt.datetime, changed: Entry | None) -> Iterator[Times]:
    """Give one time of an entry, as what changed it from then on says."""
    if changed is not None:
        if changed.is_cancelled:
            return
        wall, entry = wall + _moved(changed), changed
    if entry.is_busy and not entry.is_cancelled:
        clock = entry.series.clock
        yield clock.instant(wall), entry.length.after(wall, clock)


def _of_freebusy(periods: Iterable[Any], asked: Asked) -> Iterator[Times]:
    """Give the busy times of a calendar that tells nothing else."""
    clock = Clock(asked.zone)
    for component in periods:
        for line in _listed(component, "FREEBUSY"):
            for one in line if isinstance(line, list) else getattr(line, "dts", [line]):
                if str(getattr(line, "params", {}).get("FBTYPE", "BUSY")).upper() == "FREE":
                    continue
                told = one.dt if hasattr(one, "dt") else None
                if isinstance(told, tuple):
                    start, end = told
                    end = start + end if isinstance(end, dt.timedelta) else end
                    yield clock.instant(start), clock.instant(end)


def _merged(found: Iterable[Times], asked: Asked) -> list[Times]:
    """Return times within what is asked, in order, those that meet made one."""
    merged: list[Times] = []
    for start, end in sorted(found):
        start, end = max(start, asked.since), min(end, asked.until)
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
