"""A counsellor's day: what each app says of it, by part; no app is known here by its name."""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from visavis.agencies.zones import instant, zone_of
from visavis.common import clock
from visavis.jobseekers.permissions import DESK_ROLES
from visavis.people import waiting
from visavis.people.days import MOST_LINES, Day, Line, OfDay, Part
from visavis.people.models import User
from visavis.portal.homes import AGENCIES

A_DAY = dt.timedelta(days=1)
# As far as a day can be asked for, before today or after.
FARTHEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Shown:
    """One part of a day as the page shows it; `is_cut` when its own page shows more."""

    part: Part
    lines: Sequence[Line]
    links: Sequence[OfDay]
    is_cut: bool


# The clock of each desk, by its organisations; an agency does not move overseas while somebody reads her day.
ZONES: dict[tuple[int, ...], tuple[float, ZoneInfo]] = {}
ZONES_LAST_S = 600


def zone_of_desk(actor: User) -> ZoneInfo:
    """Return the clock on the wall of her agency, the first of several: asked once in ten minutes a process."""
    key = tuple(sorted(actor.organisation_ids(*DESK_ROLES)))
    found = ZONES.get(key)
    if found is None or time.monotonic() - found[0] > ZONES_LAST_S:
        agency = AGENCIES.first(actor)
        found = ZONES[key] = (time.monotonic(), agency.zone if agency is not None else zone_of(""))
    return found[1]


def day_of(actor: User, asked: str) -> Day:
    """Return the day asked for, by the clock on the wall of her agency; today if none, or none that can be, is."""
    zone = zone_of_desk(actor)
    today = clock.now().astimezone(zone).date()
    try:
        on = dt.date.fromisoformat(asked) if len(asked) == len("2026-11-28") else today
    except ValueError:
        on = today
    if abs(on - today) > FARTHEST:
        on = today
    return Day(on, instant(on, 0, zone), instant(on + A_DAY, 0, zone), today, zone)


def parts(actor: User, day: Day) -> list[Shown]:
    """Return what all apps say of a day, by part: in a part by the hour, then as the apps say it."""
    by_part: dict[Part, list[OfDay]] = {}
    for app in waiting.APPS:
        for said in app.of_day(actor, day):
            by_part.setdefault(said.part, []).append(said)
    return [
        _shown(part, by_part[part]) for part in sorted(by_part, key=lambda one: one.place) if by_part[part]
    ]


def _shown(part: Part, said: Sequence[OfDay]) -> Shown:
    lines = sorted(
        (line for one in said for line in one.lines),
        key=lambda line: (line.at is None, line.at.timestamp() if line.at else 0.0),
    )
    links = [one for one in said if one.url]
    return Shown(part, lines[:MOST_LINES], links, len(lines) > MOST_LINES)
