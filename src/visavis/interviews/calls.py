"""The call list: who is to be called in place of an interview by video, until when, and what became of it.

Guaranteed: who asked stands on the list until somebody says what became of it; one call an interview at a time; every
act is a step of the ledger and in the journal. A call that reached her is the interview: the appointment took place.
"""

import datetime as dt

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger
from visavis.acts.ledger import Move, acting, hold, read_anew
from visavis.appointments import telling
from visavis.appointments.enums import State as AppointmentState
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.interviews import after, services
from visavis.interviews.enums import CallAct, CallState, Side, State, Why
from visavis.interviews.models import Call, Interview
from visavis.live import services as bulletins
from visavis.people.models import User

# Within so long who asks now is called; before the hour of the interview she is called at the hour.
SOON = dt.timedelta(minutes=15)
MOST_TRIES = 3
# What is to be called so soon stands among what waits.
AHEAD = dt.timedelta(hours=1)


class NotNow(ledger.NotNow):
    """The call does not stand where the act begins."""

    words = _("Somebody has called meanwhile. Here is where it stands.")


class NoNumber(Refused):
    """Nobody can be called without one."""

    words = _("At which number do we call you? Write it below.")


class TooFewTries(Refused):
    """Who did not hear the phone is called again."""

    words = _("Call three times before you note that nobody was reached.")


class Ledger(ledger.Ledger):
    """Writes what became of a call."""

    refusal = NotNow


def promised(interview: Interview, now: dt.datetime) -> dt.datetime:
    """Return until when who asks now is called: at the hour, within a quarter of an hour, or when the door opens."""
    row = interview.appointment
    if now < row.ends_at:
        return max(row.starts_at, now + SOON)
    timetable = row.agency.timetable
    if timetable.is_open(now):
        return now + SOON
    return (timetable.next_opening(now) or now) + SOON


def open_call(interview: Interview) -> Call | None:
    """Return the call that is still to be made in place of an interview."""
    return Call.objects.to_make().with_words().filter(interview=interview).first()


def ask(
    *, interview: Interview, why: Why, by: User | None, number: str = "", side: Side = Side.PERSON
) -> Call:
    """Put her on the call list; who stands there already stays, with the new number. Raises NoNumber."""
    person = interview.appointment.person
    if not number and not (person and person.phone):
        raise NoNumber
    try:
        with acting(Ledger) as book:
            room = hold(Interview.objects.with_words(), [interview.pk])[interview.pk]
            there = open_call(room)
            if there is not None:
                if number and number != there.number:
                    there.number = number
                    there.save(update_fields=["number"])
                return there
            row = Call(interview=room, why=why, number=number, due_at=promised(room, clock.now()))
            book.step(row, Move(CallAct.ASK, side, CallState.WANTED, by))
    except IntegrityError:
        # Two taps at once: it is there.
        return Call.objects.to_make().with_words().get(interview=interview)
    ring(row)
    return row


def take_back(*, call: Call, by: User | None, side: Side = Side.PERSON) -> Call:
    """Note that there is no need to call any more. Raises NotNow."""
    return _moved(call, Move(CallAct.TAKE_BACK, side, CallState.TAKEN_BACK, by))


def follow(*, appointment: Appointment, by: User | None) -> None:
    """Keep the promise of a call as its appointment stands now: at the hour it moved to; of what is off, none."""
    call = Call.objects.to_make().with_words().filter(interview__appointment=appointment).first()
    if call is None:
        return
    if appointment.state != AppointmentState.BOOKED:
        take_back(call=call, by=by, side=Side.SERVICE)
        return
    Call.objects.filter(pk=call.pk).update(due_at=promised(call.interview, clock.now()))
    ring(call)


def reach(*, call: Call, by: User, seen: int | None = None) -> Call:
    """Note that she was reached: the appointment took place, by phone. Raises NotNow, Moved."""
    row = _moved(call, Move(CallAct.REACH, Side.AGENCY, CallState.REACHED, by), seen)
    room = row.interview
    after.settle(room, by=by)
    if room.state != State.ENDED:
        services.end(interview=room, by=by)
    return row


def miss(*, call: Call, by: User, seen: int | None = None) -> Call:
    """Note that nobody answered: she is called again. Raises NotNow, Moved."""
    with acting(Ledger) as book:
        row = read_anew(Call.objects.with_words(), call.pk, seen)
        move = Move(CallAct.MISS, Side.AGENCY, CallState.WANTED, by)
        book.step(row, move, tries=row.tries + 1, due_at=max(row.due_at, clock.now() + SOON))
    return row


def give_up(*, call: Call, by: User, seen: int | None = None) -> Call:
    """Note that she could not be reached, after three tries. Raises NotNow, Moved, TooFewTries."""
    if call.tries < MOST_TRIES:
        raise TooFewTries
    row = _moved(call, Move(CallAct.GIVE_UP, Side.AGENCY, CallState.UNREACHED, by), seen)
    telling.tell(row.interview.appointment, telling.UNREACHED)
    return row


def renew(*, call: Call, by: User, seen: int | None = None) -> Call:
    """Note that another time was agreed. Raises NotNow, Moved."""
    return _moved(call, Move(CallAct.RENEW, Side.AGENCY, CallState.NEW_TIME, by), seen)


def ring(call: Call) -> None:
    """Tell the counsellor's open pages that somebody is to be called."""
    counsellor = call.interview.appointment.counsellor_id
    if counsellor is not None:
        bulletins.tell("me", {"call": call.pk}, to=counsellor)


def _moved(call: Call, move: Move, seen: int | None = None) -> Call:
    with acting(Ledger) as book:
        row = read_anew(Call.objects.with_words(), call.pk, seen)
        book.step(row, move)
    return row
