"""Days and hours as people write them, everywhere: « 1er décembre 2026 », « 8 h 30 », « d’avril »."""

import datetime as dt
import re
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext

from visavis.common import clock

type Day = dt.date | dt.datetime

FIRST = re.compile(r"(?<![\d/])1(?= )")
BEFORE_A_VOWEL = re.compile(r"\b([Dd]|[Qq]u)e (?=[aeiouyàâéèêîôûœ])", re.IGNORECASE)


def day(value: Day | None) -> str:
    """Write a day in full: "1 December 2026"."""
    return _written(value, "DATE_FORMAT")


def weekday(value: Day | None) -> str:
    """Write a day with its name: "Tuesday 1 December"; the year only where it is not this one."""
    if not value:
        return ""
    return _written(value, "l j F" if _local(value).year == clock.today().year else "l j F Y")


def name_of_day(value: dt.date) -> str:
    """Return which day of the week it is: "mardi"."""
    return date_format(value, "l")


def day_of_each_year(month: int, day: int) -> str:
    """Write a day that comes each year: "16 August"."""
    # A leap year: 29 February too.
    return _written(dt.date(2028, month, day), "MONTH_DAY_FORMAT")


def month(value: Day | None) -> str:
    """Write a month in full: "December 2026"."""
    return _written(value, "YEAR_MONTH_FORMAT")


def short_month(value: Day | None) -> str:
    """Write a month where there is little room: "Dec. 2026"."""
    return _written(value, "N Y")


def hour(value: dt.datetime | dt.time | None) -> str:
    """Write an hour of the clock on the wall."""
    if not value:
        return ""
    at = _on_the_wall(value) if isinstance(value, dt.datetime) else value
    return hour_of_minute(at.hour * 60 + at.minute)


def hour_of_minute(minute: int) -> str:
    """Write the hour so many minutes after midnight: "8:30", "24:00"."""
    hours, rest = divmod(minute, 60)
    if not rest:
        return pgettext("on the hour", "%(hour)s:00") % {"hour": hours}
    return gettext("%(hour)s:%(minute)s") % {"hour": hours, "minute": f"{rest:02}"}


def moment(value: dt.datetime | None) -> str:
    """Write a day and its hour: "1 December 2026, 8:30"."""
    return _with_hour(day(value), value)


def weekday_moment(value: dt.datetime | None) -> str:
    """Write when people meet: "Tuesday 1 December, 8:30"."""
    return _with_hour(weekday(value), value)


def short_day(value: Day | None) -> str:
    """Write a day in figures, for tables: "01/12/2026"."""
    return _written(value, "SHORT_DATE_FORMAT")


def short_moment(value: dt.datetime | None) -> str:
    """Write a day in figures with its hour: "01/12/2026, 8:30"."""
    if not value:
        return ""
    return f"{short_day(value)}, {hour(value)}"


def elided(sentence: str) -> str:
    """Join what French joins before a vowel: « de avril 2020 » is « d’avril 2020 »."""
    if not (get_language() or "").startswith("fr"):
        return sentence
    return BEFORE_A_VOWEL.sub("\\1’", sentence)


def _written(value: Day | None, format_name: str) -> str:
    """Write it in the language of the page, in the site's time zone."""
    if not value:
        return ""
    local = _local(value)
    on = local.date() if isinstance(local, dt.datetime) else local
    return _in_words(on, format_name, get_language())


@lru_cache(maxsize=2048)
def _in_words(on: dt.date, format_name: str, _language: str | None) -> str:
    """Write a day: a list of forty people has some eighty, and a language says each in one way."""
    return FIRST.sub(pgettext("first of the month", "1"), date_format(on, format_name))


def _with_hour(words: str, value: dt.datetime | None) -> str:
    if not value:
        return ""
    return pgettext("day and hour", "%(day)s, %(hour)s") % {"day": words, "hour": hour(value)}


def _local(value: Day) -> Day:
    return _on_the_wall(value) if isinstance(value, dt.datetime) else value


def _on_the_wall(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
