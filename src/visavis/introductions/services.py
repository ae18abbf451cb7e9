"""What people do to an introduction. Each act is one step of the table, for one side, by somebody.

Guarantees: what is not in the table is refused (NotNow), a page that is no longer true is refused
(Moved), an act is written whole or not at all, and may be taken back for a day by its own side.
Hires are in hires.py; what happens without anybody is in flow.py.
"""

import datetime as dt
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import beginning, flow, limits, meetings, permissions, reasons
from visavis.introductions.beginning import AlreadyIntroduced, NotHere, TooMany
from visavis.introductions.enums import OPEN, Act, NewsKind, Side, State
from visavis.introductions.meetings import Plan, Where, WrongDay
from visavis.introductions.models import Introduction
from visavis.introductions.steps import (
    Ledger,
    Move,
    Moved,
    NotNow,
    NotYours,
    acting,
    acting_on,
    lock,
    lock_jobseeker,
    lock_vacancies,
)
from visavis.introductions.undoing import TooLateToUndo, undo
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

__all__ = [
    "AlreadyIntroduced", "Moved", "NoReason", "NotHere", "NotNow", "NotYours", "Plan", "TooLate", "TooLateToUndo",
    "TooMany", "WrongDay", "accept", "agree", "ask", "cancel", "decline", "not_hire", "other_time", "propose",
    "refuse", "second", "set_time", "take_time", "undo", "want", "withdraw",
]  # fmt: skip


class TooLate(Refused):
    """The last day to answer has passed."""

    words = _("The last day to answer has passed. You can still ask to be introduced yourself.")


class NoReason(Refused):
    """A no needs one of the reasons of the list."""

    words = _("Choose a reason: it helps to propose better next time.")


# Beginning -----------------------------------------------------------------------------------------


def want(*, jobseeker: Jobseeker, vacancy: Vacancy, by: User, score: float | None = None) -> Introduction:
    """She wishes to be introduced; who suits best is put to the employer first, a few at a time.

    The reception of her agency notes it too, when she says it at the counter.
    Raises NotYours, NotHere, AlreadyIntroduced, TooMany.
    """
    if not permissions.can_wish_for(by, jobseeker):
        raise NotYours
    with acting() as ledger:
        row = _begin(jobseeker, vacancy, Side.JOBSEEKER, score)
        _room_for_wishes(row.jobseeker)
        move = Move(Act.WANT, Side.JOBSEEKER, State.WANTED, by)
        _first(ledger, row, move, jobseeker_yes_at=clock.now())
        _put_later(row)
    return row


def propose(
    *,
    jobseeker: Jobseeker,
    vacancy: Vacancy,
    by: User,
    answer_by: dt.date | None = None,
    note: str = "",
    score: float | None = None,
) -> Introduction:
    """Her counsellor proposes a vacancy, to be answered by a day told with it.

    Raises NotYours, NotHere, AlreadyIntroduced, TooMany, WrongDay.
    """
    if not acts_for(by, jobseeker.user, Capacity.COUNSELLOR):
        raise NotYours
    day = answer_by or clock.today() + dt.timedelta(days=limits.ANSWER_DAYS)
    if not clock.today() < day <= clock.today() + dt.timedelta(days=limits.MOST_ANSWER_DAYS):
        raise WrongDay(_("Choose a last day between tomorrow and 30 days from now."))
    with acting() as ledger:
        row = _begin(jobseeker, vacancy, Side.COUNSELLOR, score)
        _room_for_proposals(row.jobseeker)
        row.note = note.strip()[:500]
        _first(ledger, row, Move(Act.PROPOSE, Side.COUNSELLOR, State.PROPOSED, by), answer_by=day)
        ledger.tell(row, NewsKind.PROPOSED, Side.JOBSEEKER)
    return row


