"""Dates as vacancies say them."""

import datetime as dt
import re

from visavis.folding import fold_signs

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan", "fevrier february feb", "mars march", "avril april apr", "mai may",
            "juin june jun", "juillet july jul", "aout august aug", "septembre september sept sep",
            "octobre october oct", "novembre november nov", "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NAMED = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?(?P<month>{NAMED})\b\.?,? ?(?P<year>\d{{4}})?"
    rf"|(?P<month2>{NAMED}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b,? ?(?P<year2>\d{{4}})?"
    r"|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>\d{4}|\d{2})\b)?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
)
EARLIEST, LATEST = 2000, 2100


def instant(words: str, *, now: dt.datetime) -> dt.datetime | None:
    """Read an ISO instant; None when it is none, before 2000 or after tomorrow."""
    try:
        read = dt.datetime.fromisoformat(words)
    except ValueError:
        return None
    read = read if read.tzinfo else read.replace(tzinfo=dt.UTC)
    if not EARLIEST <= read.year < 9999:
        return None
    read = read.astimezone(dt.UTC)
    return read if read <= now + dt.timedelta(days=1) else None


def day(words: str, *, now: dt.datetime) -> dt.date | None:
    """Read one day, alone: "2027-01-15", "2027-01-15T00:00:00Z", "15/01/2027", "15 janvier 2027"."""
    folded = fold_signs(words).strip()
    try:
        found = dt.date.fromisoformat(folded[:10])
    except ValueError:
        if match := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})(?:\b.*)?", folded):
            folded = "/".join(match.groups())
        dated = DATE.search(folded)
        read = _date(dated, now.date()) if dated else None
        if read is None:
            return None
        found = read
    return found if EARLIEST <= found.year < LATEST else None


def _date(match: "re.Match[str]", today: dt.date) -> dt.date | None:
    parts = match.groupdict()
    try:
        if parts["iso"]:
            return dt.date.fromisoformat(parts["iso"])
        day = int(parts["day"] or parts["day2"] or parts["d"])
        month = MONTHS[parts["month"] or parts["month2"]] if not parts["m"] else int(parts["m"])
        year = int(parts["year"] or parts["year2"] or parts["y"] or 0)
        if year:
            return dt.date(year + 2000 if year < 100 else year, month, day)
        found = dt.date(today.year, month, day)
        return found if found >= today - dt.timedelta(days=31) else found.replace(year=today.year + 1)
    except ValueError:
        return None
