"""What the waiting room shows: to who waits, her place in line and how long still; to who receives, where each stands.

Late, absent and running over are read from the clock and the seats: nobody has to note them, nothing is out of date.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.appointments.enums import Channel
from visavis.appointments.enums import State as AppointmentState
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.interviews.calls import open_call
from visavis.interviews.enums import SeatState, Sitter, State
from visavis.interviews.models import Call, Interview, Seat
from visavis.interviews.next_steps import NextSteps, next_steps
from visavis.interviews.waits import Conversation, Wait, wait
from visavis.people.models import User
from visavis.ui.dates import hour, weekday_moment

# Who has not come so long after the hour is absent, and can be called.
ABSENT_AFTER = dt.timedelta(minutes=15)
# The rows of the list reach so far back: who ran over since yesterday is not forgotten.
SINCE = dt.timedelta(hours=12)
UNTIL = dt.timedelta(hours=18)
MOST = 60
# Who waits for a counsellor.
HERE = Prepared(
    lambda counsellor, since: (
        Seat.objects.filter(state=SeatState.WAITING, sitter=Sitter.PERSON, arrived_at__gt=since)
        .filter(
            interview__appointment__counsellor=counsellor,
            interview__appointment__state=AppointmentState.BOOKED,
        )
        .order_by()
        .values_list("pk", flat=True)
    )
)


class Where(StrEnum):
    """Where an interview stands, for who receives."""

    TO_COME = "to-come"
    WAITS = "waits"
    GONE = "gone"
    LATE = "late"
    ABSENT = "absent"
    RUNS = "runs"
    OVER = "over"
    CALL = "call"
    ENDED = "ended"


@dataclass(frozen=True)
class Row:
    """One interview of the list of who receives."""

    appointment: Appointment
    interview: Interview | None
    seat: Seat | None
    where: Where
    words: str
    call: Call | None = None

    @property
    def is_hot(self) -> bool:
        """Say whether somebody waits for somebody."""
        return self.where in (Where.WAITS, Where.CALL)

    @property
    def mark(self) -> str:
        """Return what is different at each arrival and each call asked for: it rings once, and each time again."""
        if self.where == Where.CALL and self.call is not None:
            return f"call-{self.call.pk}"
        if self.where == Where.WAITS and self.seat is not None and self.seat.arrived_at is not None:
            return f"seat-{self.seat.pk}-{int(self.seat.arrived_at.timestamp())}"
        return ""


def rows(actor: User) -> list[Row]:
    """Return the interviews of these hours that somebody may see, who waits first."""
    now = clock.now()
    appointments = (
        Appointment.objects.visible_to(actor)
        .exclude(person=actor.pk)
        .filter(channel=Channel.VIDEO, starts_at__gt=now - SINCE, starts_at__lt=now + UNTIL)
        .exclude(state__in=[AppointmentState.EXCUSED, AppointmentState.REVOKED])
        .with_words()
        .order_by("starts_at", "pk")[:MOST]
    )
    found = list(appointments)
    rooms = {
        one.appointment_id: one for one in Interview.objects.filter(appointment__in=[row.pk for row in found])
    }
    numbers = [one.pk for one in rooms.values()]
    seats = {
        one.interview_id: one for one in Seat.objects.filter(interview__in=numbers, sitter=Sitter.PERSON)
    }
    calls = {one.interview_id: one for one in Call.objects.to_make().filter(interview__in=numbers)}
    made = []
    for row in found:
        room = rooms.get(row.pk)
        seat = seats.get(room.pk) if room else None
        call = calls.get(room.pk) if room else None
        if room is not None:
            room.appointment = row
        made.append(row_of(row, room, seat, call, now))
    order = {Where.WAITS: 0, Where.CALL: 0, Where.OVER: 1, Where.RUNS: 1, Where.ENDED: 3}
    return sorted(made, key=lambda one: (order.get(one.where, 2), one.appointment.starts_at))


def here(actor: User) -> int:
    """Count who waits for somebody now: what his home says, in one question."""
    return HERE.count(actor.pk, clock.now() - SINCE)


def row_of(
    row: Appointment, room: Interview | None, seat: Seat | None, call: Call | None, now: dt.datetime
) -> Row:
    """Return where one interview stands."""
    where = _where(row, room, seat, call, now)
    return Row(row, room, seat, where, _words(where, row, seat, now), call)


def _where(
    row: Appointment, room: Interview | None, seat: Seat | None, call: Call | None, now: dt.datetime
) -> Where:
    if call is not None:
        return Where.CALL
    if row.state != AppointmentState.BOOKED or (room is not None and room.state == State.ENDED):
        return Where.ENDED
    if seat is not None and seat.state == SeatState.ADMITTED:
        return Where.OVER if now > row.ends_at else Where.RUNS
    if seat is not None and seat.state == SeatState.WAITING:
        return Where.WAITS if seat.is_here else Where.GONE
    if now <= row.starts_at:
        return Where.TO_COME
    return Where.ABSENT if now > row.starts_at + ABSENT_AFTER else Where.LATE


def _words(where: Where, row: Appointment, seat: Seat | None, now: dt.datetime) -> str:
    """Say it in a few words."""
    late = _minutes(now - row.starts_at)
    with timezone.override(row.zone):
        came = hour(seat.arrived_at) if seat is not None and seat.arrived_at else ""
    said = {
        Where.TO_COME: _("to come"),
        Where.WAITS: _("waits since %(hour)s") % {"hour": came},
        Where.GONE: _("came at %(hour)s, and closed the page") % {"hour": came},
        Where.LATE: ngettext("late by %(n)s minute", "late by %(n)s minutes", late) % {"n": late},
        Where.ABSENT: ngettext("absent for %(n)s minute", "absent for %(n)s minutes", late) % {"n": late},
        Where.RUNS: _("in the room"),
        Where.CALL: _("wants to be called"),
        Where.ENDED: _("ended"),
    }
    if where == Where.OVER:
        over = _minutes(now - row.ends_at)
        return ngettext("runs over by %(n)s minute", "runs over by %(n)s minutes", over) % {"n": over}
    return said[where]


def _minutes(time: dt.timedelta) -> int:
    return max(1, int(time.total_seconds()) // 60)


@dataclass(frozen=True)
class Before:
    """What the page of a seat says before the room: to the person also how to go on otherwise."""

    host: str
    opens: str
    at: str
    wait: Wait
    is_missed: bool
    call: Call | None = None
    steps: NextSteps | None = None


def before(seat: Seat) -> Before:
    """Return what stands before the room, for one seat."""
    room, row = seat.interview, seat.interview.appointment
    found = wait_of(seat)
    is_hers = seat.sitter == Sitter.PERSON
    with timezone.override(row.zone):
        opens, at = weekday_moment(room.opens_at), hour(found.at)
        if row.agency.timetable.date_of(room.opens_at) == row.agency.timetable.date_of(clock.now()):
            opens = hour(room.opens_at)
    return Before(
        host=row.counsellor.name if row.counsellor else row.agency.name,
        opens=opens,
        at=at,
        wait=found,
        is_missed=is_hers and is_missed(room),
        call=open_call(room) if is_hers else None,
        steps=next_steps(room) if is_hers else None,
    )


def is_missed(room: Interview) -> bool:
    """Say whether it never began and its time is past; what was cancelled, or took place by phone, was not missed."""
    row = room.appointment
    if room.begun_at is not None or row.state not in (AppointmentState.BOOKED, AppointmentState.NO_SHOW):
        return False
    return room.is_over or clock.now() > row.ends_at


def wait_of(seat: Seat) -> Wait:
    """Return what somebody who waits is told, from the day of who receives her."""
    now, mine = clock.now(), seat.interview.appointment
    others = (
        Interview.objects.filter(
            appointment__counsellor=mine.counsellor_id,
            appointment__starts_at__gt=now - SINCE,
            appointment__starts_at__lt=mine.ends_at,
            appointment__state=AppointmentState.BOOKED,
        )
        .exclude(pk=seat.interview_id)
        .exclude(state=State.ENDED)
        .select_related("appointment")
        if mine.counsellor_id
        else Interview.objects.none()
    )
    found = list(others)
    seats = Seat.objects.filter(interview__in=[one.pk for one in found], sitter=Sitter.PERSON)
    theirs = {one.interview_id: one for one in seats}
    talks = [_conversation(one, theirs.get(one.pk)) for one in found]
    return wait(Conversation(mine.starts_at, mine.ends_at, waits=True), talks, now)


def _conversation(room: Interview, seat: Seat | None) -> Conversation:
    row = room.appointment
    state = seat.state if seat is not None else ""
    return Conversation(
        row.starts_at,
        row.ends_at,
        runs=state == SeatState.ADMITTED,
        waits=seat is not None and state == SeatState.WAITING and seat.is_here,
    )


def waiting_now(rows: Iterable[Row]) -> int:
    """Count for whom somebody should do something now."""
    return sum(one.is_hot for one in rows)
