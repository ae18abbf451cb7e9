"""Free times: when counsellors receive, cut by the door's hours and by absences, less what is taken or busy elsewhere.

All is counted in quanta of five minutes of UTC, so that no change of the clock makes a time that does not exist, and
of the hour that comes twice only the first is given. A search asks the database four questions, however many
counsellors and weeks there are, besides the door's own two.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from visavis.agencies.models import Absence, Agency
from visavis.agencies.timetable import Timetable
from visavis.agencies.zones import instant
from visavis.appointments.models import Busy, OtherDay, Quantum, Receiving
from visavis.appointments.models.appointment import STEP_S, instant_of, quantum_of
from visavis.appointments.models.kind import STEP_MINUTES
from visavis.appointments.models.receiving import days_of
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import Membership

DAY = dt.timedelta(days=1)
WEEKS = 8
# Nobody is to run: a time that begins at once is not offered on the site.
NOTICE = dt.timedelta(minutes=30)
A_DAY = 24 * 60 // STEP_MINUTES

type Run = tuple[int, int]
"""From a quantum to another, the last not included."""
type Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Whom:
    """One counsellor with whom it may be, on some days or on all."""

    user_id: int
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max


@dataclass(frozen=True)
class Search:
    """What is looked for: how long, with whom (anybody if nobody is named), from a day to another."""

    agency: Agency
    minutes: int
    first: dt.date
    last: dt.date
    whom: Sequence[Whom] | None = None
    notice: dt.timedelta = NOTICE


@dataclass(frozen=True)
class Free:
    """Free times, in order; of each who is free then, whoever has least taken that day first."""

    at: dict[int, list[int]] = field(default_factory=dict)

    @property
    def times(self) -> list[dt.datetime]:
        return [instant_of(one) for one in self.at]


def today_at(agency: Agency) -> dt.date:
    """Return the date at an agency."""
    return clock.now().astimezone(agency.zone).date()


def find(search: Search) -> Free:
    """Return the free times of a search."""
    door = search.agency.timetable
    length = -(-search.minutes // STEP_MINUTES)
    soonest = -int(-(clock.now() + search.notice).timestamp() // STEP_S)
    window = (
        quantum_of(instant(search.first, 0, door.zone)),
        quantum_of(instant(search.last + DAY, 0, door.zone)),
    )
    there = _received(search, door)
    taken = _taken([*there], window)
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for user, runs in there.items():
        hers = taken.get(user, [])
        loads: defaultdict[int, int] = defaultdict(int)
        for start, end in hers:
            loads[start // A_DAY] += end - start
        for start, end in without(runs, hers):
            # Times follow each other from the beginning of what is free, whatever the hour is now.
            late = max(0, -(-(soonest - start) // length))
            for at in range(start + late * length, end - length + 1, length):
                found[at].append((loads[at // A_DAY], user))
    return Free({at: [user for _load, user in sorted(found[at])] for at in sorted(found)})


def without(runs: Iterable[Run], taken: Sequence[Run]) -> Iterator[Run]:
    """Give what is left of runs when others are taken out; both in order."""
    place = 0
    for start, end in runs:
        while place < len(taken) and taken[place][1] <= start:
            place += 1
        look = place
        while look < len(taken) and taken[look][0] < end:
            if taken[look][0] > start:
                yield start, taken[look][0]
            start = max(start, taken[look][1])
            look += 1
        if start < end:
            yield start, end


def _received(search: Search, door: Timetable) -> dict[int, list[Run]]:
    """Return when each counsellor receives in the days of a search, in order."""
    hers = _hours(search)
    wall = _Wall(door)
    days = [search.first + step * DAY for step in range((search.last - search.first).days + 1)]
    found = {user: [run for day in days for run in hers.on(user, day, wall)] for user in hers.users}
    return {user: runs for user, runs in found.items() if runs}


@dataclass(frozen=True)
class _Hours:
    """When counsellors receive, as the database has it."""

    weekly: dict[tuple[int, int], list[Run]]
    besides: dict[tuple[int, dt.date], list[Run]]
    apart: dict[tuple[int, dt.date], list[Run]]
    absent: dict[int, list[Days]]
    allowed: dict[int, list[Days]] | None

    @property
    def users(self) -> list[int]:
        return sorted({user for user, _day in [*self.weekly, *self.besides]})

    def on(self, user: int, day: dt.date, wall: "_Wall") -> list[Run]:
        """Return when a counsellor receives on a day: not when she is away, nor in somebody's place on other days."""
        spans = self.weekly.get((user, day.weekday()), [])
        if more := self.besides.get((user, day)):
            spans = merged([*spans, *more])
        if not spans or _is_in(day, self.absent.get(user, ())):
            return []
        if self.allowed is not None and not _is_in(day, self.allowed[user]):
            return []
        runs = [run for span in spans for run in wall.cut(day, span)]
        if less := self.apart.get((user, day)):
            runs = list(without(runs, merged(wall.run(day, span) for span in less)))
        return runs