def ask(*, jobseeker: Jobseeker, vacancy: Vacancy, by: User, score: float | None = None) -> Introduction:
    """An employer asks to meet somebody he saw without a name; his yes is said, hers is awaited.

    Raises NotYours, NotHere, AlreadyIntroduced, TooMany.
    """
    if not permissions.works_for(by, vacancy):
        raise NotYours
    with acting() as ledger:
        row = _begin(jobseeker, vacancy, Side.EMPLOYER, score)
        asked = Introduction.objects.filter(
            vacancy=vacancy, state=State.PROPOSED, origin=Side.EMPLOYER
        ).count()
        if asked >= limits.AT_ONCE:
            raise TooMany(_("You have asked several people already. Wait for their answers, then ask more."))
        _room_for_proposals(row.jobseeker)
        day = clock.today() + dt.timedelta(days=limits.ASK_DAYS)
        said = {"answer_by": day, "employer_yes_at": clock.now(), "employer_contact_id": by.pk}
        _first(ledger, row, Move(Act.ASK, Side.EMPLOYER, State.PROPOSED, by), **said)
        ledger.tell(row, NewsKind.PROPOSED, Side.JOBSEEKER)
    return row


def _begin(jobseeker: Jobseeker, vacancy: Vacancy, origin: Side, score: float | None) -> Introduction:
    """Hold both ends and check that they may be introduced."""
    person, held = lock_jobseeker(jobseeker.pk), lock_vacancies([vacancy.pk])[vacancy.pk]
    former = list(Introduction.objects.filter(jobseeker=person, vacancy=held))
    beginning.check(person, held, former, origin, is_open=Vacancy.objects.open().filter(pk=held.pk).exists())
    return Introduction(jobseeker=person, vacancy=held, origin=origin, score=score)


def _first(ledger: Ledger, row: Introduction, move: Move, **changes: Any) -> None:
    try:
        with transaction.atomic():
            ledger.step(row, move, **changes)
    except IntegrityError as error:
        raise AlreadyIntroduced(_("There is an introduction for this vacancy already.")) from error


def _room_for_wishes(jobseeker: Jobseeker) -> None:
    most = limits.MOST_OPEN
    if jobseeker.introductions.filter(state__in=OPEN - {State.PROPOSED}).count() >= most:
        raise TooMany(
            ngettext(
                "You have %(number)s introduction in course. Take it back or wait for an answer, then ask again.",
                "You have %(number)s introductions in course. Take one back or wait for an answer, then ask again.",
                most,
            )
            % {"number": most}
        )


def _room_for_proposals(jobseeker: Jobseeker) -> None:
    beginning.check_room(jobseeker.introductions.filter(state=State.PROPOSED).count())


def _put_later(row: Introduction) -> None:
    transaction.on_commit(partial(flow.put_next, row.vacancy_id), robust=True)


# Answering -----------------------------------------------------------------------------------------


def accept(*, introduction: Introduction, by: User, seen: int | None = None) -> Introduction:
    """She says yes to a proposal. When the employer asked, both have then said yes.

    Raises NotYours, Moved, NotNow, TooLate, TooMany.
    """
    with acting_on(introduction, Side.JOBSEEKER, by, seen) as (ledger, row):
        if row.state == State.PROPOSED and row.answer_by and row.answer_by < clock.today():
            raise TooLate
        asked = row.origin == Side.EMPLOYER
        if not asked and row.state == State.PROPOSED:
            _room_for_wishes(row.jobseeker)
        target = State.AGREED if asked else State.WANTED
        said = {"jobseeker_yes_at": clock.now()}
        if asked:
            said |= _delay(row, Side.EMPLOYER, by)
        ledger.step(row, Move(Act.ACCEPT, Side.JOBSEEKER, target, by), **said)
        if asked:
            _tell_both_yes(ledger, row, by)
        else:
            _put_later(row)
    return row


def decline(*, introduction: Introduction, reason: str, by: User, seen: int | None = None) -> Introduction:
    """She says no to a proposal, with a reason. Raises NotYours, Moved, NotNow, NoReason."""
    with acting_on(introduction, Side.JOBSEEKER, by, seen) as (ledger, row):
        _no(ledger, row, Move(Act.DECLINE, Side.JOBSEEKER, State.DECLINED, by), reason)
        ledger.tell(row, NewsKind.DECLINED, *([Side.EMPLOYER] if row.origin == Side.EMPLOYER else []))
    return row


