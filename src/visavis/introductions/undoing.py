"""Take back the last act, for a day: what it caused is taken back with it."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.acts.ledger import acting
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import flow, limits, permissions, telling
from visavis.introductions.enums import Act, NewsKind, Reason, Side, State
from visavis.introductions.models import Introduction, Step
from visavis.introductions.steps import Ledger, NotNow, lock, lock_jobseeker
from visavis.jobseekers import services as jobseekers
from visavis.people.models import User
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy


class TooLateToUndo(Refused):
    """More than a day has passed."""

    words = _("An answer can be taken back for one day, and that day has passed. Call us.")


class Undoing(Ledger):
    """Puts introductions back where they stood."""

    def never_was(self, row: Introduction, step: Step) -> None:
        """Withdraw what had just begun."""
        row.state, row.reason = State.WITHDRAWN, Reason.MISTAKE
        row.closed_at, row.closed_by = clock.now(), step.side

    def stand_again(self, row: Introduction) -> None:
        """Refuse what can no longer stand; where the employer reads as many as he may, she waits her turn again."""
        if row.state in flow.WAITING and row.vacancy.state != Vacancy.State.OPEN:
            raise NotNow
        if row.state == State.PUT and flow.room(row.vacancy, besides=row.pk) <= 0:
            row.state, row.put_at = State.WANTED, None
        twins = Introduction.objects.open().filter(jobseeker=row.jobseeker_id, vacancy=row.vacancy_id)
        if row.is_open and twins.exclude(pk=row.pk).exists():
            raise NotNow

    def may_follow(self, row: Introduction, caused: Step) -> bool:
        """A vacancy that closed meanwhile leaves closed what a hire closed, but for those who had both said yes."""
        return row.vacancy.state == Vacancy.State.OPEN or caused.from_state == State.AGREED


def can_undo(introduction: Introduction, by: User) -> bool:
    """Say whether the actor may take the last act back now."""
    step = introduction.last_act()
    return step is not None and step.is_within(limits.UNDO) and may_take_back(introduction, step, by)


def may_take_back(introduction: Introduction, step: Step, by: User) -> bool:
    """Who acts for the side of a step; of a wish, whoever noted it at the counter."""
    return permissions.acts_as(by, introduction, Side(step.side)) or permissions.noted_lately(
        by, introduction
    )


def undo(*, introduction: Introduction, by: User, seen: int | None = None) -> Introduction:
    """Take back the last act of one's own side within a day. Raises NotNow, TooLateToUndo, Moved.

    A hire taken back frees its position, opens its vacancy again, and the other introductions that it
    closed, unless somebody has acted on them since.
    """
    with acting(Undoing) as ledger:
        lock_jobseeker(introduction.jobseeker_id)
        touched = Introduction.objects.filter(
            Q(steps__because_of__introduction=introduction) & Q(steps__undone_at__isnull=True)
        ).values_list("vacancy_id", flat=True)
        row = lock(introduction, seen, *touched)
        step = row.last_act()
        if step is None or not may_take_back(row, step, by):
            raise NotNow
        if not step.is_within(limits.UNDO):
            raise TooLateToUndo
        _undo_hire(row, step, by)
        for other in ledger.take_back(row, step, by):
            ledger.tell(other, NewsKind.UNDONE, Side.JOBSEEKER, *telling.reached(other), but=by)
        if step.act != Act.WANT:
            ledger.tell(row, NewsKind.UNDONE, Side.JOBSEEKER, *telling.reached(row), but=by)
        transaction.on_commit(partial(flow.put_next, row.vacancy_id), robust=True)
    return row


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
