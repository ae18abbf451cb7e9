"""Every change of an agency's hours: who, when, what stood before and what after."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from visavis.agencies import hours, words
from visavis.agencies.models import Agency, Closure, OpenDay, WeekChange

SHOWN = 50


@dataclass(frozen=True)
class Change:
    """One change: its title, and for each line that differs what was said before and what after."""

    at: dt.datetime
    by: str
    title: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def changes(agency: Agency) -> list[Change]:
    """Return the last changes, the newest first."""
    found = [
        week_changed(row) for row in WeekChange.objects.filter(agency=agency).select_related("by")[:SHOWN]
    ]
    for closure in agency.closures.select_related("by", "ended_by").order_by("-at")[:SHOWN]:
        said = words.of_closure(agency, closure)
        found += both(closure, f"{said} {closure.reason}")
    for day in agency.open_days.select_related("by", "ended_by").order_by("-at")[:SHOWN]:
        said = words.open_day_words(day.day, words.spans_words(hours.parse_spans(day.spans)))
        found += both(day, f"{said} {day.reason}")
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def both(row: Closure | OpenDay, said: str) -> list[Change]:
    """Return that something was said, and that it was taken back."""
    made = Change(row.at, row.by.name if row.by else "", said.strip())
    # What had begun is not undone: it ends then.
    ended_at = row.ended_at or (row.ends_at if isinstance(row, Closure) and row.ended_by else None)
    if not ended_at:
        return [made]
    taken = Change(
        ended_at,
        row.ended_by.name if row.ended_by else "",
        _("Taken back: %(what)s") % {"what": said.strip()},
    )
    return [made, taken]


def week_changed(row: WeekChange) -> Change:
    """Return the days that differ, each as it was and as it is."""
    before, after = (days_of(text) for text in (row.before, row.after))
    lines = [(day, was, now) for (day, was), (_day, now) in zip(before, after, strict=True) if was != now]
    return Change(row.at, row.by.name if row.by else "", _("The week was changed"), lines)


def days_of(text: str) -> list[tuple[str, str]]:
    """Return each day of a week in words, and public holidays."""
    try:
        week = hours.parse(text)
    except hours.Unreadable:
        week = hours.Week()
    days = [(words.days_words(day, day), words.spans_words(week.days[day])) for day in range(7)]
    holidays = words.spans_words(week.holidays) if week.holidays is not None else _("as on other days")
    return [*days, (_("Public holidays"), holidays)]