def agree(*, introduction: Introduction, by: User, seen: int | None = None) -> Introduction:
    """The employer wishes to meet her: both have said yes, and each may reach the other.

    Where one person noted both, either side can stop it first (`second`). Raises NotYours, Moved, NotNow.
    """
    with acting_on(introduction, Side.EMPLOYER, by, seen) as (ledger, row):
        contact = by.pk if permissions.works_for(by, row.vacancy) else None
        said = {"employer_yes_at": clock.now(), "employer_contact_id": contact}
        said |= _delay(row, Side.JOBSEEKER, by)
        ledger.step(row, Move(Act.AGREE, Side.EMPLOYER, State.AGREED, by), **said)
        _tell_both_yes(ledger, row, by)
        _put_later(row)
    return row


def _delay(row: Introduction, other_side: Side, by: User) -> dict[str, Any]:
    """Begin the delay when who says this yes has noted that of the other side too."""
    return {"delayed_since": clock.now()} if permissions.who_said_yes(row, other_side) == by.pk else {}


def _tell_both_yes(ledger: Ledger, row: Introduction, by: User) -> None:
    kind = NewsKind.AGREED if row.delayed_since is None else NewsKind.DELAYED
    ledger.tell(row, kind, Side.JOBSEEKER, Side.EMPLOYER, but=by)


def second(*, introduction: Introduction, by: User, seen: int | None = None) -> Introduction:
    """Another person confirms what one noted for both sides: each may reach the other at once.

    Herself, the employer's people, or a colleague of her agency. Raises NotYours, Moved, NotNow.
    """
    with acting() as ledger:
        row = lock(introduction, seen)
        if row.delayed_since is None:
            raise NotNow
        if not permissions.may_second(by, row):
            raise NotYours
        contact = {"employer_contact_id": by.pk} if permissions.works_for(by, row.vacancy) else {}
        move = Move(Act.SECOND, permissions.seconds_as(by, row), State.AGREED, by)
        ledger.step(row, move, delayed_since=None, **contact)
        ledger.tell(row, NewsKind.AGREED, Side.JOBSEEKER, Side.EMPLOYER, but=by)
    return row


def refuse(*, introduction: Introduction, reason: str, by: User, seen: int | None = None) -> Introduction:
    """The employer does not go on, with a reason; also while what was noted for him can be stopped.

    Raises NotYours, Moved, NotNow, NoReason.
    """
    with acting_on(introduction, Side.EMPLOYER, by, seen) as (ledger, row):
        if row.state == State.AGREED and row.delayed_since is None:
            raise NotNow
        _no(ledger, row, Move(Act.REFUSE, Side.EMPLOYER, State.DECLINED, by), reason)
        ledger.tell(row, NewsKind.DECLINED, Side.JOBSEEKER)
        _put_later(row)
    return row


def withdraw(
    *, introduction: Introduction, side: Side, reason: str, by: User, seen: int | None = None
) -> Introduction:
    """Take back one's own wish or proposal before the other has answered; she may also after both said yes.

    Raises NotYours, Moved, NotNow, NoReason.
    """
    with acting_on(introduction, side, by, seen) as (ledger, row):
        if row.state == State.PROPOSED and side != row.origin:
            raise NotNow
        was = row.state
        _no(ledger, row, Move(Act.WITHDRAW, side, State.WITHDRAWN, by), reason)
        if was == State.PROPOSED:
            ledger.tell(row, NewsKind.WITHDRAWN, Side.JOBSEEKER)
        elif was != State.WANTED:
            ledger.tell(row, NewsKind.WITHDRAWN, Side.EMPLOYER)
        _put_later(row)
    return row


def not_hire(
    *, introduction: Introduction, side: Side, reason: str, by: User, seen: int | None = None
) -> Introduction:
    """Say after both yes that it does not lead to a hire. Raises NotYours, Moved, NotNow, NoReason."""
    with acting_on(introduction, side, by, seen) as (ledger, row):
        _no(ledger, row, Move(Act.NOT_HIRE, side, State.NOT_HIRED, by), reason)
        ledger.tell(row, NewsKind.NOT_HIRED, Side.JOBSEEKER, Side.EMPLOYER, but=by)
    return row


# Meeting -------------------------------------------------------------------------------------------


