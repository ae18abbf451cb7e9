"""An appointment by video has its room from the moment it is booked, and says where it stands."""

from typing import Any

from django.urls import reverse

from visavis.appointments.enums import Act, Channel
from visavis.appointments.models import Appointment
from visavis.appointments.rooms import Room
from visavis.common import clock
from visavis.interviews import calls, services, waiting_room
from visavis.interviews.enums import Sitter
from visavis.interviews.models import Interview, Seat
from visavis.people.models import User


def with_step(row: Any, step: Any) -> None:
    """Make the room of an appointment by video with the act that books it, so that its link is in every message.

    Who is to be called in its place is called at the hour to which it moves, and not of what is cancelled.
    """
    if not isinstance(row, Appointment) or row.channel != Channel.VIDEO:
        return
    if step.act == Act.BOOK:
        services.of(appointment=row, by=step.by)
    elif step.act in (Act.MOVE, Act.EXCUSE, Act.REVOKE):
        calls.follow(appointment=row, by=step.by)


def room(row: Appointment, reader: User | None) -> Room | None:
    """Return the way in: the person's own link, or for who receives the way through the appointment."""
    found = Interview.objects.filter(appointment=row).first()
    url = reverse("interviews:enter", kwargs={"appointment_id": row.pk})
    if found is None:
        return Room(url)
    found.appointment = row
    seat = Seat.objects.filter(interview=found, sitter=Sitter.PERSON).first()
    if seat is not None:
        seat.interview = found
    if reader is not None and reader.pk == row.person_id:
        return Room(seat.url, link=seat.link_url) if seat is not None else Room(url)
    call = calls.open_call(found)
    return Room(url, waiting_room.row_of(row, found, seat, call, clock.now()).words)
