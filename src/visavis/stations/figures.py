"""What the head reads of the stations: how many sat there at which hour, how long, how they ended; nobody's name."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.agencies.zones import instant
from visavis.common.sheets import Sheet
from visavis.queues.services import today
from visavis.stations.enums import End, Way
from visavis.stations.models import Sitting
from visavis.ui import plots
from visavis.ui.dates import hour_of_minute

DAYS = dt.timedelta(days=28)


@dataclass
class Hour:
    """What began in one hour of the day, over all days: how many, how, how long in all, how many pages."""

    hour: int
    came: int = 0
    minutes: float = 0
    pages: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        return hour_of_minute(self.hour * 60)

    @property
    def mean(self) -> int:
        """Return how many minutes one sat there in the mean."""
        return round(self.minutes / self.came)

    @property
    def tickets(self) -> int:
        return self.ways[Way.TICKET]

    @property
    def badges(self) -> int:
        return self.ways[Way.BADGE]

    @property
    def guests(self) -> int:
        return self.ways[Way.GUEST]

    @property
    def left(self) -> int:
        """Return how many went without finishing: the station found nobody there."""
        return self.ends[End.IDLE] + self.ends[End.LOST]


def hours(agency: Agency) -> list[Hour]:
    """Return the hours of the last four weeks in which somebody sat down, by the clock of the agency."""
    first = instant(today(agency) - DAYS, 0, agency.zone)
    found: dict[int, Hour] = {}
    rows = Sitting.objects.filter(station__agency=agency, began_at__gte=first, ended_at__isnull=False)
    for began_at, ended_at, way, end, pages in rows.values_list(
        "began_at", "ended_at", "way", "end", "pages"
    ):
        at = began_at.astimezone(agency.zone).hour
        one = found.setdefault(at, Hour(at))
        one.came += 1
        one.minutes += (ended_at - began_at).total_seconds() / 60 if ended_at else 0
        one.pages += pages
        one.ways[way] += 1
        one.ends[end] += 1
    return [found[at] for at in sorted(found)]


def plot(rows: Iterable[Hour]) -> plots.BarPlot:
    """Draw how many sat down in each hour."""
    return plots.bars(
        [plots.BarRow(one.words, float(one.came), str(one.came)) for one in rows],
        title=_("People at the stations, by the hour of sitting down"),
        label_words=_("Hour"),
        value_words=_("People"),
    )


def sheet(rows: Iterable[Hour]) -> Sheet:
    """Return the figures as a table that leaves."""
    head = [
        _("Hour"), _("Sat down"), _("With a ticket"), _("With a card"), _("As guests"), _("Minutes each"),
        _("Pages printed"), _("Left without finishing"),
    ]  # fmt: skip
    cells = (
        (one.words, one.came, one.tickets, one.badges, one.guests, one.mean, one.pages, one.left)
        for one in rows
    )
    return Sheet(_("stations"), head, cells)
