"""One door to change an introduction: locked, checked against the table, written down, told.

Locks are taken in one order, so that two acts never wait for each other: the jobseeker, the vacancies
by number, then the journal, last.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import telling
from visavis.introductions.enums import CLOSED, Act, Side, State
from visavis.introductions.models import Introduction, Step, Telling
from visavis.introductions.table import allows
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

DATES = ("answer_by",)
MOMENTS = (
    "jobseeker_yes_at",
    "put_at",
    "employer_yes_at",
    "closed_at",
    "meeting_at",
    "meeting_agreed_at",
    "reminded_at",
)
CODES = ("state", "closed_by", "reason", "meeting_place", "meeting_by", "employer_contact_id")
CHANGES = (*DATES, *MOMENTS, *CODES)


class NotNow(Refused):
    """The act does not go with the state of the introduction."""

    def __init__(self) -> None:
        super().__init__(
            _("This can no longer be done: the introduction has moved on. Here is where it stands.")
        )


class Moved(Refused):
    """Somebody acted meanwhile: the page that was answered is no longer true. Nothing is written."""

    def __init__(self) -> None:
        super().__init__(
            _("Something happened since you opened this page. Read where it stands, then answer again.")
        )


@dataclass(frozen=True)
class Move:
    """One act for one side, by somebody or by nobody, and where it leads."""

    act: Act
    side: Side
    target: State
    by: User | None = None
    because_of: Step | None = None


class Ledger:
    """What one act does: its steps, its news, and the journal, which is written last."""

    def __init__(self) -> None:
        self.acts: list[tuple[journal.Act, int | None]] = []

    def step(self, introduction: Introduction, move: Move, **changes: Any) -> Step:
        """Move an introduction, if the table allows it, and write the step. Raises NotNow."""
        before = State(introduction.state) if introduction.pk else None
        if not allows(before, move.act, move.side, move.target):
            raise NotNow
        held = held_by(introduction)
        if move.target in CLOSED:
            who = "" if move.target == State.HIRED else move.side
            changes = {"closed_at": clock.now(), "closed_by": who} | changes
        introduction.state = move.target
        for name, value in changes.items():
            setattr(introduction, name, value)
        return self.write(introduction, move, before, held)

    def write(
        self, introduction: Introduction, move: Move, before: State | None, held: dict[str, Any]
    ) -> Step:
        """Save what was changed and add the row that says so."""
        introduction.version = introduction.version + 1 if introduction.pk else 1
        introduction.changed_at = clock.now()
        introduction.save()
        step = Step.objects.create(
            introduction=introduction,
            number=introduction.version,
            act=move.act,
            side=move.side,
            by=move.by,
            from_state=before or "",
            to_state=introduction.state,
            reason=introduction.reason if introduction.state in CLOSED else "",
            because_of=move.because_of,
            before=held,
        )
        action = Entry.Action.CHANGED if before else Entry.Action.CREATED
        person = introduction.jobseeker.user_id
        note = f"{move.act}:{move.side}"
        self.note(journal.Act(action, "introduction", introduction.pk, person, note=note), move.by)
        return step

    def note(self, act: journal.Act, by: User | None) -> None:
        """Add an act of another kind to the journal."""
        self.acts.append((act, by.pk if by else None))

    def tell(
        self, introduction: Introduction, news: Telling.News, *sides: Side, but: User | None = None
    ) -> None:
        """Give a piece of news to one side or both; who acted is not told what she did."""
        for user in telling.people_of(introduction, sides):
            if but is None or user.pk != but.pk:
                telling.tell(introduction, user, news)

    def close(self) -> None:
        """Write the journal, last."""
        for act, by in self.acts:
            journal.record(act, by=by)


@contextmanager
def acting() -> Iterator[Ledger]:
    """Do all of one act or nothing of it."""
    with transaction.atomic():
        ledger = Ledger()
        yield ledger
        ledger.close()


def held_by(introduction: Introduction) -> dict[str, Any]:
    """Return what an undo puts back, as JSON keeps it."""
    held = {name: getattr(introduction, name) for name in CHANGES}
    return {
        name: value.isoformat() if value is not None and name in (*DATES, *MOMENTS) else value
        for name, value in held.items()
    }


def put_back(introduction: Introduction, held: dict[str, Any]) -> None:
    """Give an introduction what it held before a step."""
    for name, value in held.items():
        if name in DATES:
            value = parse_date(value) if value else None
        elif name in MOMENTS:
            value = parse_datetime(value) if value else None
        setattr(introduction, name, value)


# Locks -------------------------------------------------------------------------------------------


def lock_jobseeker(jobseeker_id: int) -> Jobseeker:
    """Hold one person's introductions until the end of the act."""
    return Jobseeker.objects.select_for_update(of=("self",)).select_related("user").get(pk=jobseeker_id)


def lock_vacancies(vacancy_ids: Iterable[int]) -> dict[int, Vacancy]:
    """Hold vacancies, always in the order of their numbers."""
    rows = Vacancy.objects.select_for_update(of=("self",)).filter(pk__in=set(vacancy_ids)).order_by("pk")
    return {vacancy.pk: vacancy for vacancy in rows.select_related("employer")}


def lock(introduction: Introduction, seen: int | None = None, *others: int) -> Introduction:
    """Hold an introduction, its person and its vacancy, and read it anew.

    `seen` is the version on the page that was answered. Raises Moved when it is no longer that.
    """
    jobseeker = lock_jobseeker(introduction.jobseeker_id)
    vacancies = lock_vacancies([introduction.vacancy_id, *others])
    row = Introduction.objects.select_for_update(of=("self",)).select_related("hire").get(pk=introduction.pk)
    if seen is not None and row.version != seen:
        raise Moved
    row.jobseeker, row.vacancy = jobseeker, vacancies[row.vacancy_id]
    return row