def _hours(search: Search) -> _Hours:
    """Ask when the counsellors of a search receive, in three questions."""
    works = Membership.objects.current().filter(
        organisation=search.agency.organisation_id, role=Role.COUNSELLOR, user__is_active=True
    )
    counsellors = Q(user__in=works.order_by().values("user"))
    if search.whom is not None:
        counsellors &= Q(user__in=[one.user_id for one in search.whom])
    here = {"agency": search.agency}
    weekly = Receiving.objects.filter(counsellors, **here)
    others = OtherDay.objects.from_on(search.first).filter(counsellors, **here, day__lte=search.last)
    away = Absence.objects.filter(**here, starts_on__lte=search.last, ends_on__gte=search.first).order_by()
    found = _Hours(
        defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), _allowed(search.whom)
    )
    for user, weekday, start, end in weekly.values_list("user", "weekday", "start", "end"):
        found.weekly[user, weekday].append((start, end))
    columns = "user", "day", "every", "is_monthly", "start", "end", "is_there"
    for user, begins, every, is_monthly, start, end, is_there in others.values_list(*columns):
        for day in days_of(begins, every, search.first, search.last, is_monthly=is_monthly):
            (found.besides if is_there else found.apart)[user, day].append((start, end))
    for user, first, last in away.values_list("user", "starts_on", "ends_on"):
        found.absent[user].append((first, last))
    return found


def _is_in(day: dt.date, spans: Sequence[Days]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _allowed(whom: Sequence[Whom] | None) -> dict[int, list[Days]] | None:
    if whom is None:
        return None
    found: defaultdict[int, list[Days]] = defaultdict(list)
    for one in whom:
        found[one.user_id].append((one.first, one.last))
    return found


def merged(runs: Iterable[Run]) -> list[Run]:
    """Return runs in order, those that meet made one."""
    found: list[Run] = []
    for start, end in sorted(runs):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _taken(users: Sequence[int], window: Run) -> dict[int, list[Run]]:
    """Return what is taken of each counsellor, here or in her own calendar, in order; one question for both."""
    here = {"counsellor__in": users, "at__gte": window[0] - A_DAY, "at__lt": window[1]}
    taken, busy = (
        rows.order_by().values_list("counsellor", "at", "length")
        for rows in (Quantum.objects.filter(length__gt=0, **here), Busy.objects.filter(**here))
    )
    found: defaultdict[int, list[Run]] = defaultdict(list)
    for user, at, length in taken.union(busy, all=True):
        found[user].append((at, at + length))
    return {user: merged(runs) for user, runs in found.items()}


class _Wall:
    """The clock on the wall of a door: hours of a day as quanta, within what is open then."""

    def __init__(self, door: Timetable) -> None:
        self.door = door
        self.open: dict[dt.date, list[Run]] = {}
        self.known: dict[tuple[dt.date, Run], list[Run]] = {}

    def run(self, day: dt.date, span: Run) -> Run:
        """Return the quanta of a span of minutes of a day; one that begins within a quantum begins with the next."""
        start, end = (instant(day, minute, self.door.zone) for minute in span)
        first = quantum_of(start)
        return first + (instant_of(first) < start), quantum_of(end)

    def cut(self, day: dt.date, span: Run) -> list[Run]:
        """Return what of a span of a day the door is open, but for an hour that comes the second time."""
        if (day, span) not in self.known:
            if day not in self.open:
                self.open[day] = self._opened(day)
            start, end = self.run(day, span)
            cut = [(max(start, first), min(end, last)) for first, last in self.open[day]]
            self.known[day, span] = [one for one in cut if one[0] < one[1]]
        return self.known[day, span]

    def _opened(self, day: dt.date) -> list[Run]:
        runs = []
        for one in self.door.on(day):
            first = quantum_of(one.starts_at)
            runs.append((first + (instant_of(first) < one.starts_at), quantum_of(one.ends_at)))
        twice = self._twice(day)
        return list(without(runs, [twice])) if twice else runs

    def _twice(self, day: dt.date) -> Run | None:
        """Return the quanta of a day whose hour the wall has shown before."""
        zone = self.door.zone
        start, end = instant(day, 0, zone), instant(day + DAY, 0, zone)
        if end - start <= DAY:
            return None
        fold = [
            one for one in range(quantum_of(start), quantum_of(end)) if instant_of(one).astimezone(zone).fold
        ]
        return (fold[0], fold[-1] + 1) if fold else None
