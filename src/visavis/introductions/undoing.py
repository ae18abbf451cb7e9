"""Take back the last act, for a day: what it caused is taken back with it."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import flow, limits, permissions
from visavis.introductions.enums import OPEN, Act, Reason, Side, State
from visavis.introductions.models import Introduction, Step, Telling
from visavis.introductions.steps import Ledger, Move, NotNow, acting, held_by, lock, lock_jobseeker, put_back
from visavis.jobseekers import services as jobseekers
from visavis.people.models import User
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy


class TooLateToUndo(Refused):
    """More than a day has passed."""

    def __init__(self) -> None:
        super().__init__(_("An answer can be taken back for one day, and that day has passed. Call us."))


def last_act(introduction: Introduction) -> Step | None:
    """Return the last act of a person that still holds, if nothing but its own effects followed it."""
    for step in introduction.steps.filter(undone_at__isnull=True).exclude(act=Act.UNDO).order_by("-number"):
        if step.side != Side.SERVICE:
            return step
        if step.act != Act.PUT:
            return None
    return None


def can_undo(introduction: Introduction, by: User) -> bool:
    """Say whether the actor may take the last act back now."""
    step = last_act(introduction)
    return (
        step is not None
        and step.at > clock.now() - limits.UNDO
        and permissions.acts_as(by, introduction, Side(step.side))
    )


def undo(*, introduction: Introduction, by: User, seen: int | None = None) -> Introduction:
    """Take back the last act of one's own side within a day. Raises NotNow, TooLateToUndo, Moved.

    A hire taken back frees its position, opens its vacancy again, and the other introductions that it
    closed, unless somebody has acted on them since.
    """
    with acting() as ledger:
        lock_jobseeker(introduction.jobseeker_id)
        touched = Introduction.objects.filter(
            Q(steps__because_of__introduction=introduction) & Q(steps__undone_at__isnull=True)
        ).values_list("vacancy_id", flat=True)
        row = lock(introduction, seen, *touched)
        step = last_act(row)
        if step is None or not permissions.acts_as(by, row, Side(step.side)):
            raise NotNow
        if step.at <= clock.now() - limits.UNDO:
            raise TooLateToUndo
        _undo_hire(row, step, by)
        _restore(ledger, row, step, by)
        for child in step.consequences.filter(undone_at__isnull=True).select_related("introduction"):
            _restore_consequence(ledger, child, by)
        if step.act != Act.WANT:
            ledger.tell(row, Telling.News.UNDONE, Side.JOBSEEKER, *_reached(row), but=by)
        transaction.on_commit(partial(flow.put_next, row.vacancy_id), robust=True)
    return row


def _reached(row: Introduction) -> list[Side]:
    """Return the employer's side, when the introduction has reached it."""
    return [Side.EMPLOYER] if row.put_at or row.origin == Side.EMPLOYER else []


def _restore(ledger: Ledger, row: Introduction, step: Step, by: User) -> None:
    """Put an introduction back where it stood; one that had just begun is withdrawn."""
    before = State(row.state)
    held = held_by(row)
    if not step.from_state:
        row.state, row.reason = State.WITHDRAWN, Reason.MISTAKE
        row.closed_at, row.closed_by = clock.now(), step.side
    else:
        put_back(row, step.before)
    if row.state in (State.PROPOSED, State.WANTED, State.PUT) and row.vacancy.state != Vacancy.State.OPEN:
        raise NotNow
    _wait_again(row)
    _one_open(row)
    step.undone_at = clock.now()
    step.save(update_fields=["undone_at"])
    ledger.write(row, Move(Act.UNDO, Side(step.side), State(row.state), by), before, held)


def _wait_again(row: Introduction) -> None:
    """Let a person wait her turn again when the employer already reads as many as he may."""
    if row.state == State.PUT and flow.room(row.vacancy, besides=row.pk) <= 0:
        row.state, row.put_at = State.WANTED, None


def _one_open(row: Introduction) -> None:
    twins = Introduction.objects.filter(jobseeker=row.jobseeker_id, vacancy=row.vacancy_id, state__in=OPEN)
    if row.state in OPEN and twins.exclude(pk=row.pk).exists():
        raise NotNow


def _restore_consequence(ledger: Ledger, child: Step, by: User) -> None:
    """Put back what a hire closed, unless somebody acted on it since or its vacancy closed meanwhile."""
    row = Introduction.objects.select_for_update(of=("self",)).get(pk=child.introduction_id)
    is_open = row.vacancy.state == Vacancy.State.OPEN
    if row.version != child.number or (not is_open and child.from_state != State.AGREED):
        return
    with transaction.atomic():
        try:
            _restore(ledger, row, child, by)
        except NotNow:
            return
    ledger.tell(row, Telling.News.UNDONE, Side.JOBSEEKER, *_reached(row), but=by)


def _undo_hire(row: Introduction, step: Step, by: User) -> None:
    """Take back what a declaration, a confirmation or a dispute wrote on the hire."""
    hire = getattr(row, "hire", None)
    if hire is None:
        return
    if step.act == Act.DECLARE:
        hire.delete()
        row._state.fields_cache.pop("hire", None)
    elif step.act in (Act.DISPUTE, Act.WITHDRAW, Act.NOT_HIRE):
        hire.disputed_at = None
        hire.save(update_fields=["disputed_at"])
    elif step.act == Act.CONFIRM:
        hire.follow_ups.all().delete()
        hire.seat = hire.confirmed_by = hire.confirmed_at = None
        hire.confirmed_side = ""
        hire.save()
        if row.vacancy.state == Vacancy.State.FILLED:
            row.vacancy = vacancies.reopen(vacancy=row.vacancy, by=by)
        jobseekers.look(jobseeker=row.jobseeker, is_looking=True, by=by)
