"""Opening hours in plain words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.agencies.hours import Span, Spans, Week, parse_spans
from visavis.agencies.models import Agency, Closure, OpenDay
from visavis.agencies.repeats_words import next_days, repeat_words
from visavis.agencies.timetable import Stretch, Timetable, taken_on
from visavis.agencies.zones import instant
from visavis.common import clock
from visavis.common.prepared import Prepared, keep_with
from visavis.ui.dates import hour, hour_of_minute, weekday

HOLIDAYS_AHEAD = 61
# What apps above say of a door that is open: how many wait.
AT_THE_DOOR: list[Callable[[Agency], str]] = []


@dataclass(frozen=True)
class Line:
    """Days that are alike, and what they are open."""

    days: str
    times: str


def span_words(span: Span) -> str:
    return _("from %(start)s to %(end)s") % {
        "start": hour_of_minute(span.start),
        "end": hour_of_minute(span.end),
    }


def spans_words(spans: Spans) -> str:
    """Say `from 8:30 to 12:30 and from 13:30 to 17:00`, or that the door is closed."""
    if not spans:
        return _("closed")
    if spans == (Span(0, 1440),):
        return _("day and night")
    *others, last = [span_words(span) for span in spans]
    return _("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last} if others else last


def week_words(week: Week) -> list[Line]:
    """Say the week, days that follow each other and are alike together."""
    lines = []
    first = 0
    for day in range(1, 8):
        if day == 7 or week.days[day] != week.days[first]:
            lines.append(Line(days_words(first, day - 1), spans_words(week.days[first])))
            first = day
    if week.holidays is not None:
        lines.append(Line(_("Public holidays"), spans_words(week.holidays)))
    return lines


def days_words(first: int, last: int) -> str:
    start, end = str(WEEKDAYS[first]).capitalize(), str(WEEKDAYS[last])
    if first == last:
        return start
    if last == first + 1:
        return pgettext("days", "%(start)s and %(end)s") % {"start": start, "end": end}
    return pgettext("days", "%(start)s to %(end)s") % {"start": start, "end": end}


def now_words(timetable: Timetable, at: dt.datetime) -> str:
    """Say whether the door is open at an instant, until when, or when it opens next: by the clock of the agency."""
    until = timetable.closing(at)
    today = timetable.date_of(at)
    if until is not None:
        if timetable.date_of(until) > today + dt.timedelta(days=1):
            return _("Open now, day and night.")
        return _("Open now, until %(time)s.") % {"time": hour_of_minute(minutes(timetable, until) or 1440)}
    opening = timetable.next_opening(at)
    if opening is None:
        return _("Closed for now. Call us: a person answers you.")
    day, time = timetable.date_of(opening), hour_of_minute(minutes(timetable, opening))
    if day == today:
        return _("Closed now. Opens today at %(time)s.") % {"time": time}
    if day == today + dt.timedelta(days=1):
        return _("Closed now. Opens tomorrow at %(time)s.") % {"time": time}
    return _("Closed now. Opens on %(day)s at %(time)s.") % {"day": weekday(day), "time": time}


def minutes(timetable: Timetable, at: dt.datetime) -> int:
    local = at.astimezone(timetable.zone)
    return local.hour * 60 + local.minute


@dataclass(frozen=True)
class Door:
    """An agency, and whether one can walk in now."""

    agency: Agency
    now: str
    is_open: bool


# What a visitor sees of agencies, everybody does.
AGENCIES = Prepared(lambda: Agency.objects.visible_to(AnonymousUser()).select_related("commune"))
DEPARTING: dict[str, Prepared[Any]] = {
    "closures": Prepared(lambda agencies: Closure.objects.filter(agency__in=agencies)),
    "open_days": Prepared(lambda agencies: OpenDay.objects.filter(agency__in=agencies)),
}


def doors() -> list[Door]:
    """Return each agency with whether its door is open now, until when, or when it opens next."""
    agencies = AGENCIES()
    for name, departing in DEPARTING.items():
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for row in departing([agency.pk for agency in agencies]) if agencies else ():
            found[row.agency_id].append(row)
        for agency in agencies:
            keep_with(agency, name, found[agency.pk])
    return [door(agency, clock.now()) for agency in agencies]


def door(agency: Agency, at: dt.datetime) -> Door:
    timetable = agency.timetable
    return Door(agency, now_words(timetable, at), timetable.is_open(at))


@dataclass(frozen=True)
class Departure:
    """What departs from the week, in words; the row that says so, if one does."""

    starts_at: dt.datetime
    words: str
    reason: str
    row: Closure | OpenDay | None = None

    @property
    def is_closure(self) -> bool:
        return isinstance(self.row, Closure)


def departures(agency: Agency, at: dt.datetime) -> list[Departure]:
    """Return what departs from the week from an instant on, in order; holidays that change a day for two months."""
    timetable = agency.timetable
    today = timetable.date_of(at)
    found = [
        Departure(next_of(timetable, row), of_closure(agency, row), row.reason, row)
        for row in agency.closures.all()
        if not row.ended_at and row.ends_at > at
    ]
    for row in agency.open_days.all():
        if not row.ended_at and row.day >= today:
            said = open_day_words(row.day, spans_words(parse_spans(row.spans)))
            found.append(Departure(instant(row.day, 0, timetable.zone), said, row.reason, row))
    for step in range(HOLIDAYS_AHEAD):
        day = today + dt.timedelta(days=step)
        usual, spans = timetable.week.days[day.weekday()], timetable.spans_on(day)
        if day not in timetable.open_days and spans != usual:
            said = open_day_words(day, spans_words(spans))
            found.append(Departure(instant(day, 0, timetable.zone), said, _("Public holiday")))
    return sorted(found, key=lambda one: one.starts_at)


def next_of(timetable: Timetable, row: Closure) -> dt.datetime:
    """Return when a closure begins; of one that comes back, when it comes next."""
    repeat = row.repeat
    if repeat is None:
        return row.starts_at
    held = Stretch(row.starts_at, row.ends_at)
    for day in next_days(timetable, repeat, held, 1):
        if taken := taken_on(day, repeat, held, timetable.zone):
            return taken.starts_at
    return row.starts_at


def of_closure(agency: Agency, row: Closure) -> str:
    """Say when a door is closed, once or again and again."""
    if repeat := row.repeat:
        return repeat_words(repeat)
    return closure_words(agency, row.starts_at, row.ends_at)


def closure_words(agency: Agency, starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Say from when to when a door is closed, by the clock on its wall."""
    first, last = (at.astimezone(agency.zone) for at in (starts_at, ends_at))
    from_morning, to_evening = not (first.hour or first.minute), not (last.hour or last.minute)
    last_day = last.date() - dt.timedelta(days=1) if to_evening else last.date()
    told = {"day": weekday(first.date()), "last": weekday(last_day), "start": hour(first.time())}
    told["end"] = hour_of_minute(1440 if to_evening else last.hour * 60 + last.minute)
    if from_morning and to_evening:
        if first.date() == last_day:
            return _("Closed on %(day)s.") % told
        return _("Closed from %(day)s to %(last)s.") % told
    if first.date() == last_day:
        return _("Closed on %(day)s from %(start)s to %(end)s.") % told
    return _("Closed from %(day)s at %(start)s to %(last)s at %(end)s.") % told


def open_day_words(day: dt.date, spans: str) -> str:
    """Say what the hours of one day are."""
    return _("%(day)s: %(times)s.") % {"day": capfirst(weekday(day)), "times": spans}
