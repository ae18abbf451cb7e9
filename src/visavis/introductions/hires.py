"""Hires: declared by one side, confirmed by another, and still there after 1, 3 and 6 months.

Guarantees: a vacancy never has more confirmed hires than positions, whoever answers at the same moment;
who declared a hire cannot confirm it.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import ContractKind
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.introductions import flow, limits, permissions
from visavis.introductions.enums import OPEN, Act, NewsKind, Reason, Side, State
from visavis.introductions.models import FollowUp, Hire, Introduction
from visavis.introductions.services import WrongDay
from visavis.introductions.steps import (
    Ledger,
    Move,
    NotNow,
    NotYours,
    acting,
    acting_on,
    lock,
    lock_jobseeker,
)
from visavis.jobseekers import services as jobseekers
from visavis.journal.models import Entry
from visavis.journal.services import Act as JournalAct
from visavis.people.models import User
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy

MOST_HOURS = Decimal(48)

AFTER_HIRE = Listeners[int]()
"""Functions called with a hire's id once it is confirmed, or taken back, and committed."""


class AllFilled(Refused):
    """Every position of the vacancy has its confirmed hire."""

    words = _("All positions of this vacancy are filled. The employer can raise the number of positions.")


class WrongHire(Refused):
    """The kind, the day or the hours of the hire cannot be."""


@dataclass(frozen=True)
class Terms:
    """What a hire is: the kind of contract, the first day, the hours a week when they are known."""

    kind: str
    starts_on: dt.date
    hours_week: Decimal | None = None

    def check(self) -> None:
        """Raise WrongHire or WrongDay when it cannot be."""
        if self.kind not in ContractKind.values:
            raise WrongHire(_("Choose the kind of contract."))
        today = clock.today()
        if not today - dt.timedelta(days=366) <= self.starts_on <= today + dt.timedelta(days=366):
            raise WrongDay(_("Choose a first day of work within a year from now, before or after."))
        if self.hours_week is not None and not 0 < self.hours_week <= MOST_HOURS:
            raise WrongHire(_("Write the hours a week, between 1 and 48."))


def declare(
    *, introduction: Introduction, side: Side, terms: Terms, by: User, seen: int | None = None
) -> Hire:
    """Say that there is a hire; the other side or her counsellor confirms it.

    Raises NotYours, Moved, NotNow, AllFilled, WrongHire, WrongDay.
    """
    terms.check()
    with acting_on(introduction, side, by, seen) as (ledger, row):
        former = getattr(row, "hire", None)
        if former is not None and not former.disputed_at:
            raise NotNow
        if _free_seat(row.vacancy) is None:
            raise AllFilled
        ledger.step(row, Move(Act.DECLARE, side, State(row.state), by))
        if former is not None:
            former.delete()
        hire = Hire.objects.create(
            introduction=row, vacancy=row.vacancy, declared_side=side, declared_by=by, **vars(terms)
        )
        ledger.tell(row, NewsKind.DECLARED, *({Side.JOBSEEKER, Side.EMPLOYER} - {side}), but=by)
    return hire


