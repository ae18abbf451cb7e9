"""How an interview was held, for its minutes: from when to when, who was let in, which documents lay on the table,
and whether the telephone took its place.
"""

from django.utils.translation import gettext

from visavis.appointments.held import Held, Shown
from visavis.appointments.models import Appointment
from visavis.documents.models import Document
from visavis.interviews.enums import CallState, Sitter
from visavis.interviews.models import CallStep, Interview, Seat
from visavis.people.models import User


def held(appointment: Appointment, by: User) -> Held | None:
    """Return how the interview of an appointment was held; None where nobody was let into its room, nor called."""
    room = Interview.objects.visible_to(by).with_words().filter(appointment=appointment).first()
    if room is None:
        return None
    reached = _reached(room)
    if room.begun_at is None and reached is None:
        return None
    seats = list(room.seats.filter(admitted_at__isnull=False).select_related("user").order_by("number"))
    seats.sort(key=lambda one: one.sitter != Sitter.PERSON)
    for seat in seats:
        seat.interview = room
    laid = room.laid.values("document")
    documents = Document.objects.visible_to(by).not_withdrawn().filter(pk__in=laid)
    shown = [Shown(one.title, one.url) for one in documents.order_by("pk")]
    there = [_who(seat) for seat in seats] or _on_the_phone(appointment, reached)
    begun, ended = room.begun_at or appointment.starts_at, room.ended_at or room.closes_at
    return Held(begun, ended, there, shown, is_by_phone=reached is not None)


def _reached(room: Interview) -> CallStep | None:
    """Return the act by which she was reached by phone, if she was."""
    steps = CallStep.objects.filter(call__interview=room, to_state=CallState.REACHED, undone_at__isnull=True)
    return steps.order_by("-pk").first()


def _on_the_phone(appointment: Appointment, reached: CallStep | None) -> list[str]:
    """Return who talked where nobody sat in the room: she, and who called her, by name if he is hers."""
    counsellor = appointment.counsellor
    if counsellor is None or reached is None or reached.by_id != counsellor.pk:
        return [gettext("you"), gettext("a colleague of ours")]
    return [gettext("you"), gettext("%(name)s (of the agency)") % {"name": counsellor.name}]


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
