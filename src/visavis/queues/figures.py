"""What the head reads of the queue: who comes at which hour, and how long each kind waits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.common.sheets import Sheet
from visavis.queues.enums import Priority, State
from visavis.queues.models import Ticket
from visavis.queues.services import today
from visavis.ui import plots
from visavis.ui.dates import hour_of_minute

DAYS = dt.timedelta(days=28)
# Beside the priorities, a kind of wait of its own.
SHORT = "short"


@dataclass
class Hour:
    """What came in one hour of the day, over all days: how many, their waits until the first call in minutes."""

    hour: int
    came: int = 0
    missed: int = 0
    left: int = 0
    waits: dict[int | str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def words(self) -> str:
        return hour_of_minute(self.hour * 60)

    def median(self, *kinds: int | str) -> float | None:
        """Return how long the middle one of some kinds waited."""
        found = [wait for kind in kinds for wait in self.waits[kind]]
        return median(found) if found else None

    @property
    def with_appointment(self) -> str:
        return minutes(self.median(Priority.EXPECTED))

    @property
    def without_appointment(self) -> str:
        return minutes(self.median(Priority.USUAL))

    @property
    def short(self) -> str:
        return minutes(self.median(SHORT))


def minutes(wait: float | None) -> str:
    return "" if wait is None else str(round(wait))


def hours(agency: Agency) -> list[Hour]:
    """Return the hours of the last four weeks in which somebody came, by the clock of the agency."""
    first = today(agency) - DAYS
    found: dict[int, Hour] = {}
    rows = Ticket.objects.filter(agency=agency, day__gte=first).values_list(
        "came_at", "called_at", "priority", "state", "is_short"
    )
    for came_at, called_at, priority, state, is_short in rows:
        at = came_at.astimezone(agency.zone).hour
        one = found.setdefault(at, Hour(at))
        one.came += 1
        one.missed += state == State.MISSED
        one.left += state == State.LEFT
        if called_at:
            one.waits[SHORT if is_short else priority].append((called_at - came_at).total_seconds() / 60)
    return [found[at] for at in sorted(found)]


def plot(rows: Iterable[Hour]) -> plots.BarPlot:
    """Draw how long the middle one of all who came in an hour waited."""
    middle = [(one.words, one.median(*Priority, SHORT)) for one in rows]
    bars = [plots.BarRow(words, wait, str(round(wait))) for words, wait in middle if wait is not None]
    return plots.bars(
        bars,
        title=_("Wait until the first call, by the hour of coming, in minutes"),
        label_words=_("Hour"),
        value_words=_("Minutes"),
    )


def sheet(rows: Iterable[Hour]) -> Sheet:
    """Return the figures as a table that leaves."""
    head = [
        _("Hour"), _("Came"), _("Wait without an appointment (min)"), _("Wait for a short matter (min)"),
        _("Wait with an appointment (min)"),
        _("Did not come when called"), _("Left before"),
    ]  # fmt: skip
    cells = (
        (one.words, one.came, one.without_appointment, one.short, one.with_appointment, one.missed, one.left)
        for one in rows
    )
    return Sheet(_("queue"), head, cells)
