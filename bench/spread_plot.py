"""The plots of the page on spreading, written by hand as SVG."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 64, 24, 40, 56
COLOURS = ("#1d4e89", "#b3541e", "#3f7d20", "#777777")
OTHERS = {
    "greedy under limits": "greedy",
    "deferred acceptance": "stable",
    "TU matching 0.5": "TU .5",
    "TU matching 1.0": "TU 1",
}
STYLE = "text{font:13px sans-serif;fill:#1b1b1b}.soft{fill:#555}"

type Row = dict[str, str | int | float]
type Scale = Callable[[float], float]


def trade_off(path: Path, rows: Sequence[Row]) -> None:
    """Draw hires gained against the chance kept, by strength, for each market; the other ways are squares."""
    drawn = [row for row in rows if "gain_percent" in row]
    ends = [
        float(row["gain_percent"]) + sign * float(row["gain_half_width"]) for row in drawn for sign in (-1, 1)
    ]
    x = _scale([float(row["kept"]) for row in drawn], LEFT, WIDTH - RIGHT)
    y = _scale([0.0, *ends], HEIGHT - BOTTOM, TOP)
    names = ("Mean chance of what is listed, as a part of plain ranking’s", "Hires beyond plain ranking, %")
    parts = _axes((x, y), *names, ([0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0], [0.0, 5.0, 10.0, 15.0, 20.0]))
    parts += _markets(drawn, (x, y), ("kept", "gain_percent"))
    _write(path, parts, "Hires gained by spreading, against the chance given up")


def congestion(path: Path, rows: Sequence[Row]) -> None:
    """Draw the chance kept against how unevenly positions are looked at, by strength, for each market."""
    drawn = [row for row in rows if "gini" in row]
    x = _scale([float(row["gini"]) for row in drawn], LEFT, WIDTH - RIGHT)
    y = _scale([float(row["kept"]) for row in drawn], HEIGHT - BOTTOM, TOP)
    names = ("Gini of looks by position (0: even)", "Chance kept")
    parts = _axes(
        (x, y), *names, ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0])
    )
    parts += _markets(drawn, (x, y), ("gini", "kept"))
    _write(path, parts, "Chance kept, against congestion")


def _markets(rows: Sequence[Row], scales: tuple[Scale, Scale], keys: tuple[str, str]) -> list[str]:
    """Draw each market in its colour."""
    parts: list[str] = []
    for number, market in enumerate(dict.fromkeys(str(row["market"]) for row in rows)):
        own = {str(row["method"]): row for row in rows if row["market"] == market}
        colour = COLOURS[number]
        parts += _curve(own, scales, keys, colour) + _others(own, scales, keys, colour)
        label = escape(f"visavis, {market}")
        parts.append(f'<text x="{LEFT + 8 + 260 * number}" y="22" style="fill:{colour}">● {label}</text>')
    return parts


def _curve(own: dict[str, Row], scales: tuple[Scale, Scale], keys: tuple[str, str], colour: str) -> list[str]:
    x, y = scales
    names = ["plain ranking", *(f"visavis {strength}" for strength in (0.25, 0.5, 0.75, 1.0))]
    points = [(x(float(own[name][keys[0]])), y(float(own[name][keys[1]]))) for name in names]
    line = " ".join(f"{across:.1f},{up:.1f}" for across, up in points)
    parts = [f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for name, (across, up) in zip(names, points, strict=True):
        short = name.split()[-1].replace("ranking", "0")
        parts.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="4" fill="{colour}"/>')
        parts.append(f'<text class="soft" x="{across + 6:.1f}" y="{up - 6:.1f}">{short}</text>')
        if keys[1] == "gain_percent":
            middle, half = float(own[name]["gain_percent"]), float(own[name]["gain_half_width"])
            ends = f"M{across:.1f} {y(middle - half):.1f}V{y(middle + half):.1f}"
            parts.append(f'<path d="{ends}" stroke="{colour}"/>')
    return parts


def _others(
    own: dict[str, Row], scales: tuple[Scale, Scale], keys: tuple[str, str], colour: str
) -> list[str]:
    x, y = scales
    parts = []
    for name, short in OTHERS.items():
        across, up = x(float(own[name][keys[0]])), y(float(own[name][keys[1]]))
        parts.append(
            f'<rect x="{across - 4:.1f}" y="{up - 4:.1f}" width="8" height="8" fill="none" stroke="{colour}"/>'
            f'<text class="soft" x="{across + 7:.1f}" y="{up + 4:.1f}">{short}</text>'
        )
    return parts


def rotation(path: Path, seen: dict[str, list[float]]) -> None:
    """Draw by day the part of acceptable vacancies that were seen."""
    days = len(next(iter(seen.values())))
    x = _scale([1.0, float(days)], LEFT, WIDTH - RIGHT)
    y = _scale([min(map(min, seen.values())), 1.0], HEIGHT - BOTTOM, TOP)
    parts = _axes(
        (x, y),
        "Day",
        "Acceptable vacancies seen",
        ([1.0, 7.0, 14.0, 21.0, 28.0], [0.8, 0.85, 0.9, 0.95, 1.0]),
    )
    for number, (name, values) in enumerate(seen.items()):
        line = " ".join(f"{x(day + 1.0):.1f},{y(value):.1f}" for day, value in enumerate(values))
        colour = COLOURS[number]
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        down = HEIGHT - BOTTOM - 84 + 20 * number
        parts.append(f'<text x="{WIDTH - 260}" y="{down}" style="fill:{colour}">— {escape(name)}</text>')
    _write(path, parts, "Part of the acceptable vacancies that a person has seen, by day")


def _scale(values: Sequence[float], begin: float, end: float) -> Scale:
    low, high = min(values), max(values)
    low, high = low - 0.04 * (high - low), high + 0.04 * (high - low)
    return lambda value: begin + (end - begin) * (value - low) / (high - low)


def _axes(
    scales: tuple[Scale, Scale], across: str, up: str, marks: tuple[Sequence[float], Sequence[float]]
) -> list[str]:
    x, y = scales
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    named = 'class="soft" text-anchor="middle"'
    parts = [
        f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#1b1b1b"/>',
        f'<text {named} x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 12}">{escape(across)}</text>',
        f'<text {named} transform="translate(16 {HEIGHT / 2}) rotate(-90)">{escape(up)}</text>',
    ]
    below = [value for value in marks[0] if LEFT <= x(value) <= right]
    beside = [value for value in marks[1] if TOP <= y(value) <= bottom]
    parts += [f'<text {named} x="{x(value):.1f}" y="{bottom + 18}">{value:g}</text>' for value in below]
    parts += [
        f'<path d="M{LEFT} {y(value):.1f}H{right}" stroke="#ddd"/>'
        f'<text class="soft" x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>'
        for value in beside
    ]
    return parts


def _write(path: Path, parts: Sequence[str], title: str) -> None:
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    path.write_text("\n".join([*head, *parts, "</svg>\n"]), encoding="utf-8")
