"""Hold, book, move and cancel. What is promised: of one time a counsellor, a person and a place of a workshop are
taken once, whoever asks at the same moment and from wherever. The database keeps it (`models/appointment.py`): time is
taken five minutes a row, in order, so that who asks second is refused and nobody waits in a circle."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move
from visavis.appointments import free, permissions
from visavis.appointments.enums import Act, Channel, Side, State, Way
from visavis.appointments.free import Search
from visavis.appointments.inviting import services as inviting
from visavis.appointments.models import Appointment, Kind, Quantum, Seat, Workshop
from visavis.appointments.models.appointment import instant_of, quantum_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User

HOLD = dt.timedelta(minutes=10)
TRIES = 3
# What PostgreSQL says of two that waited for each other.
DEADLOCK = "40P01"


class Taken(Refused):
    """Somebody was faster, or the time is not given at all."""

    words = _("This time has just been taken. Choose one of the next free times.")


class Elsewhere(Refused):
    """She has another appointment in these minutes."""

    words = _(
        "There is another appointment at this time. Choose another time, or cancel the other one first."
    )


class HoldOver(Refused):
    """Ten minutes have passed."""

    words = _("Ten minutes have passed: the time is free again. Choose it once more, or another one.")


class TooLate(Refused):
    """It is too near: she calls."""


class NoNumber(Refused):
    """We call her, and know no number."""

    words = _(
        "No phone number is known, so nobody can call. Choose another way to meet, or note a number first."
    )


class NotNow(acts.NotNow):
    """The act does not go with the state of the appointment."""

    words = _("Something happened to this appointment meanwhile. Here is where it stands.")


class NotGiven(Refused):
    """The kind is not given in this way."""

    words = _("Choose how to meet among the answers of the page.")


class Ledger(acts.Ledger):
    """What one act does: its steps, and the journal, which is written last."""

    refusal = NotNow


@dataclass(frozen=True)
class Wanted:
    """What is to be booked: a kind at a time, or a workshop; how one meets; by what way it is booked."""

    kind: Kind
    starts_at: dt.datetime
    channel: str
    way: Way = Way.WEB
    workshop: Workshop | None = None

    @property
    def ends_at(self) -> dt.datetime:
        return self.workshop.ends_at if self.workshop else self.starts_at + self.kind.length


def channels_for(kind: Kind, person: User | None) -> list[str]:
    """Return how one may meet: who has no number is not called. Of who has no account it is not known yet."""
    is_called = person is None or bool(person.phone)
    return [one for one in kind.channels if is_called or one != Channel.PHONE]


def hold(*, wanted: Wanted, person: User | None, by: User | None) -> Appointment:
    """Hold a time for ten minutes. Raises Taken, Elsewhere, NotGiven, NoCounsellor, NoNumber."""
    _check(wanted, person)
    free_what_is_over()
    return _first_of(wanted, person, by, lambda row: row)


def book(*, wanted: Wanted, person: User, by: User) -> Appointment:
    """Hold a time and book it at once, as the agency does. Raises what `hold` raises."""
    _check(wanted, person)
    free_what_is_over()
    return _first_of(wanted, person, by, lambda row: _book(row, person, by))


def confirm(*, uid: Any, person: User, by: User) -> Appointment:
    """Book what is held, for a person. Raises HoldOver, Elsewhere, NoCounsellor, NoNumber."""

    def confirmed() -> Appointment:
        with transaction.atomic():
            held = Appointment.objects.select_for_update(of=("self",)).select_related(
                "kind__agency", "agency", "workshop"
            )
            row = held.held_now().filter(uid=uid).first()
            if row is None or row.person_id not in (None, person.pk):
                raise HoldOver
            _check_number(row.channel, person)
            named = permissions.whom(person, row.kind)
            if named is not None and row.counsellor_id not in {one.user_id for one in named}:
                raise permissions.NoCounsellor
            if row.workshop_id and row.person_id is None:
                wanted = Wanted(row.kind, row.starts_at, row.channel, workshop=row.workshop)
                _take(row, None, wanted, person.pk)
            row.quanta.update(person=person)
            return _book(row, person, by)

    return _elsewhere(lambda: again(confirmed))


def let_go(meets: Callable[[Appointment], bool] = lambda _row: True, **named: Any) -> None:
    """Let go of what is held, by its columns and, where given, by what it meets: the time is free at once."""
    with transaction.atomic():
        held = Appointment.objects.select_for_update(of=("self",)).filter(state=State.HELD, **named)
        for row in filter(meets, held.select_related("agency").order_by("pk")):
            row.delete()


def free_what_is_over() -> int:
    """Let go of what was held for too long; return how much."""
    over = Appointment.objects.filter(state=State.HELD, held_until__lte=clock.now())
    if not over.exists():
        return 0
    with transaction.atomic():
        # Read anew under the lock: who confirms at this moment keeps it.
        rows = list(over.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
        for row in rows:
            row.delete()
    return len(rows)


def move(
    *, appointment: Appointment, starts_at: dt.datetime, by: User, seen: int | None = None
) -> Appointment:
    """Take another time in place of the one that is booked; without it, the old one stands.

    Raises TooLate, Taken, Elsewhere, NotNow, Moved.
    """
    side = _side(appointment, by)
    if side == Side.PERSON and not permissions.can_change(appointment):
        raise TooLate(_("It is too near to be changed here. Please call the agency."))
    wanted = Wanted(appointment.kind, starts_at, appointment.channel)
    free_what_is_over()
    with_whom = _candidates(wanted, appointment.person)
    if appointment.counsellor_id in with_whom:
        with_whom = [appointment.counsellor_id, *with_whom]

    def moved(counsellor: int) -> Appointment:
        with acts.acting(Ledger) as book:
            row = acts.read_anew(Appointment.objects.with_words(), appointment.pk, seen)
            _free(row)
            _take(row, counsellor, wanted, row.person_id)
            times = wanted.starts_at, wanted.ends_at
            _put(book, row, Move(Act.MOVE, side, State.BOOKED, by), times, counsellor)
        return row

    return _one_of(with_whom, moved, wanted, appointment.person)


def hold_in_place(
    *, appointment: Appointment, starts_at: dt.datetime, until: dt.datetime
) -> Appointment | None:
    """Hold an earlier time for who waits for one; nothing if somebody was faster, or she waits no more."""
    wanted = Wanted(appointment.kind, starts_at, appointment.channel)
    for counsellor in _candidates(wanted, appointment.person):
        try:
            return again(partial(_held_in_place, appointment, wanted, counsellor, until))
        except IntegrityError:
            continue
    return None


def _held_in_place(
    appointment: Appointment, wanted: Wanted, counsellor: int, until: dt.datetime
) -> Appointment | None:
    with transaction.atomic():
        row = acts.read_anew(Appointment.objects.with_words(), appointment.pk)
        waits = row.state == State.BOOKED and row.wants_earlier_at is not None
        if not waits or row.starts_at != appointment.starts_at:
            return None
        held = Appointment(
            agency=row.agency,
            kind=row.kind,
            counsellor_id=counsellor,
            person=row.person,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            channel=row.channel,
            way=row.way,
            state=State.HELD,
            held_until=until,
            in_place_of=row,
        )
        held.save(force_insert=True)
        # Her own minutes are taken once she says yes: until then she is where she likes.
        _take(held, counsellor, wanted, None)
        mine = Appointment.objects.filter(pk=row.pk)
        mine.update(offers=F("offers") + 1, offered_at=clock.now())
    return held


def take_earlier(*, appointment: Appointment, by: User, seen: int | None = None) -> Appointment:
    """Move to the earlier time that is held for her; the later one is free at once.

    Raises HoldOver, Elsewhere, NotNow, Moved.
    """
    side = _side(appointment, by)

    def taken() -> Appointment:
        with acts.acting(Ledger) as book:
            row = acts.read_anew(Appointment.objects.with_words(), appointment.pk, seen)
            held = Appointment.objects.select_for_update(of=("self",)).filter(in_place_of=row)
            found = held.filter(held_until__gt=clock.now()).first()
            if found is None:
                raise HoldOver
            row.quanta.all().delete()
            found.quanta.update(appointment=row, person=row.person_id)
            found.delete()
            move = Move(Act.MOVE, side, State.BOOKED, by)
            _put(book, row, move, (found.starts_at, found.ends_at), found.counsellor_id)
            look_again(row)
        return row

    return _elsewhere(lambda: again(taken))


def cancel(*, appointment: Appointment, by: User | None, seen: int | None = None) -> Appointment:
    """Cancel: by the person (or noted for her) it is excused, by the agency revoked. Raises TooLate, NotNow, Moved."""
    side = _side(appointment, by)
    if side == Side.PERSON and not permissions.can_cancel(appointment):
        raise TooLate(_("It is too near to be cancelled here. Please call the agency."))
    act, target = (Act.EXCUSE, State.EXCUSED) if side == Side.PERSON else (Act.REVOKE, State.REVOKED)
    return _end(appointment, Move(act, side, target, by), seen)


def revoke(*, appointment: Appointment, by: User | None) -> Appointment:
    """Cancel for the agency, whoever of it does so, or nobody. Raises NotNow."""
    side = Side.SERVICE if by is None else Side.AGENCY
    return _end(appointment, Move(Act.REVOKE, side, State.REVOKED, by), None)


def leave(*, appointment: Appointment, by: User) -> Appointment:
    """Cancel for who closes her account: also where it is too near for her to cancel it here. Raises NotNow."""
    return _end(appointment, Move(Act.EXCUSE, Side.PERSON, State.EXCUSED, by), None)


def give(*, appointment: Appointment, to: User, by: User | None) -> Appointment:
    """Let somebody else receive, at the same hour. Raises Taken when he is not free, NotNow."""
    side = Side.SERVICE if by is None else Side.AGENCY
    try:
        with acts.acting(Ledger) as book:
            row = acts.read_anew(Appointment.objects.with_words(), appointment.pk)
            # Of who comes to a workshop her own time is taken, and of who leads it the workshop's.
            row.quanta.filter(counsellor__isnull=False).update(counsellor=to)
            book.step(row, Move(Act.GIVE, side, State.BOOKED, by), counsellor=to, sequence=row.sequence + 1)
    except IntegrityError:
        raise Taken from None
    return row


def excuse(*, appointment: Appointment, by: User, seen: int | None = None) -> Appointment:
    """Note that she cannot come, as she said to the agency. Raises NotNow, Moved."""
    return _end(appointment, Move(Act.EXCUSE, Side.AGENCY, State.EXCUSED, by), seen)


def settle(*, appointment: Appointment, act: Act, by: User, seen: int | None = None) -> Appointment:
    """Note that it took place, or, once it has begun, that the person did not come. Raises NotNow, Moved.

    Who was there before her hour and was received (a ticket, an interview) was seen before it.
    """
    targets = {Act.SEE: State.SEEN, Act.MISS: State.NO_SHOW}
    with acts.acting(Ledger) as book:
        row = acts.read_anew(Appointment.objects.with_words(), appointment.pk, seen)
        if act not in targets or (act == Act.MISS and not row.has_begun):
            raise NotNow
        book.step(row, Move(act, Side.AGENCY, targets[act], by))
    return row


def next_free(kind: Kind, person: User | None, *, number: int = 3) -> list[dt.datetime]:
    """Return the next free times of a kind for a person."""
    try:
        named = permissions.whom(person, kind)
    except Refused:
        return []
    first = free.today_at(kind.agency)
    for days in (7, free.WEEKS * 7):
        search = Search(kind.agency, kind.minutes, first, first + dt.timedelta(days=days), named)
        if len(times := free.find(search).times[:number]) == number:
            break
    return times


# How it is taken -----------------------------------------------------------------------------------


def again[Done](act: Callable[[], Done]) -> Done:
    """Do an act; one of two that waited for each other is done again, three times at most."""
    for _time in range(TRIES - 1):
        try:
            return act()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != DEADLOCK:
                raise
    return act()


def _check(wanted: Wanted, person: User | None) -> None:
    if person is not None:
        _check_number(wanted.channel, person)
    if wanted.channel not in wanted.kind.channels or wanted.kind.is_workshop != (wanted.workshop is not None):
        raise NotGiven


def _check_number(channel: str, person: User) -> None:
    if channel == Channel.PHONE and not person.phone:
        raise NoNumber


def _candidates(wanted: Wanted, person: User | None) -> list[int]:
    """Return who is free then, whoever has least to do first. Raises NoCounsellor."""
    named = permissions.whom(person, wanted.kind)
    day = wanted.starts_at.astimezone(wanted.kind.agency.zone).date()
    search = Search(wanted.kind.agency, wanted.kind.minutes, day, day, named)
    found = free.find(search).at.get(quantum_of(wanted.starts_at), [])
    return found if instant_of(quantum_of(wanted.starts_at)) == wanted.starts_at else []


def _first_of(
    wanted: Wanted, person: User | None, by: User | None, then: Callable[[Appointment], Appointment]
) -> Appointment:
    """Take the time of the first counsellor, or the first place of the workshop, that nobody else has."""
    workshop = wanted.workshop

    def taken(which: int) -> Appointment:
        with transaction.atomic():
            row = Appointment(
                agency=wanted.kind.agency,
                kind=wanted.kind,
                workshop=workshop,
                counsellor_id=workshop.holder_id if workshop else which,
                person=person,
                starts_at=wanted.starts_at,
                ends_at=wanted.ends_at,
                channel=wanted.channel,
                way=wanted.way,
                by=by,
                state=State.HELD,
                held_until=clock.now() + HOLD,
            )
            row.save(force_insert=True)
            if workshop:
                Seat.objects.create(workshop=workshop, number=which, places=workshop.places, appointment=row)
            _take(row, None if workshop else which, wanted, person.pk if person else None)
            return then(row)

    return _one_of(_places(workshop) if workshop else _candidates(wanted, person), taken, wanted, person)


def _places(workshop: Workshop) -> list[int]:
    """Return the numbers of the places that nobody has."""
    if workshop.is_off or workshop.starts_at <= clock.now():
        return []
    gone = set(workshop.seats.values_list("number", flat=True))
    return [one for one in range(1, workshop.places + 1) if one not in gone]


def _one_of(
    choices: list[int], take: Callable[[int], Appointment], wanted: Wanted, person: User | None
) -> Appointment:
    for one in choices:
        try:
            return again(partial(take, one))
        except IntegrityError:
            if person is not None and _is_elsewhere(person, wanted):
                raise Elsewhere from None
    raise Taken


def _is_elsewhere(person: User, wanted: Wanted) -> bool:
    """Say whether a person is taken by something else in these minutes."""
    first, last = quantum_of(wanted.starts_at), quantum_of(wanted.ends_at)
    return Quantum.objects.filter(person=person, at__gte=first, at__lt=last).exists()


def _elsewhere(act: Callable[[], Appointment]) -> Appointment:
    try:
        return act()
    except IntegrityError:
        raise Elsewhere from None


def _take(row: Appointment, counsellor: int | None, wanted: Wanted, person: int | None) -> None:
    """Write the time that is taken, in order."""
    if counsellor is None and person is None:
        return
    first, last = quantum_of(wanted.starts_at), quantum_of(wanted.ends_at - dt.timedelta(seconds=1)) + 1
    Quantum.objects.bulk_create(
        Quantum(
            at=at,
            counsellor_id=counsellor,
            person_id=person,
            appointment=row,
            length=last - first if at == first else 0,
        )
        for at in range(first, last)
    )


def _put(
    book: Ledger, row: Appointment, move: Move, times: tuple[dt.datetime, dt.datetime], counsellor: int | None
) -> None:
    """Write the other time of an appointment: who waited for an earlier one waits no more, a reminder goes anew.

    It lasts as long as the time that was taken: as its kind says today.
    """
    starts_at, ends_at = times
    book.step(
        row,
        move,
        starts_at=starts_at,
        ends_at=ends_at,
        counsellor_id=counsellor,
        sequence=row.sequence + 1,
        reminded_at=None,
        wants_earlier_at=None,
        offers=0,
        offered_at=None,
    )


def _free(row: Appointment) -> None:
    """Free the time of an appointment, and what is held in its place; who waits for an earlier one is looked after."""
    row.quanta.all().delete()
    Appointment.objects.filter(in_place_of=row).delete()
    look_again(row)


def look_again(row: Appointment) -> None:
    """Let the sweep look for who waits for an earlier time: one of this agency fell free."""
    waiting = Appointment.objects.booked().filter(agency=row.agency_id, wants_earlier_at__isnull=False)
    waiting.update(looked_at=None)


def _book(row: Appointment, person: User, by: User) -> Appointment:
    with acts.acting(Ledger) as book:
        row.person = person
        inviting.note_booked(row, is_hers=by.pk == person.pk)
        side = Side.PERSON if by.pk == person.pk else Side.AGENCY
        book.step(row, Move(Act.BOOK, side, State.BOOKED, by), held_until=None, by=by)
    return row


def _side(appointment: Appointment, by: User | None) -> Side:
    if by is None:
        return Side.SERVICE
    return Side.PERSON if by.pk == appointment.person_id else Side.AGENCY


def _end(appointment: Appointment, move: Move, seen: int | None) -> Appointment:
    """Cancel it and free its time."""
    with acts.acting(Ledger) as book:
        row = acts.read_anew(Appointment.objects.with_words(), appointment.pk, seen)
        book.step(row, move, sequence=row.sequence + 1)
        _free(row)
        Seat.objects.filter(appointment=row).delete()
        if move.act == Act.REVOKE:
            inviting.open_again(row, move.by)
    return row
