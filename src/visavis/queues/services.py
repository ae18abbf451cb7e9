"""The queue of a door: a number for everybody who comes, and each called once.

Guaranteed, by the database and not by care: a number is given once a day, two desks never call the same ticket
(`steps_of_a_ticket_follow`), nobody serves two at once.
"""

import datetime as dt
import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger
from visavis.acts.ledger import Move, acting, hold, read_anew
from visavis.agencies import roles
from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User
from visavis.queues import expected, live, turns
from visavis.queues.enums import AT_A_DESK, HERE, OVER, Act, Priority, Side, State
from visavis.queues.models import Ticket

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 10
MOST_CALLS = 3
MOST_HERE = 300
TRIES = 5


class NotNow(ledger.NotNow):
    """The ticket does not stand where the act begins."""

    words = _("This ticket has moved meanwhile. Look at the board again.")


class DoorClosed(Refused):
    """Nobody comes in when the door is closed."""

    words = _("The door is closed now. Tickets are given while it is open.")


class QueueFull(Refused):
    """More people wait than a day can serve."""

    words = _("Very many people wait already. Speak to reception, please.")


class NobodyWaits(Refused):
    """No ticket is left for this desk."""

    words = _("Nobody waits for you now.")


class StillServing(Refused):
    """One is served after the other."""

    words = _("Finish the ticket that is at your desk first, or put it on hold.")


class NoDesk(Refused):
    """A person must know where to go."""

    words = _("Say first at which desk you are.")


class NotAColleague(Refused):
    """A ticket is passed to somebody who works there."""

    words = _("Choose a colleague who works in this agency today.")


class NotShort(Refused):
    """It is in line with the others already."""

    words = _("This ticket is no short matter: finish it, or put it on hold.")


class TooFewCalls(Refused):
    """Somebody who walks slowly is not missed."""

    words = _("Call three times before you note that nobody came.")


class TicketLedger(ledger.Ledger):
    """Writes what happened to a ticket."""

    refusal = NotNow

    def __init__(self) -> None:
        super().__init__()
        self.moved: dict[int, list[Ticket]] = {}

    def step(self, row: Any, move: Move, **changes: Any) -> Any:
        """Move a ticket, and remember whose queue moved."""
        self.moved.setdefault(row.agency_id, []).append(row)
        return super().step(row, move, **changes)

    def close(self) -> None:
        """Write the journal, and tell the open pages of each door."""
        super().close()
        for agency_id, tickets in sorted(self.moved.items()):
            live.moved(agency_id, tickets)


def today(agency: Agency) -> dt.date:
    """Return the day at the door."""
    return clock.now().astimezone(agency.zone).date()


def come_in(
    *,
    agency: Agency,
    by: User | None,
    person: User | None = None,
    to: User | None = None,
    priority: Priority = Priority.USUAL,
    is_short: bool = False,
) -> Ticket:
    """Give the next number of the day; who has one already keeps it. Raises DoorClosed, QueueFull, NotAColleague.

    A person who is expected comes before others, to who receives her, by the hour of her appointment. Who comes first
    anyway, or to one colleague, is no short matter.
    """
    now, day, due_at = clock.now(), today(agency), None
    booked = expected.appointment_of(agency, person, day) if person is not None and to is None else None
    if booked is not None:
        to, due_at = expected.receiver(booked, day), booked.starts_at
        priority = min(priority, Priority.EXPECTED)
    if by is None and not agency.timetable.is_open(now):
        raise DoorClosed
    if to is not None and not roles.held(agency, to).exists():
        raise NotAColleague
    with acting(TicketLedger) as book:
        # One number after the other; without this the constraint refuses, and somebody stands there without one.
        hold(Agency.objects.order_by(), [agency.pk])
        _end_days_before(agency, day, book)
        tickets = Ticket.objects.of_day(agency, day)
        if person is not None and (kept := tickets.filter(person=person, state__in=HERE).first()):
            return kept
        if tickets.filter(state__in=HERE).count() >= MOST_HERE:
            raise QueueFull
        last: int | None = tickets.aggregate(last=Max("number"))["last"]
        row = Ticket(
            agency=agency,
            day=day,
            number=(last or 0) + 1,
            code="".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH)),
            person=person,
            to=to,
            priority=priority,
            came_at=now,
            ranks_at=max(now, due_at) if due_at else now,
            is_short=is_short and to is None and priority == Priority.USUAL,
        )
        side = Side.AGENCY if by is not None else Side.PERSON
        book.step(row, Move(Act.COME_IN, side, State.WAITING, by))
    return row


def _end_days_before(agency: Agency, day: dt.date, book: TicketLedger) -> None:
    """Note that whoever was left of a day before has gone."""
    left = Ticket.objects.filter(agency=agency, day__lt=day).exclude(state__in=OVER)
    for number in left.order_by("pk").values_list("pk", flat=True):
        row = read_anew(Ticket.objects.all(), number)
        if row.state not in OVER:
            book.step(row, Move(Act.LEAVE, Side.SERVICE, State.LEFT), ended_at=clock.now())


