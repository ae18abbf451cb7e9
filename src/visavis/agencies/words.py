"""Opening hours in plain words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.agencies.hours import Span, Spans, Week
from visavis.agencies.models import Agency
from visavis.agencies.timetable import Timetable
from visavis.common import clock
from visavis.ui.dates import hour_of_minute, weekday


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


def doors(agencies: Iterable[Agency]) -> list[Door]:
    """Return each agency with whether its door is open now, until when, or when it opens next."""
    return [door(agency, clock.now()) for agency in agencies]


def door(agency: Agency, at: dt.datetime) -> Door:
    timetable = agency.timetable
    return Door(agency, now_words(timetable, at), timetable.is_open(at))
