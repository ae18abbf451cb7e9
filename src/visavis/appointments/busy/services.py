"""A counsellor's own calendar, fetched each hour by the worker: what is busy there is not free here.

Of it only busy times are kept, no title. What fails leaves what was read before, is tried again within the hour, and is
said to the counsellor. What is booked stands: she is told which appointments are at a busy time.
"""

import datetime as dt
import io
import logging
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import task

from visavis.agencies.models import Agency
from visavis.appointments.busy import alone
from visavis.appointments.busy.codes import Unreadable
from visavis.appointments.calendars import host
from visavis.appointments.models import Appointment, Busy, OutsideCalendar
from visavis.appointments.models.appointment import STEP_S, instant_of
from visavis.appointments.models.busy import MOST_LENGTH
from visavis.common import clock, outside
from visavis.common.outside import NotReached
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.fetching import FEEDS

log = logging.getLogger(__name__)

MOST_BYTES = 10_000_000
DEADLINE_S = 20
EACH, AGAIN_AFTER = dt.timedelta(hours=1), dt.timedelta(minutes=20)
# A reading that has not ended for this long belongs to a worker that died.
STUCK_AFTER = dt.timedelta(minutes=30)
AHEAD = dt.timedelta(days=182)
SHOWN = 50


def keep_address(*, user: User, address: str) -> OutsideCalendar:
    """Read a counsellor's calendar from an address from now on, in place of the one before."""
    with transaction.atomic():
        end(user=user)
        row = OutsideCalendar.objects.create(user=user, address=address)
        journal.record(journal.Act(Entry.Action.CREATED, "outside-calendar", row.pk, user.pk), by=user.pk)
    return row


def keep_file(*, user: User, data: bytes) -> OutsideCalendar:
    """Read a counsellor's calendar once from a file, in place of the one before. Raises Unreadable: nothing changes."""
    told = _read(user, data)
    with transaction.atomic():
        end(user=user)
        row = OutsideCalendar.objects.create(user=user, is_file=True)
        journal.record(journal.Act(Entry.Action.CREATED, "outside-calendar", row.pk, user.pk), by=user.pk)
        _keep(row, told)
    return row


def end(*, user: User) -> None:
    """Read it no more: what was busy there is free here again."""
    with transaction.atomic():
        for row in OutsideCalendar.objects.filter(user=user):
            journal.record(journal.Act(Entry.Action.DELETED, "outside-calendar", row.pk, user.pk), by=user.pk)
            row.delete()


def now(*, user: User) -> None:
    """Have it fetched within a minute."""
    OutsideCalendar.objects.fetched().filter(user=user).update(due_at=clock.now())


def sweep() -> int:
    """Have what is due fetched, whoever else looks; return how many were asked for."""
    asked = 0
    for number in _due().values_list("pk", flat=True):
        # Claimed in one statement: two workers ask once.
        if _due().filter(pk=number).update(asked_at=clock.now()):
            fetch_calendar.enqueue(number)
            asked += 1
    return asked


def _due() -> QuerySet[OutsideCalendar]:
    at = clock.now()
    free = Q(asked_at__isnull=True) | Q(asked_at__lt=at - STUCK_AFTER)
    return OutsideCalendar.objects.fetched().filter(free, due_at__lte=at)


@task(queue_name=FEEDS)
def fetch_calendar(calendar_id: int) -> None:
    """Fetch a calendar and keep when it says busy; what became of it stands in its row."""
    row = (
        OutsideCalendar.objects.filter(pk=calendar_id, asked_at__isnull=False).select_related("user").first()
    )
    if row is None:
        return
    try:
        into = io.BytesIO()
        outside.fetch(row.address, into, most=MOST_BYTES, deadline_s=DEADLINE_S)
        told = _read(row.user, into.getvalue())
    except (NotReached, Unreadable) as refusal:
        _failed(row, refusal.why)
        return
    with transaction.atomic():
        # Ended meanwhile: nothing is kept of it.
        if OutsideCalendar.objects.select_for_update().filter(pk=row.pk).exists():
            _keep(row, told)


def _failed(row: OutsideCalendar, why: str) -> None:
    """Keep why, and try again soon. The address gets into no log: it opens her calendar."""
    log.warning("outside calendar %s: %s", row.pk, why)
    at = clock.now()
    OutsideCalendar.objects.filter(pk=row.pk).update(
        asked_at=None, failing_since=row.failing_since or at, refusal=why[:12], due_at=at + AGAIN_AFTER
    )


def _read(user: User, data: bytes) -> alone.Told:
    since = clock.now()
    return alone.read(data, since=since, until=since + AHEAD, zone=zone_of(user), ours=f"@{host()}")


def zone_of(user: User) -> ZoneInfo:
    """Return the clock on which a day, or an hour without a zone, is meant: that of the agency where she receives."""
    ids = user.organisation_ids(Role.COUNSELLOR)
    agency = Agency.objects.filter(organisation__in=ids).order_by("pk").first()
    return agency.zone if agency else ZoneInfo("Europe/Paris")


def _keep(row: OutsideCalendar, told: alone.Told) -> None:
    """Keep when a calendar says busy, in place of what it said before, and what is booked then."""
    times, unread = told
    row.busy.all().delete()
    Busy.objects.bulk_create(
        [
            Busy(calendar=row, counsellor_id=row.user_id, at=at, length=length)
            for at, length in stretches(times)
        ],
        batch_size=500,
    )
    at = clock.now()
    OutsideCalendar.objects.filter(pk=row.pk).update(
        asked_at=None,
        read_at=at,
        failing_since=None,
        refusal="",
        unread=unread,
        due_at=at + EACH,
        conflicts=len(conflicts(row)),
    )


def stretches(times: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the quanta that busy times touch, as first and length: each once, none longer than a day."""
    taken = 0
    for start, end in times:
        first, last = max(start // STEP_S, taken), -(-end // STEP_S)
        while first < last:
            length = min(MOST_LENGTH, last - first)
            yield first, length
            first += length
        taken = max(taken, last)


def conflicts(row: OutsideCalendar) -> list[Appointment]:
    """Return a counsellor's appointments to come at which her calendar says busy, the next first."""
    busy = [(instant_of(at), instant_of(at + length)) for at, length in row.busy.values_list("at", "length")]
    if not busy:
        return []
    rows = (
        Appointment.objects.to_come().with_words().filter(counsellor=row.user_id, starts_at__lt=busy[-1][1])
    )
    return [
        one
        for one in rows.order_by("starts_at", "pk")
        if any(start < one.ends_at and one.starts_at < end for start, end in busy)
    ][:SHOWN]
