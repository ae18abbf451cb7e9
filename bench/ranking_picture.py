"""The picture of `bench/ranking.py`: what is found again against how evenly vacancies are shown."""

from html import escape

from bench.ranking_measures import Row

WIDE, HIGH, PAD = 330, 300, 48
OURS, THEIRS = "#0b6b4a", "#8a4b16"


def svg(rows: list[Row]) -> str:
    """Draw one plot for each data set with a history, without popularity, which would stand far off."""
    names = [name for name in dict.fromkeys(str(row["data"]) for row in rows) if not name.endswith(" new")]
    names = [name for name in names if ", new " not in name]
    width = len(names) * (WIDE + PAD) + PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HIGH + 2 * PAD}" role="img">',
        "<title>NDCG@10 against entropy of exposure, higher and further right is better</title>",
        "<style>text{font:11px sans-serif;fill:#1b1b1b}</style>",
        f'<rect width="{width}" height="{HIGH + 2 * PAD}" fill="#fff"/>',
    ]
    for place, name in enumerate(names):
        own = [row for row in rows if row["data"] == name and row["method"] != "popularity"]
        x = PAD + place * (WIDE + PAD)
        parts.append(
            f'<g transform="translate({x},{PAD})"><text y="-14">{escape(name)}</text>{_plot(own)}</g>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _plot(rows: list[Row]) -> str:
    across, up = ([float(row[key]) for row in rows] for key in ("entropy@10", "ndcg@10"))
    left, right = min(across) - 0.005, max(across) + 0.04
    low, high = min(up) - 0.004, max(up) + 0.004
    found = [f'<path d="M0 0V{HIGH}H{WIDE}" fill="none" stroke="#999"/>']
    found.append(
        f'<text x="0" y="{HIGH + 16}">{left:.2f}</text><text x="{WIDE - 22}" y="{HIGH + 16}">{right:.2f}</text>'
    )
    found.append(f'<text x="-30" y="8">{high:.3f}</text><text x="-30" y="{HIGH}">{low:.3f}</text>')
    found.append(f'<text x="{WIDE / 2 - 60}" y="{HIGH + 32}">entropy@10 → , NDCG@10 ↑</text>')
    taken: list[tuple[float, float]] = []
    for row, x, y in sorted(zip(rows, across, up, strict=True), key=lambda point: -point[2]):
        at, down = (x - left) / (right - left) * WIDE, (high - y) / (high - low) * HIGH
        name = str(row["method"])
        colour = OURS if name.startswith("visavis") else THEIRS
        line = down + 4
        while any(abs(line - other) < 12 and abs(at - beside) < 120 for beside, other in taken):
            line += 3
        taken.append((at, line))
        found.append(f'<circle cx="{at:.0f}" cy="{down:.0f}" r="4" fill="{colour}"/>')
        found.append(f'<text x="{at + 7:.0f}" y="{line:.0f}">{escape(name)}</text>')
    return "".join(found)
