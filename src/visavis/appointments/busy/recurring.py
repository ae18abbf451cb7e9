"""When an entry of a calendar comes back: RRULE, RDATE, EXDATE (RFC 5545, 3.8.5), reckoned on the clock of its wall."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dateutil.rrule import rrulestr

# More entries than this within the months that are looked at are no calendar of a person.
MOST = 20_000
DAY = dt.timedelta(days=1)
# From these on a rule that counts nothing may be taken up near the days that are asked, not from its beginning.
STEPS = {
    "SECONDLY": dt.timedelta(seconds=1),
    "MINUTELY": dt.timedelta(minutes=1),
    "HOURLY": dt.timedelta(hours=1),
    "DAILY": DAY,
    "WEEKLY": 7 * DAY,
}

# What the parts of a rule may be, below nothing where they count from the end (RFC 5545, 3.3.10).
WITHIN = {
    "INTERVAL": (1, 10**6),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYSETPOS": (1, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
}
FROM_THE_END = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})


class TooMany(Exception):
    """It comes back more often than a person does anything."""


class Unread(Exception):
    """This entry cannot be understood; others may be."""


@dataclass(frozen=True)
class Clock:
    """How times of an entry become instants: its own time zone, else that of the agency."""

    zone: dt.tzinfo

    def instant(self, at: dt.date) -> dt.datetime:
        """Return the instant, in UTC, of a day or an hour.

        An hour that is left out is as long after midnight as if the clock had not been put forward (RFC 5545, 3.3.5);
        of one that comes twice the first counts.
        """
        wall = at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time())
        return (wall if wall.tzinfo else wall.replace(tzinfo=self.zone)).astimezone(dt.UTC)

    def wall(self, at: dt.datetime) -> dt.datetime:
        """Return what the wall shows at an instant."""
        return at.astimezone(self.zone).replace(tzinfo=None, fold=0)


@dataclass(frozen=True)
class Series:
    """One entry, its first time on the wall of its zone, and what makes it come back."""

    first: dt.datetime
    clock: Clock
    is_days: bool
    rules: tuple[Any, ...] = ()
    more: tuple[dt.date, ...] = ()
    without_days: frozenset[dt.date] = frozenset()
    without_instants: frozenset[dt.datetime] = frozenset()
    without_rules: tuple[Any, ...] = field(default=())

    def walls(self, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
        """Give its times on the wall from one to another, each once, in any order. Raises Unread, TooMany."""
        found: set[dt.datetime] = {self.first} if since <= self.first <= until else set()
        for rule in self.rules:
            for at in self.by_rule(rule, since, until):
                found.add(at)
                if len(found) > MOST:
                    raise TooMany
        gone = {at for rule in self.without_rules for at in self.by_rule(rule, since, until)}
        for day in self.more:
            wall = self.wall_of(day)
            if since <= wall <= until:
                found.add(wall)
        for at in sorted(found - gone):
            if at.date() not in self.without_days and self.clock.instant(at) not in self.without_instants:
                yield at

    def wall_of(self, at: dt.date) -> dt.datetime:
        if not isinstance(at, dt.datetime):
            return dt.datetime.combine(at, self.first.time())
        return self.clock.wall(at) if at.tzinfo else at

    def by_rule(self, rule: Any, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
        """Give what a rule makes, from one hour of the wall to another. Raises Unread."""
        told = {name.upper(): value for name, value in rule.items()}
        _check(told)
        [last] = told.pop("UNTIL", [None])
        if last is not None:
            until = min(until, self.last(last))
        first = self.first
        [frequency] = told.get("FREQ", [""])
        step = STEPS.get(str(frequency).upper())
        if step and "COUNT" not in told and first < since:
            [interval] = told.get("INTERVAL", [1])
            first += (since - first) // (step * max(1, int(interval))) * step * max(1, int(interval))
            # A week begins on WKST: one step earlier nothing is lost of it.
            first = max(self.first, first - step * max(1, int(interval)))
        text = ";".join(
            part for part in rule.to_ical().decode().split(";") if not part.upper().startswith("UNTIL=")
        )
        try:
            made = rrulestr(f"RRULE:{text}", dtstart=first)
            for at in made:
                if at > until:
                    return
                if at >= since:
                    yield at
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError) as error:
            raise Unread from error

    def last(self, until: dt.date) -> dt.datetime:
        """Return until when a rule holds, on the wall of the entry; a day is meant until its end."""
        if not isinstance(until, dt.datetime):
            return dt.datetime.combine(until, dt.time.max)
        if until.tzinfo is None:
            return until
        return dt.datetime.combine(until, dt.time.max) if self.is_days else self.clock.wall(until)


def _check(told: dict[str, Any]) -> None:
    """Refuse a rule whose figures mean nothing: it would never come back, or for ever at one moment. Raises Unread."""
    for name, (least, most) in WITHIN.items():
        for value in told.get(name, ()):
            number = abs(int(value)) if name in FROM_THE_END else int(value)
            if not least <= number <= most:
                raise Unread
