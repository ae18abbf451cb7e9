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
    left, right = min(across) - 0.005, max(across) + 0.03
    low, high = min(up) - 0.004, max(up) + 0.004
    found = [f'<path d="M0 0V{HIGH}H{WIDE}" fill="none" stroke="#999"/>']
    found.append(
        f'<text x="0" y="{HIGH + 16}">{left:.2f}</text><text x="{WIDE - 22}" y="{HIGH + 16}">{right:.2f}</text>'
    )
    found.append(f'<text x="-30" y="8">{high:.3f}</text><text x="-30" y="{HIGH}">{low:.3f}</text>')
    found.append(f'<text x="{WIDE / 2 - 60}" y="{HIGH + 32}">entropy@10 → , NDCG@10 ↑</text>')
    dots = [
        ((x - left) / (right - left) * WIDE, (high - y) / (high - low) * HIGH, str(row["method"]))
        for row, x, y in zip(rows, across, up, strict=True)
    ]
    for at, down, name in _together(dots):
        crowded = any(0 < x - at < 7 * len(name) and abs(y - down) < 8 for x, y, _ in dots)
        side, line, end = (at, down - 7, "middle") if crowded else (at + 7, down + 4, "start")
        colour = OURS if name.startswith("visavis") else THEIRS
        found.append(f'<circle cx="{at:.0f}" cy="{down:.0f}" r="4" fill="{colour}"/>')
        found.append(f'<text x="{side:.0f}" y="{line:.0f}" text-anchor="{end}">{escape(name)}</text>')
    return "".join(found)


def _together(dots: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Give dots that stand on each other one name."""
    found: list[tuple[float, float, str]] = []
    for at, down, name in dots:
        same = [n for n, (x, y, _) in enumerate(found) if abs(x - at) < 6 and abs(y - down) < 6]
        if same:
            x, y, before = found[same[0]]
            found[same[0]] = (
                x,
                y,
                f"{before} = {name.removeprefix('visavis, ').removeprefix('iALS, implicit, ')}",
            )
        else:
            found.append((at, down, name))
    return found
