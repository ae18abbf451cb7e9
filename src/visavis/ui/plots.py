"""Where the marks of a plot stand, as percentages of its width; templates draw them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class DotWords:
    """The words of a dot plot: the heads of its table and its key. Without own or against words, no such marks."""

    title: str
    label: str
    mean: str
    span: str
    own: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class DotPlot:
    words: DotWords
    rows: Sequence[DotRow]
    dots: Sequence[Dot]


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
    width: str
    words: str
    is_soft: bool


@dataclass(frozen=True, slots=True)
class BarPlot:
    title: str
    bars: Sequence[Bar]
    label_words: str
    value_words: str


def percent(part: float) -> str:
    """Write a part of 1 as SVG wants it, whatever the language of the page."""
    return f"{min(max(part, 0.0), 1.0) * 100:.1f}%"


def dots(rows: Sequence[DotRow], *, axis: tuple[float, float], words: DotWords) -> DotPlot:
    """Place means, intervals and own marks on one axis; what lies outside the axis stands at its end."""
    low, high = axis
    if high <= low:
        raise ValueError(f"the axis must grow, not go from {low} to {high}")

    def at(value: float) -> str:
        return percent((value - low) / (high - low))

    placed = [
        Dot(
            label=row.label,
            mean=at(row.mean),
            span=None if row.low is None or row.high is None else (at(row.low), at(row.high)),
            own=None if row.own is None else at(row.own),
            against=None if row.against is None else at(row.against),
        )
        for row in rows
    ]
    return DotPlot(words, rows, placed)


def bars(rows: Sequence[BarRow], *, title: str, label_words: str, value_words: str) -> BarPlot:
    """Draw the longest bar over the whole width, the others in proportion, none below nothing."""
    longest = max((row.value for row in rows), default=0.0)
    drawn = [
        Bar(row.label, percent(row.value / longest if longest > 0 else 0.0), row.words, row.is_soft)
        for row in rows
    ]
    return BarPlot(title=title, bars=drawn, label_words=label_words, value_words=value_words)
