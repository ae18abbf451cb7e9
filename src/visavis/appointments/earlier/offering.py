"""A time that falls free is offered: to who has been offered least, then to who asked first; held, so that nobody else
takes it meanwhile. The sweep looks within a minute after a time fell free, and every quarter of an hour besides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from visavis.appointments import free, permissions, services, telling
from visavis.appointments.earlier.waiting import HOLDS
from visavis.appointments.free import Search
from visavis.appointments.inviting import room
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.news.services import channel_of
from visavis.people.models import User

MOST_OFFERS = 3
ONCE_IN = dt.timedelta(hours=22)
# What is worth a message: a day earlier at least.
GAIN = dt.timedelta(days=1)
# How long before it begins a time is settled, and how long at least there is to answer.
SETTLED_BEFORE, SHORTEST = dt.timedelta(hours=12), dt.timedelta(hours=2)
# Nobody has to answer by night.
ANSWERED_FROM, ANSWERED_UNTIL = dt.time(10), dt.time(20)
LOOKS_EVERY = dt.timedelta(minutes=15)
AT_ONCE = 500
SEARCHES = 10


def sweep() -> int:
    """Offer what is free; return how many times were offered."""
    now = clock.now()
    groups: defaultdict[tuple[int, int | None], list[Appointment]] = defaultdict(list)
    waiting = Appointment.objects.to_come().with_words().filter(wants_earlier_at__isnull=False)
    rows = waiting.select_related("person__jobseeker__counsellor").order_by(
        "offers", "wants_earlier_at", "pk"
    )
    for row in rows[:AT_ONCE]:
        hers = getattr(row.person, "jobseeker", None)
        holder = room.holder_of(row.kind, hers) if hers is not None else None
        groups[row.kind_id, holder.pk if holder else None].append(row)
    stale = [
        (holder, of_one)
        for (_kind, holder), of_one in groups.items()
        if any(row.looked_at is None or row.looked_at < now - LOOKS_EVERY for row in of_one)
    ]
    return sum(_offer(holder, of_one, now) for holder, of_one in stale[:SEARCHES])


def _offer(holder: int | None, rows: Sequence[Appointment], now: dt.datetime) -> int:
    """Offer the free times of those who choose among the same ones; each time to one, each of them one."""
    kind = rows[0].kind
    if not telling.is_read_at(now.astimezone(kind.agency.zone).time()):
        return 0
    Appointment.objects.filter(pk__in=[row.pk for row in rows]).update(looked_at=now)
    until = max(row.starts_at for row in rows).astimezone(kind.agency.zone).date()
    named = permissions.with_own(kind, User(pk=holder)) if holder else None
    times = free.find(Search(kind.agency, kind.minutes, free.today_at(kind.agency), until, named)).times
    told = 0
    for row in rows:
        if not is_due(row, now):
            continue
        for at in times:
            answer_by = held_until(row, at, now)
            if at + GAIN > row.starts_at:
                break
            if answer_by is None:
                continue
            held = services.hold_in_place(appointment=row, starts_at=at, until=answer_by)
            if held is not None:
                times.remove(at)
                telling.tell(row, telling.EARLIER)
                told += 1
                break
    return told


def is_due(row: Appointment, now: dt.datetime) -> bool:
    """Say whether somebody is offered a time now: three times at most, once a day, one after the other."""
    if row.offers >= MOST_OFFERS or not permissions.can_change(row):
        return False
    if row.offered_at is not None and row.offered_at > now - ONCE_IN:
        return False
    return not Appointment.objects.filter(in_place_of=row).exists()


def held_until(row: Appointment, at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """Return until when a time is held for somebody, by her channel; nothing where that is too short."""
    hold = HOLDS.get(channel_of(row.person)) if row.person else None
    if hold is None:
        return None
    until = (now + hold).astimezone(row.zone)
    if not ANSWERED_FROM <= until.time() <= ANSWERED_UNTIL:
        day = until.date() + dt.timedelta(days=until.time() > ANSWERED_UNTIL)
        until = dt.datetime.combine(day, ANSWERED_FROM, row.zone)
    found = min(until, at - SETTLED_BEFORE)
    return found if found - now >= SHORTEST else None
