"""The picture of the growth: two panels with logarithmic axes, written by hand as SVG."""

from collections.abc import Sequence
from html import escape

import numpy as np

SIDE, LEFT, BETWEEN, TOP, BOTTOM = 270, 64, 96, 34, 52
COLOURS = {"composite": "#0b6b4a", "dense": "#1d4e89"}
STYLE = "text{font:13px sans-serif;fill:#1b1b1b}.soft{fill:#555}"

type Row = dict[str, str | int | float]
type Points = list[tuple[float, float]]


def svg(rows: Sequence[Row], exponents: dict[str, float]) -> str:
    """Draw microseconds a person by feasible vacancies, and seconds by people."""
    by_vacancies = {
        part: [(float(row["feasible"]), float(row["us_a_person"])) for row in rows if row["part"] == part]
        for part in COLOURS
    }
    by_people = [
        (float(row["jobseekers"]), float(row["seconds"]))
        for row in rows
        if row["part"] == "composite, by people"
    ]
    notes = {part: f"{part}: feasible ^ {exponents[part]:.2f}" for part in COLOURS}
    width, height = LEFT + 2 * SIDE + BETWEEN + 24, TOP + SIDE + BOTTOM
    second = LEFT + SIDE + BETWEEN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Processor time of exact lists, by feasible vacancies and by people</title>",
        f'<style>{STYLE}</style><rect width="{width}" height="{height}" fill="#fff"/>',
        *_panel(LEFT, by_vacancies, notes, ("Feasible vacancies a person, mean", "µs a person")),
        *_panel(
            second, {"composite": by_people}, {}, ("Jobseekers, before 50,000 vacancies", "Seconds in all")
        ),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _panel(left: int, curves: dict[str, Points], notes: dict[str, str], names: tuple[str, str]) -> list[str]:
    everything = np.log10(np.concatenate([np.array(points) for points in curves.values()]))
    low, high = everything.min(axis=0) - 0.1, everything.max(axis=0) + 0.1
    span = float((high - low).max())  # the same for both, so that linear is a diagonal

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + SIDE * (np.log10(x) - low[0]) / span,
            TOP + SIDE - SIDE * (np.log10(y) - low[1]) / span,
        )

    floor, soft = TOP + SIDE, 'class="soft" text-anchor="middle"'
    parts = [
        f'<path d="M{left} {TOP}V{floor}H{left + SIDE}" fill="none" stroke="#1b1b1b"/>',
        f'<path d="M{left} {floor}L{left + SIDE} {TOP}" stroke="#bbb" stroke-dasharray="4 4"/>',
        f'<text class="soft" x="{left + SIDE - 6}" y="{floor - 10}" text-anchor="end">dashes: linear</text>',
        f'<text {soft} x="{left + SIDE / 2}" y="{floor + 40}">{escape(names[0])}</text>',
        f'<text class="soft" x="{left}" y="{TOP - 10}" text-anchor="middle">{escape(names[1])}</text>',
    ]
    for axis in (0, 1):
        for mark in _marks(low[axis], low[axis] + span):
            x, y = at(mark, 10 ** low[1]) if axis == 0 else at(10 ** low[0], mark)
            where = f'{soft} x="{x:.0f}" y="{floor + 18}"'
            if axis == 1:
                where = f'class="soft" text-anchor="end" x="{left - 6}" y="{y + 4:.0f}"'
            parts.append(f"<text {where}>{mark:,g}</text>")
    for number, (name, points) in enumerate(curves.items()):
        line = [at(*point) for point in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOURS[name]}"/>' for x, y in line]
        if name in notes:
            y = TOP + 34 + 20 * number
            parts.append(
                f'<text x="{left + 12}" y="{y}" style="fill:{COLOURS[name]}">{escape(notes[name])}</text>'
            )
    return parts


def _marks(low: float, high: float) -> list[float]:
    """Powers of ten between two logarithms, and their triples where there are few."""
    powers = [float(step) * 10.0**power for power in range(-4, 9) for step in (1, 3)]
    inside = [mark for mark in powers if low <= np.log10(mark) <= high]
    return inside if len(inside) < 6 else [mark for mark in inside if np.isclose(np.log10(mark) % 1, 0)]
