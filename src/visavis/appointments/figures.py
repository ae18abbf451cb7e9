"""What the head reads of appointments: load by hour and kind, who did not come, how long one waits for a first
appointment, and how long the door was open."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.appointments import free
from visavis.appointments.enums import State
from visavis.appointments.models import Appointment
from visavis.appointments.models.kind import read_in
from visavis.common import clock
from visavis.common.sheets import Sheet
from visavis.jobseekers.models import Jobseeker
from visavis.ui import dates, plots
from visavis.ui.dates import hour_of_minute

WEEKS, OPENED_WEEKS = 8, 26
WEEK = dt.timedelta(days=7)
DAY_S = 86_400
KEPT = (State.BOOKED, State.SEEN, State.NO_SHOW)


@dataclass
class OfKind:
    """What became of the appointments of one kind."""

    name: str
    states: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Days from booking to the hour."""

    @property
    def seen(self) -> int:
        return self.states[State.SEEN]

    @property
    def missed(self) -> int:
        return self.states[State.NO_SHOW]

    @property
    def excused(self) -> int:
        return self.states[State.EXCUSED]

    @property
    def revoked(self) -> int:
        return self.states[State.REVOKED]

    @property
    def unsettled(self) -> int:
        return self.states[State.BOOKED]

    @property
    def share_missed(self) -> str:
        """Return how many of those expected did not come, in a hundred."""
        expected = self.seen + self.missed
        return f"{round(100 * self.missed / expected)}" if expected else ""

    @property
    def wait(self) -> str:
        return f"{round(median(self.waits))}" if self.waits else ""


@dataclass(frozen=True)
class ToFirst:
    """How long one waits for a first appointment, of the files opened lately.

    Only those: of a file of long ago nobody knows any more when it was, nor did who comes back wait since then.
    """

    came: Sequence[float]
    """Days from opening a file to the first appointment that took place."""
    waits: Sequence[float]
    """Days so far of who has had none; until the end, of whom nobody follows any more."""

    @property
    def files(self) -> int:
        return len(self.came) + len(self.waits)

    @property
    def middle(self) -> float | None:
        """Return the days within which half of them come, by the estimate of Kaplan and Meier (1958).

        Who still waits counts as long as she has: left out, a queue that grows would look short. None where
        fewer than half have come.
        """
        left = 1.0
        for day in sorted({*self.came}):
            there = sum(one >= day for one in (*self.came, *self.waits))
            left *= 1 - sum(one == day for one in self.came) / there
            if left <= 0.5 + 1e-9:
                return day
        return None


@dataclass(frozen=True)
class Week:
    """One week of the door: hours it was open, appointments that were to take place."""

    first: dt.date
    open_hours: float
    appointments: int

    @property
    def words(self) -> str:
        return dates.day(self.first)


@dataclass(frozen=True)
class Figures:
    """All of it, of eight weeks, this one included."""

    first: dt.date
    kinds: Sequence[OfKind]
    by_hour: Sequence[tuple[int, int]]
    weeks: Sequence[Week]
    to_first: ToFirst

    @property
    def number(self) -> int:
        return sum(sum(one.states.values()) for one in self.kinds)

    @property
    def first_wait(self) -> str:
        middle = self.to_first.middle
        return "" if middle is None else f"{round(middle)}"