def set_time(
    *, introduction: Introduction, side: Side, plan: Plan, by: User, seen: int | None = None
) -> Introduction:
    """Propose one to three times to meet, or other ones; an employer says where, with whom and which number to call.

    Raises NotYours, Moved, NotNow, WrongDay, NotSaid, and TakenThen where she proposes a time that she has not.
    """
    checked = plan.checked(meetings.department_of_meeting(introduction))
    with acting_on(introduction, side, by, seen) as (ledger, row):
        whole = meetings.filled(row, checked)
        if side == Side.EMPLOYER:
            meetings.refuse_unsaid(whole)
        elif side == Side.JOBSEEKER:
            meetings.refuse_taken(row, whole)
        said = meetings.columns(whole) | {"meeting_by": side}
        ledger.step(row, Move(Act.SET_TIME, side, State.AGREED, by), **said)
        ledger.tell(row, NewsKind.TIME, other(side), but=by)
    return row


def take_time(
    *,
    introduction: Introduction,
    side: Side,
    by: User,
    at: dt.datetime | None = None,
    where: Where | None = None,
    seen: int | None = None,
) -> Introduction:
    """Agree to a time that the other side proposed; an employer says where, whom to ask for, which number to call.

    Raises NotYours, Moved, NotNow, WrongDay, NotSaid.
    """
    with acting_on(introduction, side, by, seen) as (ledger, row):
        if row.meeting_at is None or row.meeting_by == side:
            raise NotNow
        said: dict[str, Any] = {"meeting_at": meetings.time_taken(row, at), "meeting_agreed_at": clock.now()}
        if side == Side.EMPLOYER:
            whole = meetings.taken(row, where or Where())
            meetings.refuse_unsaid(whole)
            said |= meetings.whereabouts(whole)
        ledger.step(row, Move(Act.TAKE_TIME, side, State.INTERVIEW, by), **said)
        ledger.tell(row, NewsKind.TIME_TAKEN, other(side), but=by)
    return row


def other_time(
    *, introduction: Introduction, side: Side, words: str, by: User, seen: int | None = None
) -> Introduction:
    """None of the times suits: say in words when one could. Raises NotYours, Moved, NotNow, WrongDay."""
    if not words.strip():
        raise WrongDay(_("Say when you could, in a few words."))
    with acting_on(introduction, side, by, seen) as (ledger, row):
        if row.meeting_at is None or row.meeting_by == side:
            raise NotNow
        said = NO_MEETING | {"meeting_wish": words.strip()[:300], "meeting_by": side}
        ledger.step(row, Move(Act.OTHER_TIME, side, State.AGREED, by), **said)
        ledger.tell(row, NewsKind.OTHER_TIME, other(side), but=by)
    return row


def cancel(
    *, introduction: Introduction, side: Side, reason: str, by: User, seen: int | None = None
) -> Introduction:
    """Cancel an agreed meeting that has not begun, with a reason. Raises NotYours, Moved, NotNow, NoReason."""
    with acting_on(introduction, side, by, seen) as (ledger, row):
        if not reasons.is_known(side, Act.CANCEL, reason):
            raise NoReason
        if row.meeting_at is None or row.meeting_at <= clock.now():
            raise NotNow
        said = NO_MEETING | {"meeting_off": reason, "meeting_off_by": side}
        ledger.step(row, Move(Act.CANCEL, side, State.AGREED, by), **said)
        ledger.tell(row, NewsKind.CANCELLED, other(side), but=by)
    return row


NO_MEETING: dict[str, Any] = meetings.CLEARED | {"meeting_at": None, "meeting_slots": [], "meeting_by": ""}


def other(side: Side) -> Side:
    """Return the side across the table."""
    return Side.EMPLOYER if side == Side.JOBSEEKER else Side.JOBSEEKER


def _no(ledger: Ledger, row: Introduction, move: Move, reason: str) -> None:
    """End an introduction with a reason of the list; a hire that was declared is then disputed."""
    if not reasons.is_known(move.side, move.act, reason):
        raise NoReason
    ledger.step(row, move, reason=reason)
    hire = getattr(row, "hire", None)
    if hire is not None and hire.is_pending:
        hire.disputed_at = clock.now()
        hire.save(update_fields=["disputed_at"])
