"""The plot of an audit: every gap with its interval, among all and among people alike, as an SVG."""

from collections.abc import Sequence
from html import escape
from math import isnan

from visavis.commands.audit_words import Speaker
from visavis.engine.fairness.gaps import Estimate
from visavis.engine.fairness.outcomes import Comparison

LEFT, WIDTH, ROW, TOP, BOTTOM = 440, 960, 34, 50, 50
ALL_COLOUR, ALIKE_COLOUR = "#1d4e89", "#b3541e"
STYLE = "text{font:13px sans-serif;fill:#1b1b1b}.soft{fill:#555}"


def svg(found: Sequence[tuple[Comparison, list[str]]], speaker: Speaker) -> str:
    """Draw the comparisons that may be shown, each in percent of the mean of the others; the margin is shaded."""
    rows = [
        (speaker.heading(one, names), one)
        for one, names in found
        if not isnan(one.all.gap) and one.mean_others != 0
    ]
    reach = _reach([one for _heading, one in rows])
    height = TOP + ROW * len(rows) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(speaker.words.axis)}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _key(speaker),
    ]
    for number, (heading, one) in enumerate(rows):
        parts.append(_row(heading, one, TOP + ROW * number + ROW / 2, reach))
    parts += [_axis(reach, height, speaker), "</svg>\n"]
    return "\n".join(parts)


def _percent(one: Comparison, value: float) -> float:
    return 100.0 * value / abs(one.mean_others)


def _reach(rows: Sequence[Comparison]) -> float:
    """Return the end of the axis, percent: the widest interval, 10 at least."""
    ends = [
        abs(_percent(one, end))
        for one in rows
        for gap in (one.all, one.alike)
        for end in (gap.low, gap.high)
        if not isnan(end)
    ]
    return max([10.0, *ends])


def _x(percent: float, reach: float) -> float:
    middle, half = (LEFT + WIDTH) / 2, (WIDTH - LEFT) / 2 - 30
    return middle + half * percent / reach


def _row(heading: str, one: Comparison, y: float, reach: float) -> str:
    margin = _percent(one, one.margin)
    left, right = _x(-min(margin, reach), reach), _x(min(margin, reach), reach)
    shade = f'<rect x="{left:.1f}" y="{y - ROW / 2:.1f}" width="{right - left:.1f}" height="{ROW}" fill="#eef1f4"/>'
    label = f'<text x="{LEFT - 14}" y="{y + 4:.1f}" text-anchor="end">{escape(heading)}</text>'
    gaps = [(one.all, ALL_COLOUR, y - 5, "circle"), (one.alike, ALIKE_COLOUR, y + 5, "square")]
    return shade + label + "".join(_mark(one, *gap, reach) for gap in gaps if not isnan(gap[0].gap))


def _mark(one: Comparison, gap: Estimate, colour: str, y: float, shape: str, reach: float) -> str:
    low, middle, high = (_x(_percent(one, value), reach) for value in (gap.low, gap.gap, gap.high))
    line = f'<path d="M{low:.1f} {y:.1f}H{high:.1f}" stroke="{colour}" stroke-width="2"/>'
    if shape == "circle":
        return line + f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    return line + f'<rect x="{middle - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'


def _key(speaker: Speaker) -> str:
    """Say which mark is which."""
    words = speaker.words
    key = f'<circle cx="20" cy="22" r="4" fill="{ALL_COLOUR}"/><text x="32" y="26">{escape(words.table[3])}</text>'
    if speaker.strata:
        text = f"{words.table[4]} ({', '.join(speaker.strata)})"
        key += f'<rect x="256" y="18" width="8" height="8" fill="{ALIKE_COLOUR}"/>'
        key += f'<text x="272" y="26">{escape(text)}</text>'
    return key


def _axis(reach: float, height: int, speaker: Speaker) -> str:
    y = height - BOTTOM
    zero = _x(0, reach)
    marks = [f'<path d="M{zero:.1f} {TOP}V{y}" stroke="#1b1b1b"/>']
    for value in (-reach, -reach / 2, 0.0, reach / 2, reach):
        text = f"{value:.0f}".replace("-", "−")
        marks.append(
            f'<text class="soft" x="{_x(value, reach):.1f}" y="{y + 18}" text-anchor="middle">{text}</text>'
        )
    name = escape(speaker.words.axis)
    marks.append(f'<text class="soft" x="{zero:.1f}" y="{y + 38}" text-anchor="middle">{name}</text>')
    return "".join(marks)
