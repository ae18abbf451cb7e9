"""Appointments: looked at, held and booked, moved, cancelled, and the wait for an earlier time."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from visavis.api import callers
from visavis.api.declaring import operation
from visavis.api.operations.introductions import day
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.talk.appointments import (
    AppointmentOut,
    AppointmentsOut,
    CancelIn,
    EarlierIn,
    EarlierOut,
    HeldOut,
    HoldIn,
    KindOut,
    KindsOut,
    MoveIn,
    TimeOut,
    TimesAsked,
    TimesOut,
)
from visavis.appointments import permissions, services, week
from visavis.appointments.earlier import waiting
from visavis.appointments.enums import State, Way
from visavis.appointments.models import Appointment, Kind, Workshop
from visavis.appointments.services import Wanted
from visavis.common import clock
from visavis.jobseekers.services import open_own, profile_of
from visavis.people.models import User

router = Router(tags=["talk"])
READ, WRITE = Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE
MOST = 20


@operation(router.get, "/appointments", scope=READ)
def list_appointments(request: HttpRequest) -> AppointmentsOut:
    """List one’s appointments: what is to come, the next first, then what was."""
    actor = callers.of(request).user
    rows = Appointment.objects.visible_to(actor).filter(person=actor.pk).with_words()
    past = rows.exclude(state="booked", ends_at__gt=clock.now()).order_by("-starts_at")[:MOST]
    return AppointmentsOut(
        to_come=[shown(row) for row in rows.to_come().order_by("starts_at")[:MOST]],
        past=[shown(row) for row in past],
    )


@operation(router.get, "/appointments/kinds", scope=READ)
def list_appointment_kinds(request: HttpRequest) -> KindsOut:
    """List what one may book in one’s agency."""
    actor = callers.of(request).user
    agency = permissions.agency_of(actor)
    kinds = permissions.kinds_for(actor, agency) if agency else []
    return KindsOut(items=[filled(KindOut, kind) for kind in kinds])


@operation(router.get, "/appointments/kinds/{int:kind_id}/times", scope=READ)
def list_times(request: HttpRequest, kind_id: Id, asked: Query[TimesAsked]) -> TimesOut:
    """List the free times of a kind: of seven days, or the workshops to come."""
    actor = callers.of(request).user
    kind = bookable(actor, kind_id)
    if kind.is_workshop:
        sessions = week.workshops(kind)
        items = [
            TimeOut(starts_at=one.workshop.starts_at, workshop_id=one.workshop.pk, left=one.left)
            for one in sessions
        ]
        return TimesOut(items=items, later_from=None)
    first = day("since", asked.since) if asked.since else None
    shown_week = week.shown(kind, permissions.whom(actor, kind), first)
    instants = [week.chosen(one.value) for some in shown_week.days for one in some.times]
    return TimesOut(
        items=[TimeOut(starts_at=one.astimezone(kind.agency.zone)) for one in instants if one],
        later_from=shown_week.after,
    )


@operation(router.post, "/appointments/holds", scope=WRITE, status=201)
def hold_time(request: HttpRequest, sent: HoldIn) -> Status[HeldOut]:
    """Hold a free time for ten minutes."""
    actor = callers.of(request).user
    kind = bookable(actor, sent.kind_id)
    held = services.hold(wanted=wanted(actor, kind, sent), person=actor, by=actor)
    return Status(201, filled(HeldOut, held, uid=str(held.uid)))


@operation(router.post, "/appointments/holds/{slug:uid}/book", scope=WRITE, status=201)
def book_appointment(request: HttpRequest, uid: str) -> Status[AppointmentOut]:
    """Book what is held."""
    actor = callers.of(request).user
    held = held_by(actor, uid)
    if profile_of(actor).pk is None:
        open_own(actor)
    return Status(201, shown(services.confirm(uid=held.uid, person=actor, by=actor)))


@operation(router.delete, "/appointments/holds/{slug:uid}", scope=WRITE, status=204)
def let_time_go(request: HttpRequest, uid: str) -> HttpResponse:
    """Let go of what is held: the time is free at once."""
    services.let_go(uid=held_by(callers.of(request).user, uid).uid)
    return HttpResponse(status=204)


@operation(router.post, "/appointments/{int:appointment_id}/move", scope=WRITE)
def move_appointment(request: HttpRequest, appointment_id: Id, sent: MoveIn) -> AppointmentOut:
    """Take another free time; without it, the one that is booked stands."""
    actor = callers.of(request).user
    row = own(actor, appointment_id)
    if row.workshop_id is not None or not row.is_to_come:
        raise Http404
    services.move(appointment=row, starts_at=whole(sent.starts_at), by=actor, seen=sent.version)
    return shown(own(actor, appointment_id))


@operation(router.post, "/appointments/{int:appointment_id}/cancel", scope=WRITE)
def cancel_appointment(request: HttpRequest, appointment_id: Id, sent: CancelIn) -> AppointmentOut:
    """Cancel an appointment: its time is free for others."""
    actor = callers.of(request).user
    services.cancel(appointment=own(actor, appointment_id), by=actor, seen=sent.version)
    return shown(own(actor, appointment_id))


@operation(router.post, "/appointments/{int:appointment_id}/earlier", scope=WRITE)
def ask_earlier(request: HttpRequest, appointment_id: Id, sent: EarlierIn) -> AppointmentOut:
    """Wait for an earlier time, take the one that is held, keep one’s own, or wait no more."""
    actor = callers.of(request).user
    row = own(actor, appointment_id)
    match sent.act:
        case "take":
            services.take_earlier(appointment=row, by=actor, seen=sent.version)
        case "keep":
            waiting.decline(appointment=row, by=actor)
        case "end":
            waiting.end(appointment=row, by=actor)
        case "begin":
            waiting.begin(appointment=row, by=actor)
    return shown(own(actor, appointment_id))


# Shared -------------------------------------------------------------------------------------------------


def own(actor: User, appointment_id: int) -> Appointment:
    """Return an appointment of one’s own, or 404."""
    rows = Appointment.objects.visible_to(actor).filter(person=actor.pk).with_words()
    return get_object_or_404(rows, pk=appointment_id)


def held_by(actor: User, uid: str) -> Appointment:
    """Return what one holds, or 404; nobody else’s."""
    rows = Appointment.objects.filter(state=State.HELD, in_place_of__isnull=True, person=actor.pk)
    return get_object_or_404(rows, uid=permissions.held_number(uid))


def bookable(actor: User, kind_id: int) -> Kind:
    """Return a kind that one may book by oneself, or 404."""
    kind = permissions.kind_for(actor, kind_id)
    if not permissions.may_book(kind):
        raise Http404
    return kind


def wanted(actor: User, kind: Kind, sent: HoldIn) -> Wanted:
    """Return what was chosen as the service takes it. Raises Taken."""
    if kind.is_workshop:
        workshop = Workshop.objects.visible_to(actor).filter(kind=kind, pk=sent.workshop_id or 0).first()
        if workshop is None:
            raise services.Taken
        return Wanted(kind, workshop.starts_at, sent.channel, Way.PROGRAM, workshop)
    if sent.starts_at is None:
        raise services.Taken
    return Wanted(kind, whole(sent.starts_at), sent.channel, Way.PROGRAM)


def whole(instant: dt.datetime) -> dt.datetime:
    """Return an instant in UTC. Raises Taken for one without its offset, or at no place of a calendar."""
    if instant.tzinfo is None or not 2000 <= instant.year <= 2100:
        raise services.Taken
    return instant.astimezone(dt.UTC)


def shown(row: Appointment) -> AppointmentOut:
    """Return an appointment by the clock of its agency."""
    earlier = waiting.held_for(row) if row.is_to_come else None
    return filled(
        AppointmentOut,
        row,
        title=row.kind.title,
        counsellor=row.counsellor.name if row.counsellor else None,
        starts_at=row.starts_at.astimezone(row.zone),
        ends_at=row.ends_at.astimezone(row.zone),
        can_cancel=permissions.can_cancel(row),
        can_move=permissions.can_change(row),
        can_wait=waiting.can_wait(row),
        waits_for_earlier=row.wants_earlier_at is not None,
        earlier=filled(EarlierOut, earlier) if earlier else None,
    )
