"""Public holidays of metropolitan France, computed (article L3133-1 of the labour code)."""

import datetime as dt
from functools import cache

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension, Whit Monday.
AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> dt.date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


@cache
def holidays_of(year: int) -> frozenset[dt.date]:
    sunday = easter(year)
    fixed = {dt.date(year, month, day) for month, day in FIXED}
    return frozenset(fixed | {sunday + dt.timedelta(days=days) for days in AFTER_EASTER})


def is_holiday(day: dt.date) -> bool:
    return day in holidays_of(day.year)