def of(agency: Agency) -> Figures:
    """Count eight weeks of an agency, this one included, by the clock on its wall."""
    today = free.today_at(agency)
    last = today + dt.timedelta(days=7 - today.weekday())
    first = last - WEEKS * WEEK
    starts, ends = (dt.datetime.combine(day, dt.time(), agency.zone) for day in (first, last))
    rows = Appointment.objects.filter(
        agency=agency, starts_at__gte=starts, starts_at__lt=min(ends, clock.now())
    )
    kinds: dict[int, OfKind] = {}
    hours: Counter[int] = Counter()
    weeks: defaultdict[dt.date, int] = defaultdict(int)
    told = rows.exclude(state=State.HELD).values_list(
        "kind", "kind__name", "kind__name_en", "state", "at", "starts_at"
    )
    for kind, name, name_en, state, at, starts_at in told.order_by("kind"):
        one = kinds.setdefault(kind, OfKind(read_in(name, name_en)))
        one.states[state] += 1
        if state not in KEPT:
            continue
        one.waits.append((starts_at - at).total_seconds() / DAY_S)
        there = starts_at.astimezone(agency.zone)
        hours[there.hour] += 1
        weeks[there.date() - dt.timedelta(days=there.weekday())] += 1
    door = Agency.objects.with_hours().get(pk=agency.pk).timetable
    return Figures(
        first,
        list(kinds.values()),
        sorted(hours.items()),
        [
            Week(day, _open_hours(door, day), weeks[day])
            for day in (first + number * WEEK for number in range(WEEKS))
        ],
        _to_first(agency),
    )


def _open_hours(door: Any, first: dt.date) -> float:
    stretches = door.between(first, first + WEEK - dt.timedelta(days=1))
    return float(sum((one.ends_at - one.starts_at).total_seconds() for one in stretches) / 3600)


def _to_first(agency: Agency) -> ToFirst:
    """Look at the files of an agency that were opened lately, and when each first came."""
    now = clock.now()
    young = (
        Jobseeker.objects.filter(agency=agency, user__joined_at__gte=now - OPENED_WEEKS * WEEK)
        .order_by()
        .annotate(first=Min("user__appointments__starts_at", filter=Q(user__appointments__state=State.SEEN)))
    )
    came: list[float] = []
    waits: list[float] = []
    for joined, ended, first in young.values_list("user__joined_at", "ended_at", "first"):
        days = max(0.0, ((first or ended or now) - joined).total_seconds() / DAY_S)
        (came if first else waits).append(days)
    return ToFirst(came, waits)


def plots_of(found: Figures) -> list[plots.BarPlot]:
    """Draw load by hour, and how long the door was open week by week."""
    by_hour = [plots.BarRow(hour_of_minute(at * 60), number, str(number)) for at, number in found.by_hour]
    by_week = [plots.BarRow(one.words, one.open_hours, plots.plainly(one.open_hours)) for one in found.weeks]
    drawn = []
    if by_hour:
        drawn.append(
            plots.bars(
                by_hour,
                title=_("Appointments by the hour at which they begin"),
                label_words=_("Hour"),
                value_words=_("Appointments"),
            )
        )
    drawn.append(
        plots.bars(
            by_week,
            title=_("Hours the door was open, week by week"),
            label_words=_("Week from"),
            value_words=_("Hours open"),
        )
    )
    return drawn


def sheet(found: Figures) -> Sheet:
    """Return all figures as one table that leaves: which figure, of what, how much."""
    missed, waits = _("Did not come, in a hundred"), _("Days from booking to the appointment, the middle one")
    rows: list[tuple[str, str, str]] = []
    for one in found.kinds:
        rows += [
            (_("Took place"), one.name, str(one.seen)),
            (_("Did not come"), one.name, str(one.missed)),
            (missed, one.name, one.share_missed),
            (_("Cancelled by the person"), one.name, str(one.excused)),
            (_("Cancelled by the agency"), one.name, str(one.revoked)),
            (_("Not noted yet"), one.name, str(one.unsettled)),
            (waits, one.name, one.wait),
        ]
    rows += [
        (_("Appointments by the hour at which they begin"), hour_of_minute(at * 60), str(number))
        for at, number in found.by_hour
    ]
    rows += [
        (_("Hours the door was open, week by week"), one.words, f"{one.open_hours:.1f}")
        for one in found.weeks
    ]
    rows += [
        (_("Days to the first appointment, the middle one"), "", found.first_wait),
        (_("Files opened in the last 26 weeks"), "", str(found.to_first.files)),
        (_("Of these, still without an appointment"), "", str(len(found.to_first.waits))),
    ]
    return Sheet(_("appointments"), [_("Figure"), _("Of what"), _("How much")], rows)
