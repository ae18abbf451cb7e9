"""The picture of the model of travel: minutes against km, and what was foreseen beside the tables."""

import numpy as np

from visavis.engine.facts.travel import COUNTRY, CURVES, minutes

SIZE = 300
COLOURS = {"car": "#0b6b4a", "transit": "#1d4e89", "bike": "#b3541e", "walk": "#777"}
CENTRE_CITY = 20_000


def svg(tables: dict[str, tuple[np.ndarray, ...]]) -> str:
    """Draw the curves by transport in the country and in a centre, beside the drives of the tables."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 392" role="img">',
        "<title>Minutes against kilometres by transport; drives foreseen and known</title>",
        "<style>text{font:12px sans-serif;fill:#1b1b1b}.axis{stroke:#999}</style>",
        '<rect width="760" height="392" fill="#fff"/>',
        f'<g transform="translate(50,36)">{curves()}</g>',
        f'<g transform="translate(430,36)">{drives(tables)}</g>',
    ]
    return "\n".join([*parts, "</svg>\n"])


def frame(title: str, across: str, most: tuple[int, int]) -> str:
    """Draw axes with four marks each."""
    found = [
        f'<text y="-14">{title}</text><path d="M0 0V{SIZE}H{SIZE}" fill="none" class="axis"/>',
        f'<text x="{SIZE - 40}" y="{SIZE + 36}">{across}</text>',
    ]
    for quarter in range(1, 5):
        along = SIZE * quarter // 4
        found.append(f'<text x="{along - 8}" y="{SIZE + 18}">{most[0] * quarter // 4}</text>')
        found.append(f'<text x="-30" y="{SIZE - along + 4}">{most[1] * quarter // 4}</text>')
    return "".join(found)


def curves() -> str:
    """Draw minutes up to 60 km: whole lines in the country, dashes in a centre."""
    km, found = np.linspace(0, 60, 121), [frame("minutes (whole: country, dashes: centre)", "km", (60, 120))]
    for transport, colour in COLOURS.items():
        for density, dash in ((COUNTRY, ""), (CENTRE_CITY, ' stroke-dasharray="5 4"')):
            taken = minutes(km, transport, density)
            shown = taken <= 120
            points = " ".join(
                f"{x * SIZE / 60:.1f},{SIZE - y * SIZE / 120:.1f}"
                for x, y in zip(km[shown], taken[shown], strict=True)
            )
            found.append(
                f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
            )
    for place, (transport, colour) in enumerate(COLOURS.items()):
        found.append(
            f'<rect x="210" y="{214 + 20 * place}" width="12" height="12" fill="{colour}"/>'
            f'<text x="228" y="{225 + 20 * place}">{transport}</text>'
        )
    return "".join(found)


def drives(tables: dict[str, tuple[np.ndarray, ...]]) -> str:
    """Draw each drive of the two tables: known minutes across, ours without traffic up."""
    car = CURVES["car"]
    found = [frame("drive, ours (no traffic)", "known", (120, 120))]
    found.append(f'<path d="M0 {SIZE}L{SIZE} 0" class="axis"/>')
    for colour, (name, (km, taken, *_)) in zip(("#0b6b4a", "#b3541e"), list(tables.items())[:2], strict=True):
        ours = car.start + car.settled * km + car.early * car.length * km / (car.length + km)
        for x, y in zip(taken, ours, strict=True):
            at = f'cx="{x * SIZE / 120:.1f}" cy="{SIZE - y * SIZE / 120:.1f}"'
            found.append(f'<circle {at} r="3" fill="{colour}" opacity=".6"/>')
        found.append(f'<text x="10" y="{14 if colour[1] == "0" else 32}" style="fill:{colour}">{name}</text>')
    return "".join(found)
