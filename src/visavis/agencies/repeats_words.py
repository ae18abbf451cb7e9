"""Closures that come back, in plain words."""

import datetime as dt
from collections.abc import Iterator

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.agencies.models import Agency, Closure
from visavis.agencies.repeats import ALL_DAY, LAST, EachMonth, EachOtherWeek, EachYear, Repeat
from visavis.agencies.timetable import SEARCHED_DAYS, Stretch, Timetable, taken_on
from visavis.common import clock
from visavis.ui.dates import day_of_each_year, hour_of_minute, weekday

EACH = {
    1: gettext_lazy("every first %(day)s of the month"),
    2: gettext_lazy("every second %(day)s of the month"),
    3: gettext_lazy("every third %(day)s of the month"),
    4: gettext_lazy("every fourth %(day)s of the month"),
    LAST: gettext_lazy("every last %(day)s of the month"),
}
SHOWN = 3


def days_words(repeat: Repeat) -> str:
    """Say which days come back: `every first Monday of the month`."""
    match repeat.days:
        case EachMonth(number, day):
            return EACH[number] % {"day": str(WEEKDAYS[day])}
        case EachOtherWeek(True, day):
            return _("on %(day)s of the weeks with an even number") % {"day": str(WEEKDAYS[day])}
        case EachOtherWeek(_is_even, day):
            return _("on %(day)s of the weeks with an odd number") % {"day": str(WEEKDAYS[day])}
        case EachYear(first, last) if first == last:
            return _("each year on %(day)s") % {"day": day_of_each_year(*first)}
        case EachYear(first, last):
            told = {"first": day_of_each_year(*first), "last": day_of_each_year(*last)}
            return _("each year from %(first)s to %(last)s") % told


def repeat_words(repeat: Repeat) -> str:
    """Say when a door is closed again and again: `Closed every first Monday of the month, from 8:30 to 12:30.`"""
    told = {"days": days_words(repeat)}
    if repeat.span == ALL_DAY:
        return _("Closed %(days)s.") % told
    told |= {"start": hour_of_minute(repeat.span.start), "end": hour_of_minute(repeat.span.end)}
    return _("Closed %(days)s, from %(start)s to %(end)s.") % told


def held_words(timetable: Timetable, repeat: Repeat, held: Stretch, forever: dt.datetime) -> str:
    """Say it with from when and until when it holds, and the next days: what the head reads before it is kept."""
    said = [repeat_words(repeat)]
    if held.starts_at > clock.now():
        said.append(_("From %(day)s on.") % {"day": weekday(timetable.date_of(held.starts_at))})
    if held.ends_at < forever:
        last = timetable.date_of(held.ends_at - dt.timedelta(minutes=1))
        said.append(_("Until %(day)s.") % {"day": weekday(last)})
    coming = ", ".join(weekday(day) for day in next_days(timetable, repeat, held))
    return " ".join([*said, _("The next days: %(days)s.") % {"days": coming}] if coming else said)


def next_days(timetable: Timetable, repeat: Repeat, held: Stretch, number: int = SHOWN) -> list[dt.date]:
    """Return the next days it takes, but for those with hours of their own."""
    now = clock.now()
    first = timetable.date_of(max(held.starts_at, now))
    days = repeat.between(first, first + dt.timedelta(days=SEARCHED_DAYS))
    found: list[dt.date] = []
    for day in days:
        taken = taken_on(day, repeat, held, timetable.zone)
        if len(found) < number and taken and taken.ends_at > now and day not in timetable.open_days:
            found.append(day)
    return found


def coming(agency: Agency, at: dt.datetime, days: int) -> Iterator[tuple[Closure, Stretch]]:
    """Give each time that a closure that comes back takes, so many days ahead; days in a row are one time."""
    timetable = agency.timetable
    first = timetable.date_of(at)
    for row in agency.closures.all():
        repeat = row.repeat
        if repeat is None or row.ended_at:
            continue
        last: Stretch | None = None
        for day in repeat.between(first, first + dt.timedelta(days=days)):
            taken = taken_on(day, repeat, Stretch(row.starts_at, row.ends_at), timetable.zone)
            if taken is None or taken.ends_at <= at or day in timetable.open_days:
                continue
            if last is not None and last.ends_at == taken.starts_at:
                last = Stretch(last.starts_at, taken.ends_at)
                continue
            if last is not None:
                yield row, last
            last = taken
        if last is not None:
            yield row, last
