"""Where the marks of a plot stand, as percentages of its width; templates draw them as SVG.

Every plot has an axis with ticks and a unit; what is below nothing is drawn to the left of nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

# About so many parts of an axis, each 1, 2 or 5 times a power of ten.
PARTS = 5
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where, in the unit of the data, with its ticks; `zero` is where nothing is, if between."""

    low: float
    high: float
    ticks: Sequence[Tick]
    zero: str | None
    words: str

    def at(self, value: float) -> str:
        return percent((value - self.low) / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line of a dot plot in the unit of the data; None is unknown and draws nothing.

    `against` is a stroke to compare the mean with; `own_said` is what the table says instead of `own`.
    """

    label: str
    mean: float
    low: float | None = None
    high: float | None = None
    own: float | None = None
    against: float | None = None
    own_said: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    label: str
    mean: str
    span: tuple[str, str] | None
    own: str | None
    against: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class DotWords:
    """The words of a dot plot: the heads of its table and its key. Without own or against words, no such marks.

    `unit` is "%" or nothing; `axis` says what is measured where `mean` does not.
    """

    title: str
    label: str
    mean: str
    span: str
    own: str = ""
    against: str = ""
    unit: str = ""
    axis: str = ""


@dataclass(frozen=True, slots=True)
class DotPlot:
    words: DotWords
    rows: Sequence[DotRow]
    dots: Sequence[Dot]
    axis: Axis


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar; `words` is what a person reads beside it; a soft bar is there for comparison."""

    label: str
    value: float
    words: str
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    start: str
    width: str
    words: str
    is_soft: bool


@dataclass(frozen=True, slots=True)
class BarPlot:
    title: str
    bars: Sequence[Bar]
    label_words: str
    value_words: str
    axis: Axis


def percent(part: float) -> str:
    """Write a part of 1 as SVG wants it, whatever the language of the page."""
    return f"{min(max(part, 0.0), 1.0) * 100:.1f}%"


def axis_of(low: float, high: float, *, what: str, unit: str = "") -> Axis:
    """Make an axis from round figure to round figure, nothing and the ends among its ticks."""
    if high <= low:
        raise ValueError(f"the axis must grow, not go from {low} to {high}")
    step = _step(high - low)
    first, last = math.floor(round(low / step, 6)), math.ceil(round(high / step, 6))
    axis = Axis(first * step, last * step, [], None, "")
    decimals = max(0, -math.floor(math.log10(step)))
    values = [number * step for number in range(first, last + 1)]
    words = {"what": what, "low": figure(values[0], decimals), "high": figure(values[-1], decimals, unit)}
    return Axis(
        axis.low,
        axis.high,
        [Tick(axis.at(value), figure(value, decimals)) for value in values],
        axis.at(0) if first < 0 < last else None,
        _("%(what)s: scale from %(low)s to %(high)s") % words,
    )


def figure(value: float, decimals: int, unit: str = "") -> str:
    """Write a figure with the true sign of less, and its unit."""
    words = number_format(abs(value), decimals)
    signed = f"−{words}" if value < 0 and any(sign in "123456789" for sign in words) else words
    return _("%(number)s%%") % {"number": signed} if unit == "%" else signed


def plainly(value: float, unit: str = "") -> str:
    """Write a figure with one decimal, or none where it would be a nought."""
    return figure(value, 0 if float(value).is_integer() else 1, unit)


def dots(rows: Sequence[DotRow], *, axis: tuple[float, float], words: DotWords) -> DotPlot:
    """Place means, intervals and own marks on one axis; what lies outside the axis stands at its end."""
    drawn = axis_of(*axis, what=words.axis or words.mean, unit=words.unit)

    def at(value: float | None) -> str | None:
        return None if value is None else drawn.at(value)

    placed = [
        Dot(
            label=row.label,
            mean=drawn.at(row.mean),
            span=None if row.low is None or row.high is None else (drawn.at(row.low), drawn.at(row.high)),
            own=at(row.own),
            against=at(row.against),
            words=_beside(row, words.unit),
        )
        for row in rows
    ]
    return DotPlot(words, rows, placed, drawn)


def bars(rows: Sequence[BarRow], *, title: str, label_words: str, value_words: str) -> BarPlot:
    """Draw bars from nothing: what adds to the right, what takes away to the left, on one axis."""
    low, high = (end((row.value for row in rows), default=0.0) for end in (min, max))
    axis = axis_of(min(low, 0.0), max(high, 0.0) or (0.0 if low < 0 else 1.0), what=value_words)
    drawn = [
        Bar(
            row.label,
            axis.at(min(row.value, 0.0)),
            percent(abs(row.value) / (axis.high - axis.low)),
            row.words,
            row.is_soft,
        )
        for row in rows
    ]
    return BarPlot(title=title, bars=drawn, label_words=label_words, value_words=value_words, axis=axis)


def _step(length: float) -> float:
    """Return the round length of about a fifth of an axis."""
    power = 10.0 ** math.floor(math.log10(length / PARTS))
    return next(times * power for times in ROUND if times * power * PARTS >= length * (1 - 1e-9))


def _beside(row: DotRow, unit: str) -> str:
    """Write the figure that stands beside a dot, and the one it is compared with on the same axis."""
    shown = [row.mean] if row.own is None or row.own_said else [row.mean, row.own]
    return " · ".join(plainly(value, unit) for value in shown)
