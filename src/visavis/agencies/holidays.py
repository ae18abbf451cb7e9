"""Public holidays of France, computed: those of everywhere, and those of some departments.

Articles L3133-1, L3134-13 and L3422-2 of the labour code; days on which slavery ended: decree 83-1003, and for
Saint-Martin decree 2018-304. A department is known by the beginning of a commune's code.
"""

import datetime as dt
from functools import cache

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension, Whit Monday.
AFTER_EASTER = (1, 39, 50)
# Alsace and Moselle: Good Friday, where there is a Protestant church, and the second day of Christmas.
ALSACE_MOSELLE = frozenset({"57", "67", "68"})
GOOD_FRIDAY, SECOND_OF_CHRISTMAS = -2, (12, 26)
# Overseas: the day on which slavery ended, in Guadeloupe, Martinique, Guiana, Réunion, Mayotte, Saint-Barthélemy,
# Saint-Martin.
OF_FREEDOM = {
    "971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27), "977": (10, 9), "978": (5, 28),
}  # fmt: skip


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
def holidays_of(year: int, department: str = "") -> frozenset[dt.date]:
    """Return the holidays of a year, everywhere or in a department."""
    fixed, moving = [*FIXED], [*AFTER_EASTER]
    if department in ALSACE_MOSELLE:
        fixed.append(SECOND_OF_CHRISTMAS)
        moving.append(GOOD_FRIDAY)
    if department in OF_FREEDOM:
        fixed.append(OF_FREEDOM[department])
    sunday = easter(year)
    days = {dt.date(year, month, day) for month, day in fixed}
    return frozenset(days | {sunday + dt.timedelta(days=after) for after in moving})


def department_of(commune: str | None) -> str:
    """Return the department of a commune's code, empty when none is known."""
    code = commune or ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def is_holiday(day: dt.date, department: str = "") -> bool:
    return day in holidays_of(day.year, department)
