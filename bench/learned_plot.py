"""The picture of the bench of the learned score: loss by answers, and what was foreseen beside what happened."""

from html import escape

import numpy as np

SIZE, PAD = 300, 46
COLOURS = {
    "visavis": "#0b6b4a", "lightgbm": "#b3541e", "logistic regression": "#1d4e89",
    "experts, one factor and rate": "#777", "one chance for all": "#bbb",
}  # fmt: skip
NAMES = {"hers": "jobseekers", "theirs": "employers"}


def svg(rows: list[dict], bins: dict[str, list[tuple[float, float, int]]]) -> str:
    """Draw two learning curves above two tables of reliability."""
    width, height = 2 * (SIZE + PAD) + 190, 2 * (SIZE + PAD) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>Log loss by number of answers; chances foreseen and what happened</title>",
        "<style>text{font:12px sans-serif;fill:#1b1b1b}.axis{stroke:#999}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, side in enumerate(NAMES):
        x = PAD + place * (SIZE + PAD)
        parts.append(f'<g transform="translate({x},30)">{curves(rows, side)}</g>')
        parts.append(f'<g transform="translate({x},{SIZE + PAD + 30})">{reliability(bins[side], side)}</g>')
    for number, (name, colour) in enumerate(COLOURS.items()):
        x, y = 2 * (SIZE + PAD) + 8, 50 + 22 * number
        parts.append(f'<rect x="{x}" y="{y - 9}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 18}" y="{y + 2}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def curves(rows: list[dict], side: str) -> str:
    """Draw log loss against answers, on a logarithmic axis."""
    key = f"{side}_log_loss"
    shown = [row for row in rows if row["method"] in COLOURS]
    sizes = sorted({row["answers"] for row in shown})
    values = [row[key] for row in shown if row["method"] != "lightgbm" or row["answers"] > sizes[1]]
    low, high = min(values) - 0.002, max(values) + 0.002
    plot = SIZE - PAD

    def at(size: int, value: float) -> str:
        along = np.log(size / sizes[0]) / np.log(sizes[-1] / sizes[0])
        return f"{along * plot:.1f},{min(max(high - value, -0.002) / (high - low), 1) * plot:.1f}"

    found = [f'<text y="-12">log loss, {NAMES[side]}</text>', frame(plot)]
    found += [
        f'<text x="{np.log(s / sizes[0]) / np.log(sizes[-1] / sizes[0]) * plot - 8:.0f}" y="{plot + 16}">{s}</text>'
        for s in sizes
    ]
    found += [f'<text x="-44" y="{y}">{v:.3f}</text>' for v, y in ((high, 8), (low, plot))]
    for name, colour in COLOURS.items():
        points = " ".join(at(row["answers"], row[key]) for row in shown if row["method"] == name)
        found.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
    return "".join(found) + f'<text x="{plot / 2 - 30}" y="{plot + 34}">answers</text>'


def reliability(bins: list[tuple[float, float, int]], side: str) -> str:
    """Draw each group of each market: foreseen along, happened up; on the line is right."""
    plot = SIZE - PAD
    found = [f'<text y="-12">foreseen → happened, {NAMES[side]}</text>', frame(plot)]
    found.append(f'<line x1="0" y1="{plot}" x2="{plot}" y2="0" class="axis"/>')
    for said, happened, many in bins:
        error = 1.96 * np.sqrt(max(happened * (1 - happened), 0.01) / many)
        x, low, high = (
            said * plot,
            (1 - min(happened + error, 1)) * plot,
            (1 - max(happened - error, 0)) * plot,
        )
        found.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="#0b6b4a" opacity=".3"/>'
        )
        found.append(f'<circle cx="{x:.1f}" cy="{(1 - happened) * plot:.1f}" r="3.5" fill="#0b6b4a"/>')
    ends = f'<text x="-14" y="{plot + 16}">0</text><text x="{plot - 6}" y="{plot + 16}">1</text>'
    return "".join(found) + ends


def frame(plot: int) -> str:
    return f'<path d="M0 0V{plot}H{plot}" fill="none" class="axis"/>'
