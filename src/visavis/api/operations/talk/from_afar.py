"""An appointment by video: where it is held, and being called instead."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from visavis.api import callers
from visavis.api.declaring import operation
from visavis.api.operations.introductions import phone
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id
from visavis.api.shapes.talk.appointments import CallIn, CallOut, RoomOut
from visavis.common import clock
from visavis.interviews import calls, throttle
from visavis.interviews.enums import Sitter, Why
from visavis.interviews.models import Interview, Seat
from visavis.people.models import User

router = Router(tags=["talk"])
READ, WRITE = Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE


@operation(router.get, "/appointments/{int:appointment_id}/room", scope=READ)
def read_room(request: HttpRequest, appointment_id: Id) -> RoomOut:
    """Read where an appointment by video is held, whether its door is open now, and the link that opens it."""
    actor = callers.of(request).user
    room = own(actor, appointment_id)
    now = clock.now()
    zone = room.appointment.zone
    call = calls.open_call(room)
    return RoomOut(
        state=room.state,
        opens_at=room.opens_at.astimezone(zone),
        closes_at=room.closes_at.astimezone(zone),
        is_open=room.opens_at <= now <= room.closes_at,
        link=settings.SITE_URL + seat_of(room).link_url,
        call=CallOut(due_at=call.due_at.astimezone(zone)) if call else None,
    )


@operation(router.post, "/appointments/{int:appointment_id}/room/call", scope=WRITE, status=201)
def ask_call(request: HttpRequest, appointment_id: Id, sent: CallIn) -> Status[CallOut]:
    """Say that one would rather be called: somebody of the agency telephones."""
    actor = callers.of(request).user
    room = own(actor, appointment_id)
    throttle.check(seat_of(room))
    call = calls.ask(interview=room, why=Why(sent.why), by=actor, number=phone(sent.number, "number"))
    return Status(201, CallOut(due_at=call.due_at.astimezone(room.appointment.zone)))


@operation(router.delete, "/appointments/{int:appointment_id}/room/call", scope=WRITE, status=204)
def take_call_back(request: HttpRequest, appointment_id: Id) -> HttpResponse:
    """Say that there is no need to call any more."""
    actor = callers.of(request).user
    call = calls.open_call(own(actor, appointment_id))
    if call is not None:
        calls.take_back(call=call, by=actor)
    return HttpResponse(status=204)


def own(actor: User, appointment_id: int) -> Interview:
    """Return the room of an appointment of one’s own that is to come, or 404."""
    rooms = Interview.objects.visible_to(actor).with_words()
    mine = rooms.filter(appointment__person=actor.pk, appointment__state="booked")
    return get_object_or_404(mine, appointment=appointment_id)


def seat_of(room: Interview) -> Seat:
    """Return the person’s own seat, or 404."""
    seat = get_object_or_404(Seat, interview=room, sitter=Sitter.PERSON)
    seat.interview = room
    return seat
