"""How an interview was held, for its minutes: from when to when, who was let in, which documents lay on the table."""

from django.utils.translation import gettext

from visavis.appointments.held import Held, Shown
from visavis.appointments.models import Appointment
from visavis.documents.models import Document
from visavis.interviews.enums import Sitter
from visavis.interviews.models import Interview, Seat
from visavis.people.models import User


def held(appointment: Appointment, by: User) -> Held | None:
    """Return how the interview of an appointment was held; None where nobody was let into its room."""
    rooms = Interview.objects.visible_to(by).with_words()
    room = rooms.filter(appointment=appointment, begun_at__isnull=False).first()
    if room is None or room.begun_at is None:
        return None
    seats = list(room.seats.filter(admitted_at__isnull=False).select_related("user").order_by("number"))
    seats.sort(key=lambda one: one.sitter != Sitter.PERSON)
    for seat in seats:
        seat.interview = room
    laid = room.laid.values("document")
    documents = Document.objects.visible_to(by).not_withdrawn().filter(pk__in=laid)
    shown = [Shown(one.title, one.url) for one in documents.order_by("pk")]
    return Held(room.begun_at, room.ended_at or room.closes_at, [_who(seat) for seat in seats], shown)


def _who(seat: Seat) -> str:
    """Return who sat there, as the person reads it: by name only whom she has business with here."""
    if seat.sitter == Sitter.COUNSELLOR:
        return gettext("%(name)s (of the agency)") % {"name": seat.called}
    return {
        Sitter.PERSON: gettext("you"),
        Sitter.INTERPRETER: gettext("an interpreter"),
        Sitter.HELPER: gettext("somebody who helps you"),
        Sitter.COLLEAGUE: gettext("a colleague of ours"),
    }[Sitter(seat.sitter)]
