"""Open an interview, let people arrive, admit them one by one, put out, leave, end.

Guaranteed: nobody is admitted but by an act of the service; who was put out stays out; who sits beside was agreed to by
the person; of a seat only the last page that was opened counts. Every act is a step of the ledger and in the journal.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger
from visavis.acts.ledger import Move, acting, hold, read_anew
from visavis.appointments.enums import Channel
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.interviews import live
from visavis.interviews.enums import BESIDE, Act, SeatAct, SeatState, Side, Sitter, State
from visavis.interviews.models import Interview, Seat
from visavis.interviews.models.seat import MOST_SEATS
from visavis.live import services as bulletins
from visavis.people.models import User

HERE = (SeatState.WAITING, SeatState.ADMITTED)
EAR_BYTES = 16


class NotNow(ledger.NotNow):
    """The seat or the interview does not stand where the act begins."""

    words = _("Something changed meanwhile. Here is where it stands.")


class TooEarly(Refused):
    """The waiting room opens a quarter of an hour before."""

    words = _("The waiting room opens fifteen minutes before the hour.")


class Over(Refused):
    """Its time is past, or it was ended."""

    words = _("This interview is over. Call the agency if you still need it.")


class NotAgreed(Refused):
    """Nobody sits beside without the person's yes."""

    words = _("The person has not said yes yet to who comes with you.")


class NoSeatLeft(Refused):
    """Four sit in a room at most."""

    words = _("Four people are in a room at most.")


class NotByVideo(Refused):
    """One meets otherwise."""

    words = _("This appointment is not by video.")


class Ledger(ledger.Ledger):
    """What one act does, and whom it is told to at its end."""

    refusal = NotNow

    def __init__(self) -> None:
        super().__init__()
        self.rooms: dict[int, Mapping[str, Any]] = {}

    def tell(self, interview: Interview, body: Mapping[str, Any] | None = None) -> None:
        """Remember what the pages of a room are told."""
        self.rooms[interview.pk] = body or {"k": "seats"}

    def close(self) -> None:
        """Write the journal, then tell the open pages."""
        super().close()
        for number, body in self.rooms.items():
            live.tell(Seat.objects.filter(interview=number, ear__isnull=False), body)


def of(*, appointment: Appointment, by: User | None) -> Interview:
    """Return the interview of an appointment with its two seats; it is made when there is none. Raises NotByVideo."""
    if appointment.channel != Channel.VIDEO:
        raise NotByVideo
    found = Interview.objects.with_words().filter(appointment=appointment).first()
    if found is not None:
        return found
    side = Side.SERVICE if by is None else Side.PERSON if by.pk == appointment.person_id else Side.AGENCY
    try:
        with acting(Ledger) as book:
            row = Interview(appointment=appointment)
            book.step(row, Move(Act.OPEN, side, State.TO_COME, by))
            for number, sitter in ((1, Sitter.COUNSELLOR), (2, Sitter.PERSON)):
                seat = Seat(interview=row, number=number, sitter=sitter)
                if sitter == Sitter.PERSON:
                    seat.user = appointment.person
                book.step(seat, Move(SeatAct.INVITE, side, SeatState.INVITED, by))
    except IntegrityError:
        # Two came at once: it is there.
        return Interview.objects.with_words().get(appointment=appointment)
    return row


def arrive(*, seat: Seat, by: User | None) -> Seat:
    """Let somebody wait before the room; the counsellor comes in. Who waits or is admitted already stays so.

    Raises TooEarly, Over, NotNow when she was put out.
    """
    with acting(Ledger) as book:
        row = _held(seat)
        _check_time(row.interview)
        if row.state in HERE:
            return row
        is_host = row.sitter == Sitter.COUNSELLOR
        target = SeatState.ADMITTED if is_host else SeatState.WAITING
        now = clock.now()
        side = Side.AGENCY if row.is_of_the_service else Side.PERSON
        changes: dict[str, Any] = {"arrived_at": now, "heard_at": now, "ear": _ear()}
        if is_host:
            changes |= {"user": by, "admitted_at": now}
        book.step(row, Move(SeatAct.ARRIVE, side, target, by), **changes)
        book.tell(row.interview)
    if not is_host:
        _ring(row.interview)
    return row


def connect(*, seat: Seat) -> Seat:
    """Make a page that was opened the one that counts: the former hears no more. Who was cut is not admitted anew.

    Raises Over, TooEarly, NotNow.
    """
    with transaction.atomic():
        row = _held(seat)
        _check_time(row.interview)
        if row.state not in HERE:
            raise NotNow
        live.tell([row], {"k": "moved"})
        row.ear, row.connection, row.heard_at = _ear(), row.connection + 1, clock.now()
        row.save(update_fields=["ear", "connection", "heard_at"])
        live.tell(_others(row), {"k": "seats", "n": row.number, "c": row.connection})
    return row


def sign(*, seat: Seat, connection: int, is_here: bool = True) -> bool:
    """Note that a page is still there, or goes; one that does not count any more says nothing: return whether."""
    now = clock.now() if is_here else None
    counts = Seat.objects.filter(pk=seat.pk, connection=connection, state__in=HERE).update(heard_at=now) > 0
    if counts and not is_here:
        live.tell(_others(seat), {"k": "gone"})
    return counts


