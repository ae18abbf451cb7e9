"""What interviews say to the homes: who waits by video now, and who is to be called."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.appointments.enums import Channel
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.interviews import calls, waiting_room
from visavis.interviews.enums import SeatState, Sitter, State
from visavis.interviews.models import Call, Seat
from visavis.people.asked import AskedBy
from visavis.people.days import CALLS, MOST_LINES, ROOMS, Day, Line, OfDay
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Said, Urgency, Waiting

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
TO_CALL = AskedBy(
    lambda actor, until: (
        Call.objects.visible_to(actor)
        .to_make()
        .filter(due_at__lt=until)
        .order_by()
        .values_list("pk", flat=True)
    )
)

CALLS_OF_A_DAY = AskedBy(
    lambda actor, since, until: (
        Call.objects.visible_to(actor)
        .to_make()
        .filter(due_at__gte=since, due_at__lt=until)
        .select_related("interview__appointment__person")
        .order_by("due_at", "pk")[: MOST_LINES + 1]
    )
)


class Interviews(App):
    """Who waits in front of a screen, or beside a phone."""

    def reached(self) -> Sequence[Said]:
        """Who sat down in front of the screen was there, whatever became of the appointment."""
        arrived = Seat.objects.filter(sitter=Sitter.PERSON, arrived_at__isnull=False)
        return [Said(arrived, "interview__appointment__person", "arrived_at", is_account=True)]

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role not in (Role.COUNSELLOR, Role.RECEPTION):
            return []
        found = []
        if role == Role.COUNSELLOR and (number := waiting_room.here(actor)):
            words = ngettext(
                "%(n)s person waits for you by video.", "%(n)s people wait for you by video.", number
            )
            url = reverse("interviews:waiting")
            found.append(
                Waiting(words % {"n": number}, url, Urgency.TO_CONFIRM, is_hot=True, due=clock.now())
            )
        if number := TO_CALL.count(actor, clock.now() + calls.AHEAD):
            words = ngettext("%(n)s person is to be called.", "%(n)s people are to be called.", number)
            url = reverse("interviews:calls")
            found.append(
                Waiting(words % {"n": number}, url, Urgency.TO_CONFIRM, is_hot=True, due=clock.now())
            )
        return found

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return whom to call on a day; today also whom one should have called before. Rooms: `rooms_said`."""
        if day.is_past:
            return []
        rows = CALLS_OF_A_DAY(actor, EVER if day.is_today else day.begins, day.ends)
        return [OfDay(CALLS, [_call(row) for row in rows], reverse("interviews:calls"), _("The call list"))]


def _call(row: Call) -> Line:
    """Return whom to call, why, and at which number."""
    person = row.interview.appointment.person
    word, kind = (_("late"), "wait") if row.is_late else ("", "")
    text = lambda: _("%(why)s: %(number)s") % {"why": row.why_words, "number": row.phone_shown}
    return Line(person.name if person else "", text, row.url, row.due_at, word, kind, is_hot=row.is_late)


def rooms_beside(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Read with the appointments of a day the rooms of those by video, and whether somebody waits in front of them."""
    waits = Seat.objects.filter(
        interview__appointment=OuterRef("pk"), state=SeatState.WAITING, sitter=Sitter.PERSON
    )
    return rows.select_related("interview").annotate(is_waited=Exists(waits))


def rooms_said(rows: Sequence[Appointment]) -> OfDay:
    """Return the rooms of a day."""
    lines = [_room(row) for row in rows if row.channel == Channel.VIDEO]
    return OfDay(ROOMS, lines, reverse("interviews:waiting"), _("Who waits by video"))


def _room(row: Any) -> Line:
    """Return the way into one room, and whether somebody waits in front of it."""
    room = getattr(row, "interview", None)
    word, kind, is_waited = "", "", False
    if room is not None and room.state == State.ENDED:
        word, kind = _("ended"), "good"
    elif row.is_waited:
        word, kind, is_waited = _("waits for you"), "wait", True
    name = row.person.name if row.person else ""
    url = reverse("interviews:enter", kwargs={"appointment_id": row.pk})
    return Line(name, row.kind.title, url, row.starts_at, word, kind, is_hot=is_waited)