def call_next(*, agency: Agency, desk: str, by: User) -> Ticket:
    """Call who is next for this desk, by the rule of `turns.py`. Raises NoDesk, StillServing, NobodyWaits."""
    if not desk.strip():
        raise NoDesk
    day = today(agency)
    for _time in range(TRIES):
        try:
            with acting(TicketLedger) as book:
                if Ticket.objects.of_day(agency, day).filter(served_by=by, state__in=AT_A_DESK).exists():
                    raise StillServing
                rows = Ticket.objects.of_day(agency, day).waiting().for_desk_of(by)
                # What another desk calls at this moment is passed over.
                free = rows.select_for_update(of=("self",), skip_locked=True)
                heads = rows.filter(is_short=False).first(), rows.filter(is_short=True).first()
                is_short = turns.calls_short(agency, day, by, heads)
                kinds = free.filter(is_short=is_short), free.filter(is_short=not is_short)
                row = kinds[0].first() or kinds[1].first()
                if row is None:
                    raise NobodyWaits
                _call(book, row, desk, by)
                return row
        except IntegrityError:
            # Another desk was first, or this one pressed twice.
            continue
    raise NobodyWaits


def call(*, ticket: Ticket, desk: str, by: User, seen: int | None = None) -> Ticket:
    """Call one ticket, or call it again. Raises NoDesk, StillServing, NotNow, ledger.Moved."""
    if not desk.strip():
        raise NoDesk
    try:
        with acting(TicketLedger) as book:
            row = _anew(ticket, seen)
            mine = Ticket.objects.of_day(row.agency, row.day).filter(served_by=by, state__in=AT_A_DESK)
            if mine.exclude(pk=row.pk).exists():
                raise StillServing
            if row.state == State.CALLED and (row.served_by_id != by.pk or row.calls >= MOST_CALLS):
                raise NotNow
            _call(book, row, desk, by)
    except IntegrityError as error:
        raise NotNow from error
    return row


def _call(book: TicketLedger, row: Ticket, desk: str, by: User) -> None:
    now = clock.now()
    again = row.state == State.CALLED
    book.step(
        row,
        Move(Act.CALL, Side.AGENCY, State.CALLED, by),
        called_at=row.called_at or now,
        last_called_at=now,
        calls=row.calls + 1 if again else 1,
        served_by=by,
        desk=desk.strip()[:12],
    )


def begin(*, ticket: Ticket, by: User, seen: int | None = None) -> Ticket:
    """Note that who was called is at the desk."""
    return _move(ticket, Act.BEGIN, State.SERVING, by, seen, begun_at=clock.now())


def miss(*, ticket: Ticket, by: User, seen: int | None = None) -> Ticket:
    """Note that nobody came, after three calls. Raises TooFewCalls."""
    if ticket.calls < MOST_CALLS:
        raise TooFewCalls
    return _move(ticket, Act.MISS, State.MISSED, by, seen)


def put_on_hold(*, ticket: Ticket, by: User, seen: int | None = None) -> Ticket:
    """Let a ticket wait aside, for a paper or a phone call; the desk is free."""
    return _move(ticket, Act.HOLD, State.ON_HOLD, by, seen)


def come_back(*, ticket: Ticket, by: User | None, seen: int | None = None) -> Ticket:
    """Put who was missed, or on hold, back in line at the place it had."""
    return _move(ticket, Act.BACK, State.WAITING, by, seen, calls=0, served_by=None, desk="")


def pass_on(*, ticket: Ticket, to: User, by: User, seen: int | None = None) -> Ticket:
    """Pass a ticket to a colleague, before those who came without an appointment. Raises NotAColleague."""
    if to.pk == by.pk or not roles.held(ticket.agency, to).exists():
        raise NotAColleague
    changes: dict[str, Any] = {
        "to": to,
        "priority": Priority.FIRST,
        "is_short": False,
        "calls": 0,
        "served_by": None,
        "desk": "",
    }
    return _move(ticket, Act.PASS, State.WAITING, by, seen, **changes)


def take_longer(*, ticket: Ticket, by: User, seen: int | None = None) -> Ticket:
    """Put a short matter that is none in line with the others, at the place of its arrival. Raises NotShort."""
    if not ticket.is_short:
        raise NotShort
    changes: dict[str, Any] = {"is_short": False, "calls": 0, "served_by": None, "desk": ""}
    return _move(ticket, Act.LONGER, State.WAITING, by, seen, **changes)


def finish(*, ticket: Ticket, by: User, seen: int | None = None) -> Ticket:
    """Note that all is done; with it, that her appointment took place."""
    with transaction.atomic():
        row = _move(ticket, Act.FINISH, State.FINISHED, by, seen, ended_at=clock.now())
        if row.person is not None:
            expected.took_place(row.agency, row.person, row.came_at, by)
    return row


def leave(*, ticket: Ticket, by: User | None, seen: int | None = None) -> Ticket:
    """Note that somebody has gone: by herself on her phone, or by reception."""
    return _move(ticket, Act.LEAVE, State.LEFT, by, seen, ended_at=clock.now())


def _move(
    ticket: Ticket, act: Act, target: State, by: User | None, seen: int | None, **changes: Any
) -> Ticket:
    """Move a ticket one step, for the agency or for who holds its code. Raises NotNow, ledger.Moved."""
    side = Side.AGENCY if by is not None else Side.PERSON
    with acting(TicketLedger) as book:
        row = _anew(ticket, seen)
        if by is not None and row.state in AT_A_DESK and row.served_by_id != by.pk and act != Act.LEAVE:
            raise NotNow
        book.step(row, Move(act, side, target, by), **changes)
    return row


def _anew(ticket: Ticket, seen: int | None) -> Ticket:
    return read_anew(Ticket.objects.select_related("agency"), ticket.pk, seen)
