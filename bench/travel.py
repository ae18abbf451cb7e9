"""How far off are estimated minutes? Ours beside constant speeds, on driving times without traffic; and how fast.

The tables (`travel_data.py`, which says how they were made) hold drives on empty roads, so ours is measured without
what it adds for traffic and parking. What it costs to know only where the person lives is measured with both.

    .venv/bin/python -m bench.travel [--json FILE] [--plot FILE]
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from bench.machine import machine, one_thread
from bench.travel_data import ROUTED, USUAL
from bench.travel_plot import svg
from visavis.catalog.starter import places
from visavis.engine.facts.geo import distance_km, unit_vectors
from visavis.engine.facts.travel import CURVES, densities, minutes, reach_km

OLD_KM_H = 40.0
"""The straight-line speed by car that the curves replaced."""

FITTED_KM_H = 43.5
"""The constant speed that fits best the origins the drive was fitted on."""

SPEED_PAIRS = 1_000_000


def drive(km: np.ndarray) -> np.ndarray:
    """Give the minutes of a drive without traffic and parking."""
    car = CURVES["car"]
    return car.start + car.settled * km + car.early * car.length * km / (car.length + km)


def tables() -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
    """Give each table's straight lines, minutes, and densities at both ends."""
    all_ = places()
    people = densities(all_.latitude, all_.longitude, all_.draw_weight)
    points = unit_vectors(all_.latitude, all_.longitude)
    named = {
        f"{all_.department[row]} {all_.name[row]}": row
        for row in range(len(all_.code))
        if not all_.parent[row]
    }
    routed = [(all_.row_of[one], all_.row_of[other], taken) for one, other, taken in ROUTED]
    usual = [(named[one], named[other], taken) for one, other, taken, _ in USUAL]
    kinds = np.array([kind for *_, kind in USUAL])
    found = {}
    for name, rows in {
        "routed, Isère and Greater Paris": routed,
        "usual, France": usual,
        **{
            f"usual, {kind}": [row for row, here in zip(usual, kinds == kind, strict=True) if here]
            for kind in sorted(set(kinds))
        },
    }.items():
        one, other, taken = np.array(rows).T
        found[name] = distance_km(points[one], points[other]), taken.astype(float), people[one], people[other]
    return found


def error(estimate: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """Give the median absolute error in minutes and percent, and the bounds of 90 % of errors, percent."""
    relative = 100 * (estimate / truth - 1)
    low, middle, high = np.percentile(relative, [5, 50, 95])
    return {
        "minutes": float(np.median(abs(estimate - truth))),
        "percent": float(np.median(abs(relative))),
        "low": float(low),
        "middle": float(middle),
        "high": float(high),
    }


def one_end() -> dict[str, float]:
    """Say how much minutes change when the traffic and parking of both ends count, not those of one."""
    both = list(tables().values())[:2]
    km, _, here, there = (np.concatenate(column) for column in zip(*both, strict=True))
    km, here, there = np.tile(km, 2), np.concatenate([here, there]), np.concatenate([there, here])
    mine = minutes(km, "car", here)
    return error(mine, (mine + minutes(km, "car", there)) / 2)


def speed() -> list[dict[str, float | str]]:
    """Measure nanoseconds of CPU a pair, both ways, median of five."""
    rng = np.random.default_rng(1)
    km, people = rng.uniform(0, 100, SPEED_PAIRS), 10 ** rng.uniform(1, 5, SPEED_PAIRS)
    found: list[dict[str, float | str]] = []
    for transport in CURVES:
        for name, way, value in (("minutes", minutes, km), ("reach_km", reach_km, km)):
            taken = []
            for _ in range(5):
                start = time.process_time()
                way(value, transport, people)
                taken.append(time.process_time() - start)
            found.append(
                {"method": "visavis", "data": f"{name}, {transport}", "ns": 1e9 * np.median(taken) / len(km)}
            )
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    rows: list[dict] = []
    print(f"{'data':32}{'method':18}{'pairs':>6}{'min':>6}{'%':>6}{'90 % of errors, %':>20}{'middle':>8}")
    for data, (km, taken, _, _) in tables().items():
        ways = {"visavis": drive(km), "40 km/h": 60 * km / OLD_KM_H, "43.5 km/h": 60 * km / FITTED_KM_H}
        for method, estimate in ways.items():
            row = {"method": method, "data": data, "pairs": len(km), **error(estimate, taken)}
            rows.append(row)
            bounds = f"{row['low']:+.0f} to {row['high']:+.0f}"
            print(
                f"{data:32}{method:18}{len(km):6}{row['minutes']:6.1f}{row['percent']:6.1f}{bounds:>20}{row['middle']:+8.0f}"
            )
    end = one_end()
    rows.append({"method": "visavis", "data": "one end's density for both", **end})
    bounds = f"{end['low']:+.0f} to {end['high']:+.0f}"
    print(f"one end's density for both: {end['minutes']:.1f} min, {end['percent']:.1f} %, 90 % {bounds} %")
    for row in speed():
        rows.append(row)
        print(f"{row['data']:32}{row['ns']:8.0f} ns a pair")
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")
    if asked.plot:
        asked.plot.write_text(svg(tables()), encoding="utf-8")


if __name__ == "__main__":
    one_thread()
    main()
