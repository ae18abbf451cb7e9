"""What moves from state to state, and the steps it made: what every state machine has in its rows."""

import datetime as dt
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from visavis.acts.table import Table
from visavis.common import clock
from visavis.common.prepared import Prepared

# The side of what happens without anybody, and the act that takes another back.
SERVICE, UNDO = "service", "undo"


class Moving(models.Model):
    """A thing that moves: only services write it, and `version` is the number of its last step."""

    TABLE: ClassVar[Table[Any, Any, Any]]
    # What the journal calls it, the fields that an undo puts back, and the acts of the service that only
    # follow from a person's act: they do not stand in the way of taking it back.
    THING: ClassVar[str]
    KEPT: ClassVar[tuple[str, ...]]
    EFFECTS: ClassVar[frozenset[str]] = frozenset()
    steps: Any

    state = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def person_id(self) -> int | None:
        """Return whom it is about, for the journal."""
        raise NotImplementedError

    def said(self) -> dict[str, Any]:
        """Return what a step keeps besides who, what and where to."""
        return {}

    def heard(self, side: str) -> None:
        """Note that a side acts now (`changed_at`), where the thing keeps it: a caseload asks it of hundreds."""

    def held(self) -> dict[str, Any]:
        """Return what an undo puts back, as JSON keeps it."""
        values = {name: getattr(self, name) for name in self.KEPT}
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()
        }

    def put_back(self, held: dict[str, Any]) -> None:
        """Take again what was held before a step."""
        for name, value in held.items():
            column: Any = self._meta.get_field(name)
            setattr(self, name, column.to_python(value))

    def last_act(self) -> Any:
        """Return the last step of a person that still holds, if nothing but its own effects followed it."""
        row = type(self).steps.rel.field.name
        for step in _steps_that_hold(type(self))(self.pk):
            setattr(step, row, self)
            if step.side != SERVICE:
                return step
            if step.act not in self.EFFECTS:
                return None
        return None


@cache
def _steps_that_hold(kind: type[Moving]) -> Prepared[Any]:
    """Ask for the steps of a row that were not taken back, the last first."""
    said = kind.steps.rel
    holding = said.related_model.objects.filter(undone_at__isnull=True).exclude(act=UNDO)
    return Prepared(lambda pk: holding.filter(**{said.field.name: pk}).order_by("-number"))


class Step(models.Model):
    """One act: who, for which side, from which state to which.

    A step taken back keeps its row and says when: no answer is ever lost.
    """

    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10)
    side = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    # The step that caused this one, on this or another row: taken back together.
    because_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="consequences"
    )
    # What the row held before, to put it back.
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"step {self.number} {self.act}"

    def moved(self) -> Moving:
        """Return what it moved, held until the end of the act."""
        raise NotImplementedError

    def is_within(self, time: dt.timedelta) -> bool:
        """Say whether it may still be taken back."""
        return self.at > clock.now() - time
