"""What the head reads of rooms: how soon people saw each other, by the relay or straight, what was lost; of nobody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.common.sheets import Sheet
from visavis.interviews.models import Quality
from visavis.ui import dates, plots

# Up to so many tenths of a second each.
STEPS = (5, 10, 20, 50, 100)
TENTHS = 10


@dataclass
class Month:
    """What pages of one month said."""

    first: dt.date
    firsts: list[int] = field(default_factory=list)
    """Tenths of a second to the first picture, of those who saw somebody."""
    pages: int = 0
    relayed: int = 0
    losses: list[int] = field(default_factory=list)
    drops: int = 0

    @property
    def words(self) -> str:
        return dates.month(self.first)

    @property
    def first_picture(self) -> str:
        """Return the seconds to the first picture, of the middle one."""
        return plots.figure(median(self.firsts) / TENTHS, 1) if self.firsts else ""

    @property
    def alone(self) -> int:
        """Return how many never saw anybody."""
        return self.pages - len(self.firsts)

    @property
    def share_relayed(self) -> int:
        return round(100 * self.relayed / self.pages)

    @property
    def lost(self) -> str:
        """Return what was lost in a hundred, in the mean."""
        return plots.figure(mean(self.losses), 1)


def of(agency: Agency) -> list[Month]:
    """Return the months of an agency of which something is kept, the newest last."""
    months: dict[dt.date, Month] = {}
    told = Quality.objects.filter(agency=agency).order_by("month")
    for month, first, is_relayed, lost, drops in told.values_list(
        "month", "first_tenths", "is_relayed", "lost_percent", "drops"
    ):
        one = months.setdefault(month, Month(month))
        one.pages += 1
        one.firsts += [] if first is None else [first]
        one.relayed += is_relayed
        one.losses.append(lost)
        one.drops += drops
    return [*months.values()]


def plots_of(months: Sequence[Month]) -> list[plots.BarPlot]:
    """Draw how soon the first picture came, and how much went by the relay month by month."""
    if not months:
        return []
    shares = [plots.BarRow(one.words, one.share_relayed, str(one.share_relayed)) for one in months]
    return [
        plots.bars(
            _soon(months),
            title=_("How soon the first picture came"),
            label_words=_("Seconds"),
            value_words=_("Connections to rooms"),
        ),
        plots.bars(
            shares,
            title=_("By the relay (%), month by month"),
            label_words=_("Month"),
            value_words="%",
        ),
    ]


def _soon(months: Iterable[Month]) -> list[plots.BarRow]:
    """Count pages by how soon they showed somebody; who saw nobody stands last."""
    counts: defaultdict[int | None, int] = defaultdict(int)
    for one in months:
        counts[None] += one.alone
        for tenths in one.firsts:
            counts[next((step for step in STEPS if tenths <= step), 0)] += 1
    last = plots.figure(STEPS[-1] / TENTHS, 0)
    words = {
        step: _("up to %(s)s s") % {"s": plots.figure(step / TENTHS, int(step < TENTHS))} for step in STEPS
    }
    rows = [*words.items(), (0, _("more than %(s)s s") % {"s": last}), (None, _("nobody seen"))]
    return [plots.BarRow(said, counts[key], str(counts[key])) for key, said in rows]


def heads() -> list[str]:
    """Return what the columns of the table say."""
    return [
        _("Month"),
        _("Connections to rooms"),
        _("Seconds to the first picture, the middle one"),
        _("Nobody seen"),
        _("By the relay (%)"),
        _("Packets lost (%)"),
        _("Breaks of the line"),
    ]


def sheet(months: Iterable[Month]) -> Sheet:
    """Return the figures as a table that leaves."""
    cells = (
        (one.words, one.pages, one.first_picture, one.alone, one.share_relayed, one.lost, one.drops)
        for one in months
    )
    return Sheet(_("interviews"), heads(), cells)