def admit(*, seat: Seat, by: User, seen: int | None = None) -> Seat:
    """Let one person who waits into the room. Raises NotNow, NotAgreed, Over, ledger.Moved."""
    with acting(Ledger) as book:
        row = _held(seat, seen)
        _check_time(row.interview)
        if row.is_beside and row.agreed_at is None:
            raise NotAgreed
        book.step(row, Move(SeatAct.ADMIT, Side.AGENCY, SeatState.ADMITTED, by), admitted_at=clock.now())
        if row.interview.state == State.TO_COME:
            book.step(row.interview, Move(Act.BEGIN, Side.AGENCY, State.RUNNING, by), begun_at=clock.now())
        book.tell(row.interview)
    return row


def invite(*, interview: Interview, sitter: Sitter, name: str, by: User, user: User | None = None) -> Seat:
    """Give a third or fourth seat: the person's own is agreed to with it. Raises NoSeatLeft, Over."""
    with acting(Ledger) as book:
        room = hold(Interview.objects.with_words(), [interview.pk])[interview.pk]
        if room.is_over:
            raise Over
        taken = set(room.seats.values_list("number", flat=True))
        number = next((one for one in range(1, MOST_SEATS + 1) if one not in taken), None)
        if number is None or sitter not in BESIDE:
            raise NoSeatLeft
        side = Side.PERSON if by.pk == room.person_id else Side.AGENCY
        agreed_at = clock.now() if side == Side.PERSON else None
        row = Seat(
            interview=room, number=number, sitter=sitter, name=name[:80], user=user, agreed_at=agreed_at
        )
        book.step(row, Move(SeatAct.INVITE, side, SeatState.INVITED, by))
        book.tell(room)
    return row


def agree(*, seat: Seat, by: User | None) -> Seat:
    """Note the person's yes to who sits beside. Raises NotNow."""
    with acting(Ledger) as book:
        row = _held(seat)
        if not row.is_beside or row.agreed_at is not None:
            raise NotNow
        book.step(row, Move(SeatAct.AGREE, Side.PERSON, SeatState(row.state), by), agreed_at=clock.now())
        book.tell(row.interview)
    return row


def put_out(*, seat: Seat, by: User | None, side: Side = Side.AGENCY) -> Seat:
    """Put somebody out at once: her page hears nothing more, the others' close what leads to her. Raises NotNow."""
    with acting(Ledger) as book:
        row = _held(seat)
        if row.sitter == Sitter.COUNSELLOR or (side == Side.PERSON and not row.is_beside):
            raise NotNow
        live.tell([row], {"k": "out", "n": row.number})
        book.step(row, Move(SeatAct.PUT_OUT, side, SeatState.OUT, by), ear=None)
        book.tell(row.interview, {"k": "out", "n": row.number})
    return row


def let_back(*, seat: Seat, by: User) -> Seat:
    """Let who was put out come and wait again; who sits beside by a new link. Raises NotNow."""
    with acting(Ledger) as book:
        row = _held(seat)
        link = row.link + 1 if row.is_beside else row.link
        book.step(row, Move(SeatAct.INVITE, Side.AGENCY, SeatState.INVITED, by), link=link)
        book.tell(row.interview)
    return row


def leave(*, seat: Seat, by: User | None) -> Seat:
    """Note that somebody has gone herself; she may come back, and waits again. Raises NotNow."""
    with acting(Ledger) as book:
        row = _held(seat)
        side = Side.AGENCY if row.is_of_the_service else Side.PERSON
        book.step(row, Move(SeatAct.LEAVE, side, SeatState.LEFT, by), ear=None, heard_at=None)
        book.tell(row.interview)
    return row


def end(*, interview: Interview, by: User | None) -> Interview:
    """End it for all who sit or wait in it. Raises NotNow."""
    with acting(Ledger) as book:
        room = hold(Interview.objects.with_words(), [interview.pk])[interview.pk]
        side = Side.SERVICE if by is None else Side.AGENCY
        here = list(room.seats.select_for_update().filter(state__in=HERE).order_by("pk"))
        live.tell(here, {"k": "ended"})
        for seat in here:
            seat.interview = room
            book.step(seat, Move(SeatAct.LEAVE, Side.SERVICE, SeatState.LEFT), ear=None, heard_at=None)
        room.laid.filter(taken_away_at__isnull=True).update(taken_away_at=clock.now())
        book.step(room, Move(Act.END, side, State.ENDED, by), ended_at=clock.now())
    return room


def resume(*, interview: Interview, by: User) -> Interview:
    """Go on with what was ended by mistake, within its time. Raises NotNow, Over."""
    with acting(Ledger) as book:
        room = hold(Interview.objects.with_words(), [interview.pk])[interview.pk]
        if clock.now() > room.closes_at:
            raise Over
        book.step(room, Move(Act.RESUME, Side.AGENCY, State.RUNNING, by), ended_at=None)
    return room


def _held(seat: Seat, seen: int | None = None) -> Seat:
    """Hold the room, then the seat, and read both anew."""
    room = hold(Interview.objects.with_words(), [seat.interview_id])[seat.interview_id]
    row = read_anew(Seat.objects.select_related("user"), seat.pk, seen)
    row.interview = room
    return row


def _check_time(room: Interview) -> None:
    if room.is_too_early:
        raise TooEarly
    if room.is_over:
        raise Over


def _others(seat: Seat) -> Iterable[Seat]:
    return Seat.objects.filter(interview=seat.interview_id, ear__isnull=False).exclude(pk=seat.pk)


def _ear() -> str:
    return secrets.token_urlsafe(EAR_BYTES)


def _ring(room: Interview) -> None:
    """Tell the counsellor, on whatever page, that somebody has arrived: each time again."""
    counsellor = room.appointment.counsellor_id
    if counsellor is not None:
        bulletins.tell("me", {"interview": room.pk}, to=counsellor)
