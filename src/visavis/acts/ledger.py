"""One door to move a row: held, checked against its table, written down; the journal last.

Locks are taken in one order, so that two acts never wait for each other: what an app names first, each
kind by its numbers (`hold`), then the row (`read_anew`), then the journal.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from visavis.acts.models import UNDO, Moving
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry

# Called with a row and its step in the transaction of the act: what fails here undoes the act.
WITH_EACH_STEP: list[Callable[[Any, Any], object]] = []


class NotNow(Refused):
    """The act does not go with the state of the row. Each state machine says it in its own words."""


class Moved(Refused):
    """Somebody acted meanwhile: the page that was answered is no longer true. Nothing is written."""

    words = _("Something happened since you opened this page. Read where it stands, then answer again.")


@dataclass(frozen=True)
class Move:
    """One act for one side, by somebody or by nobody, and where it leads."""

    act: str
    side: str
    target: str
    by: Any = None
    because_of: Any = None


class Ledger:
    """What one act does: its steps, and the journal, which is written last."""

    # What is raised when the table does not have a move.
    refusal: type[NotNow]

    def __init__(self) -> None:
        self.acts: list[tuple[journal.Act, int | None]] = []

    def step(self, row: Any, move: Move, **changes: Any) -> Any:
        """Move a row, if its table allows it, and write the step. Raises NotNow."""
        before = row.state if row.pk else None
        if not row.TABLE.allows(before, move.act, move.side, move.target):
            raise self.refusal()
        held = row.held()
        for name, value in ({"state": move.target} | changes).items():
            setattr(row, name, value)
        return self._write(row, move, before, held)

    def _write(self, row: Moving, move: Move, before: str | None, held: dict[str, Any]) -> Any:
        """Save what was changed and add the row that says so."""
        row.version = row.version + 1 if row.pk else 1
        row.changed_at = clock.now()
        row.heard(move.side)
        row.save()
        step = row.steps.create(
            number=row.version,
            at=row.changed_at,
            act=move.act,
            side=move.side,
            by=move.by,
            from_state=before or "",
            to_state=row.state,
            because_of=move.because_of,
            before=held,
            **row.said(),
        )
        for also in WITH_EACH_STEP:
            also(row, step)
        action = Entry.Action.CHANGED if before else Entry.Action.CREATED
        self.note(journal.Act(action, row.THING, row.pk, row.person_id, note=self.words(row, move)), move.by)
        return step

    def words(self, row: Any, move: Move) -> str:
        """Return what the journal says of a move: which act, for which side."""
        return f"{move.act}:{move.side}"

    def note(self, act: journal.Act, by: Any) -> None:
        """Add an act of another kind to the journal."""
        self.acts.append((act, by.pk if by else None))

    def close(self) -> None:
        """Write the journal, last."""
        for act, by in self.acts:
            journal.record(act, by=by)

    # Taking back -----------------------------------------------------------------------------------

    def take_back(self, row: Any, step: Any, by: Any) -> list[Any]:
        """Take a step back, and what it caused with it; return the other rows that stand again. Raises NotNow.

        A row on which somebody acted since stays as it is.
        """
        self._restore(row, step, by)
        again = []
        for caused in step.consequences.filter(undone_at__isnull=True):
            other = caused.moved()
            if other.version != caused.number or not self.may_follow(other, caused):
                continue
            try:
                with transaction.atomic():
                    self._restore(other, caused, by)
            except NotNow:
                continue
            again.append(other)
        return again

    def _restore(self, row: Moving, step: Any, by: Any) -> None:
        """Put a row back where it stood; one that had just begun never was."""
        before, held = row.state, row.held()
        if step.from_state:
            row.put_back(step.before)
        else:
            self.never_was(row, step)
        self.stand_again(row)
        step.undone_at = clock.now()
        step.save(update_fields=["undone_at"])
        self._write(row, Move(UNDO, step.side, row.state, by), before, held)

    def never_was(self, row: Any, step: Any) -> None:
        """Give a row that had just begun the state of what never was."""
        raise self.refusal()

    def stand_again(self, row: Any) -> None:
        """Check, and make right, a row put back where it stood. Raises NotNow."""

    def may_follow(self, row: Any, caused: Any) -> bool:
        """Say whether what a step caused is taken back with it."""
        return True


@contextmanager
def acting[L: Ledger](kind: type[L]) -> Iterator[L]:
    """Do all of one act or nothing of it."""
    with transaction.atomic():
        ledger = kind()
        yield ledger
        ledger.close()


def hold[M: models.Model](rows: "models.QuerySet[M]", numbers: Iterable[int]) -> dict[int, M]:
    """Hold rows until the end of the act, always in the order of their numbers."""
    held = rows.select_for_update(of=("self",)).filter(pk__in=set(numbers)).order_by("pk")
    return {row.pk: row for row in held}


def read_anew[M: Moving](rows: "models.QuerySet[M]", number: int, seen: int | None = None) -> M:
    """Hold one row and read it anew. `seen` is the version on the page that was answered. Raises Moved."""
    row = rows.select_for_update(of=("self",)).get(pk=number)
    if seen is not None and row.version != seen:
        raise Moved
    return row
