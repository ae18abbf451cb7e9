"""Dates in a text, as the keyword rules look for them, with the site's own way to read one."""

import datetime as dt

from visavis.vacancies.words.dates import DATE, MONTHS, NAMED, day

__all__ = ["MONTHS", "NAMED", "date_in"]


def date_in(folded: str, *, today: dt.date) -> tuple[dt.date, int, int] | None:
    """Return the first date of a folded text and where it stands; a year left out is the next one that fits."""
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    for match in DATE.finditer(folded):
        found = day(match[0], now=now)
        if found and dt.timedelta(days=-60) < found - today < dt.timedelta(days=730):
            return found, match.start(), match.end()
    return None
