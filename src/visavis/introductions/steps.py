"""One door to change an introduction: locked, checked against the table, written down, told.

Locks are taken in one order, so that two acts never wait for each other: the jobseeker, the vacancies
by number, then the journal, last.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move, Moved
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import frozen, permissions, telling
from visavis.introductions.enums import CLOSED, Act, NewsKind, Side, State
from visavis.introductions.models import Introduction, Step
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import as_what
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

__all__ = [
    "Ledger", "Move", "Moved", "NotNow", "NotYours", "acting", "acting_on", "lock", "lock_jobseeker", "lock_vacancies",
]  # fmt: skip


# While either side can stop what one person noted for both, nothing else is done.
IN_A_DELAY = frozenset({Act.SECOND, Act.WITHDRAW, Act.REFUSE, Act.EXPIRE, Act.CLOSE})


class NotNow(acts.NotNow):
    """The act does not go with the state of the introduction."""

    words = _("This can no longer be done: the introduction has moved on. Here is where it stands.")


class NotYours(Refused):
    """The actor does not act for that side."""

    words = _("This answer belongs to somebody else.")


class Ledger(acts.Ledger):
    """What one act does: its steps, its news, and the journal, which is written last."""

    refusal = NotNow

    def step(self, row: Introduction, move: Move, **changes: Any) -> Step:
        """Move an introduction, if the table allows it, and write the step. Raises NotNow."""
        before = row.state if row.pk else None
        if row.delayed_since is not None and move.act not in IN_A_DELAY:
            raise NotNow
        if move.target in CLOSED:
            who = "" if move.target == State.HIRED else move.side
            changes = {"closed_at": clock.now(), "closed_by": who, "delayed_since": None} | changes
        step: Step = super().step(row, move, **changes)
        if frozen.is_due(before, row):
            frozen.freeze([row])
        return step

    def words(self, row: Introduction, move: Move) -> str:
        """Say also that who acted stood in for her counsellor."""
        as_ = as_what(move.by, row.jobseeker) if move.by is not None else ""
        return ":".join(filter(None, [super().words(row, move), as_]))

    def tell(self, row: Introduction, kind: NewsKind, *sides: Side, but: User | None = None) -> None:
        """Give a piece of news to one side or both; who acted is not told what she did."""
        telling.tell(row, kind, sides, but)


def acting() -> AbstractContextManager[Ledger]:
    """Do all of one act or nothing of it."""
    return acts.acting(Ledger)


@contextmanager
def acting_on(
    introduction: Introduction, side: Side, by: User, seen: int | None, *others: int
) -> Iterator[tuple[Ledger, Introduction]]:
    """Do one act for one side of an introduction, held and read anew. Raises Moved, NotYours."""
    with acting() as ledger:
        row = lock(introduction, seen, *others)
        if not permissions.acts_as(by, row, side):
            raise NotYours
        yield ledger, row


# Locks -------------------------------------------------------------------------------------------


def lock_jobseeker(jobseeker_id: int) -> Jobseeker:
    """Hold one person's introductions until the end of the act."""
    return Jobseeker.objects.select_for_update(of=("self",)).select_related("user").get(pk=jobseeker_id)


def lock_vacancies(vacancy_ids: Iterable[int]) -> dict[int, Vacancy]:
    """Hold vacancies, always in the order of their numbers."""
    return acts.hold(Vacancy.objects.select_related("employer"), vacancy_ids)


def lock(introduction: Introduction, seen: int | None = None, *others: int) -> Introduction:
    """Hold an introduction, its person and its vacancy, and read it anew.

    `seen` is the version on the page that was answered. Raises Moved when it is no longer that.
    """
    jobseeker = lock_jobseeker(introduction.jobseeker_id)
    vacancies = lock_vacancies([introduction.vacancy_id, *others])
    row = acts.read_anew(Introduction.objects.select_related("hire"), introduction.pk, seen)
    row.jobseeker, row.vacancy = jobseeker, vacancies[row.vacancy_id]
    return row
