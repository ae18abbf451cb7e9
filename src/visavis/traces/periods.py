"""Which quarter it is, how its reports are drawn, and what everybody is told of it."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings
from django.db import IntegrityError, transaction

from visavis.catalog import starter
from visavis.common import clock
from visavis.privacy.privset import PrivSet
from visavis.traces import keys
from visavis.traces.models import Period

TABLE = Path(__file__).parent / "tables" / "interests.json"
# Interests that a report is about at most.
M = 5


class Listed(TypedDict):
    """One interest of the table."""

    code: str
    fr: str
    en: str
    riasec: str


class Table(TypedDict):
    """The list of interests, in the order that gives them their numbers."""

    table: str
    interests: list[Listed]


@cache
def table() -> Table:
    """Read the list of interests that the companion ships too."""
    read: Table = json.loads(TABLE.read_text(encoding="utf-8"))
    return read


@cache
def groups() -> tuple[tuple[str, str, str], ...]:
    """Return the families of occupations that a report may name: code, French and English label."""
    return tuple((one.code.lower(), one.label_fr, one.label_en) for one in starter.load().families)


@cache
def group_codes() -> frozenset[str]:
    return frozenset(code for code, _fr, _en in groups())


def name_of(day: dt.date) -> str:
    """Name the quarter of a day.

    >>> name_of(dt.date(2026, 11, 25))
    '2026-4'
    """
    return f"{day.year:04d}-{(day.month + 2) // 3}"


def first_day(day: dt.date) -> dt.date:
    return dt.date(day.year, day.month - (day.month - 1) % 3, 1)


def next_first_day(day: dt.date) -> dt.date:
    """Return the first day of the quarter after that of a day."""
    return first_day(first_day(day) + dt.timedelta(days=95))


def current() -> Period | None:
    """Return this quarter, or None where no reports are collected."""
    if not settings.VISAVIS_REPORT_EPSILON:
        return None
    return Period.objects.filter(pk=name_of(clock.today())).first()


def prepare() -> None:
    """Make this quarter and the next, with their keys, where they are missing. Safe to run every night.

    The next one is made early, so that its first night finds its key; while nobody has a permit of a quarter, it
    follows the settings and the table.
    """
    if not settings.VISAVIS_REPORT_EPSILON:
        return
    this = first_day(clock.today())
    for start in (this, next_first_day(this)):
        drawn = how()
        untouched = Period.objects.filter(pk=name_of(start), permits=None, reports=None, tallies=None)
        if not untouched.update(**drawn) and not Period.objects.filter(pk=name_of(start)).exists():
            make(start, drawn)


def how() -> dict[str, Any]:
    """Return how reports are drawn by today's settings and table."""
    listed, epsilon = table(), settings.VISAVIS_REPORT_EPSILON
    best = PrivSet.best(k=len(listed["interests"]), m=M, epsilon_thousandths=epsilon)
    codes = [one["code"] for one in listed["interests"]]
    drawn = {"table": listed["table"], "interests": codes, "epsilon_thousandths": epsilon}
    return drawn | {"m": best.m, "s": best.s}


def make(start: dt.date, drawn: dict[str, Any]) -> Period:
    """Make a quarter and its key; two at once make one."""
    code, key = name_of(start), keys.made()
    days = {"starts_on": start, "ends_on": next_first_day(start) - dt.timedelta(days=1)}
    sealed = {"sealed_key": keys.seal(key, code), "modulus": str(key.public_key().public_numbers().n)}
    try:
        with transaction.atomic():
            return Period.objects.create(code=code, **days, **drawn, **sealed)
    except IntegrityError:
        return Period.objects.get(pk=code)


def terms(period: Period) -> dict[str, Any]:
    """Return what every companion is told, the same for everybody."""
    return {
        "table": period.table,
        "k": len(period.interests),
        "m": period.m,
        "s": period.s,
        "epsilon": period.epsilon_thousandths,
        "period": period.code,
        "cap": settings.VISAVIS_REPORT_CAP,
        "key": {"n": keys.b64(int(period.modulus)), "e": keys.b64(keys.EXPONENT)},
        "groups": [{"code": code, "fr": fr, "en": en} for code, fr, en in groups()],
    }
