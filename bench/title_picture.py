"""Draw the first answers right of `bench/titles.py --json FILE` as bars: python -m bench.title_picture FILE OUT.svg."""

import json
import sys
from html import escape
from pathlib import Path

WIDTH, LEFT, RIGHT, STEP = 720, 300, 70, 26
DATA = "melo_fra_q_fr_c_fr"


def bars(rows: list[dict[str, str | float]]) -> str:
    """Give one bar a method, longest first; ours dark, published ones pale."""
    rows = sorted(
        (row for row in rows if row["data"] == DATA and row["A@1"]), key=lambda row: -float(row["A@1"])
    )
    height = 60 + STEP * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>French titles whose first answer among the labels of ESCO is right</title>",
        "<style>text{font:13px sans-serif;fill:#1b1b1b}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22">MELO French to French: first answer right, from 0.5 to 0.9</text>',
    ]
    for place, row in enumerate(rows):
        ours, told = str(row["method"]).startswith("visavis"), "published" in row
        width = (WIDTH - LEFT - RIGHT) * (float(row["A@1"]) - 0.5) / 0.4
        top = 40 + STEP * place
        name = escape(f"{row['method']}{', published' if told else ''}")
        colour = "#1d4e89" if ours else "#c9c9c9" if told else "#8a8a8a"
        parts.append(f'<text text-anchor="end" x="{LEFT - 8}" y="{top + 14}">{name}</text>')
        parts.append(f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="18" fill="{colour}"/>')
        parts.append(f'<text x="{LEFT + width + 6:.1f}" y="{top + 14}">{float(row["A@1"]):.3f}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    source, out = map(Path, sys.argv[1:3])
    out.write_text(bars(json.loads(source.read_text(encoding="utf-8"))["rows"]), encoding="utf-8")
