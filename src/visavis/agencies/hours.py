"""Opening hours: the part of OpenStreetMap's syntax that agencies use, understood, told and computed.

Understood: days (`Mo`, `Mo-Fr`, `Mo,We`), several ranges (`08:30-12:30,13:30-17:00`), several rules
(`;`, the later one wins), `off`, `24/7` and public holidays (`PH off`). Everything else is refused
with a sentence that shows the part in question. Times are those of the clock on the wall; what they are on a
day, with holidays and closures, is in `timetable.py`.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from visavis.common.errors import Refused

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY = "PH"
RULE = re.compile(r"^(?P<days>(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)[-, ]*)*)\s*(?P<rest>.*)$", re.DOTALL)
BESIDE_HOLIDAY = re.compile(r"PH\s+[A-Z]|[a-z]\s+PH")
RANGE = re.compile(r"^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$", re.ASCII)


class Unreadable(Refused):
    """The hours cannot be understood; the message shows which part."""


@dataclass(frozen=True, order=True)
class Span:
    """From a time to a time of one day; midnight at the end is 24:00, kept as minute 1440."""

    start: int
    end: int


type Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Week:
    """When the door is open: seven days from Monday, and public holidays if they differ."""

    days: tuple[Spans, ...] = field(default=((),) * 7)
    holidays: Spans | None = None


def parse(text: str) -> Week:
    """Understand opening hours. Raises Unreadable."""
    days: list[Spans] = [()] * 7
    holidays: Spans | None = None
    rules = [rule.strip() for rule in text.strip().rstrip(";").split(";")]
    if rules == [""]:
        raise Unreadable(_("Write the hours, for instance Mo-Fr 08:30-12:30,13:30-17:00."))
    for rule in rules:
        if not rule:
            raise unreadable(text.strip())
        which, spans = parse_rule(rule)
        if holidays is not None and set(which) - {HOLIDAY}:
            # Of two rules the later one wins: this one would open the holidays again.
            raise Unreadable(_("Write public holidays last: Mo-Fr 08:30-12:30; PH off."))
        for name in which:
            if name == HOLIDAY:
                holidays = spans
            else:
                days[DAYS.index(name)] = spans
    return Week(tuple(days), holidays)


def parse_rule(rule: str) -> tuple[list[str], Spans]:
    """Read one rule: its days, and what they are open."""
    if rule == "24/7":
        return list(DAYS), (Span(0, 1440),)
    found = RULE.match(rule)
    assert found is not None
    which = parse_days(found["days"]) or list(DAYS)
    rest = found["rest"].strip()
    if rest in {"off", "closed"}:
        return which, ()
    return which, parse_spans(rest or rule)


def parse_days(text: str) -> list[str]:
    """Spread `Mo-We,Fr` into its days."""
    kept: list[str] = []
    text = re.sub(r"\s*-\s*", "-", text.strip(" ,"))
    if BESIDE_HOLIDAY.search(text):
        # Elsewhere this means holidays that fall on these days: a comma says that both are meant.
        raise unreadable(text)
    for part in re.split(r"[,\s]+", text):
        if "-" not in part:
            if part and part not in (*DAYS, HOLIDAY):
                raise unreadable(part)
            kept += [part] if part else []
            continue
        first, _dash, last = part.partition("-")
        if first not in DAYS or last not in DAYS:
            raise unreadable(part)
        start, length = DAYS.index(first), (DAYS.index(last) - DAYS.index(first)) % 7
        kept += [DAYS[(start + step) % 7] for step in range(length + 1)]
    return kept


def parse_spans(text: str) -> Spans:
    """Read `08:30-12:30,13:30-17:00`, in order and apart."""
    spans = sorted(parse_span(part.strip()) for part in text.split(","))
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise Unreadable(_("Two ranges of one day overlap: %(part)s.") % {"part": text[:60]})
    return tuple(spans)


def parse_span(part: str) -> Span:
    found = RANGE.match(part)
    if not found:
        raise unreadable(part)
    from_hour, from_minute, to_hour, to_minute = (int(number) for number in found.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or end > 1440:
        raise unreadable(part)
    if start >= end:
        raise Unreadable(
            _("A range must end after it starts, on the same day: %(part)s.") % {"part": part[:60]}
        )
    return Span(start, end)


def unreadable(part: str) -> Unreadable:
    return Unreadable(
        _("We do not understand “%(part)s”. Write for instance Mo-Fr 08:30-12:30,13:30-17:00; PH off.")
        % {"part": part[:60]}
    )


def written(week: Week) -> str:
    """Write a week in the syntax that `parse` reads: days alike and in a row together, spans with commas."""
    rules, first = [], 0
    for day in range(1, 8):
        if day == 7 or week.days[day] != week.days[first]:
            if week.days[first]:
                days = DAYS[first] if day == first + 1 else f"{DAYS[first]}-{DAYS[day - 1]}"
                rules.append(f"{days} {spans_written(week.days[first])}")
            first = day
    if week.holidays is not None:
        rules.append(f"{HOLIDAY} {spans_written(week.holidays) or 'off'}")
    return "; ".join(rules) if any(week.days) else "; ".join(["Mo-Su off", *rules])


def spans_written(spans: Spans) -> str:
    return ",".join(f"{_time(span.start)}-{_time(span.end)}" for span in spans)


def _time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