def confirm(*, introduction: Introduction, side: Side, by: User, seen: int | None = None) -> Hire:
    """Confirm a hire that somebody else declared: it takes a position, and closes what it makes vain.

    Raises NotYours, Moved, NotNow, AllFilled.
    """
    others = Introduction.objects.filter(jobseeker=introduction.jobseeker_id, state__in=OPEN)
    with acting() as ledger:
        lock_jobseeker(introduction.jobseeker_id)
        row = lock(introduction, seen, *others.values_list("vacancy_id", flat=True))
        if not permissions.acts_as(by, row, side):
            raise NotYours
        hire: Hire | None = getattr(row, "hire", None)
        if hire is None or not hire.is_pending or hire.declared_side == side or hire.declared_by_id == by.pk:
            raise NotNow
        seat = _free_seat(row.vacancy)
        if seat is None:
            raise AllFilled
        step = ledger.step(row, Move(Act.CONFIRM, side, State.HIRED, by))
        hire.seat, hire.confirmed_side, hire.confirmed_by, hire.confirmed_at = seat, side, by, clock.now()
        hire.save()
        FollowUp.objects.bulk_create(
            FollowUp(hire=hire, months=months, due_on=months_after(hire.starts_on, months))
            for months in limits.FOLLOW_UP_MONTHS
        )
        ledger.tell(row, NewsKind.HIRED, Side.JOBSEEKER, Side.EMPLOYER, but=by)
        freed = _close_others(ledger, row, step.pk)
        if _free_seat(row.vacancy) is None and row.vacancy.state == Vacancy.State.OPEN:
            vacancies.close(vacancy=row.vacancy, is_filled=True, by=by)
        jobseekers.look(jobseeker=row.jobseeker, is_looking=False, by=by)
        ledger.note(JournalAct(Entry.Action.CREATED, "hire", hire.pk, row.jobseeker.user_id), by)
        for vacancy_id in freed:
            transaction.on_commit(partial(flow.put_next, vacancy_id), robust=True)
        AFTER_HIRE.call(hire.pk)
    return hire


def _close_others(ledger: Ledger, row: Introduction, step_pk: int) -> list[int]:
    """Close her other introductions and, when all positions are filled, the vacancy's; return whose room is free."""
    step = row.steps.get(pk=step_pk)
    open_rows = Introduction.objects.filter(state__in=OPEN).exclude(pk=row.pk).with_card().order_by("pk")
    hers = list(open_rows.filter(jobseeker=row.jobseeker))
    flow.close(ledger, hers, Reason.HIRED_ELSEWHERE, step)
    if _free_seat(row.vacancy) is None:
        flow.close(ledger, open_rows.filter(vacancy=row.vacancy), Reason.POSITION_FILLED, step)
    return sorted({other.vacancy_id for other in hers})


def _free_seat(vacancy: Vacancy) -> int | None:
    """Return the lowest free position of a vacancy that the caller holds; None when all are filled."""
    taken = set(Hire.objects.filter(vacancy=vacancy, seat__isnull=False).values_list("seat", flat=True))
    return next((seat for seat in range(1, vacancy.positions + 1) if seat not in taken), None)


def dispute(*, introduction: Introduction, side: Side, by: User, seen: int | None = None) -> Introduction:
    """Say that the hire which the other side declared is not so; the counsellor is told.

    Raises NotYours, Moved, NotNow.
    """
    with acting_on(introduction, side, by, seen) as (ledger, row):
        hire = getattr(row, "hire", None)
        if hire is None or not hire.is_pending or hire.declared_side == side:
            raise NotNow
        ledger.step(row, Move(Act.DISPUTE, side, State(row.state), by))
        hire.disputed_at = clock.now()
        hire.save(update_fields=["disputed_at"])
        ledger.tell(row, NewsKind.DISPUTED, Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR, but=by)
    return row


def answer_follow_up(*, question: FollowUp, answer: str, side: Side, by: User) -> FollowUp:
    """Keep the answer to a follow-up, once: the first answer stands. Raises NotYours, NotNow."""
    row = question.hire.introduction
    if not permissions.acts_as(by, row, side):
        raise NotYours
    if answer not in FollowUp.Answer.values or question.due_on > clock.today():
        raise NotNow
    with acting() as ledger:
        kept = FollowUp.objects.filter(pk=question.pk, answered_at__isnull=True).update(
            answer=answer, answered_side=side, answered_by=by, answered_at=clock.now()
        )
        if not kept:
            raise NotNow
        note = JournalAct(Entry.Action.CHANGED, "follow-up", question.pk, row.jobseeker.user_id, answer)
        ledger.note(note, by)
    question.refresh_from_db()
    return question


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, the last day of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError
