"""Spread recommendations over openings: how fast, how even, and how many more are hired.

Three questions. How long do prices and lists take on a large graph, beside POT where it fits? In a market
whose truth is known, how many are hired, how crowded are the vacancies, what does each person give up? And how
does the slow rotation change lists from day to day?

Settings of the engine (epsilon, the outside option) were set on seeds 0 to 3 of smaller markets; the seeds here
begin at 1000. CPU time throughout.
"""

from bench.machine import machine, one_thread

one_thread()

import argparse  # noqa: E402
import json  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from scipy.stats import t as student  # noqa: E402

from bench import spread_plot, spread_rotation, spread_speed  # noqa: E402
from bench.spread_market import Market, Outcome, Run, Size, make  # noqa: E402
from bench.spread_methods import methods  # noqa: E402

type Row = dict[str, str | int | float]

FIRST_SEED = 1000
SIZES = {
    "few positions": Size(people=2400, vacancies=600, per_position=2.5),
    "as many positions": Size(people=1600, vacancies=800, per_position=1.0),
}
PLAIN = "plain ranking"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=5_000_000)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--only", choices=["speed", "pot", "market", "rotation"])
    parser.add_argument("--error", type=float, default=0.7, help="of what the engine sees, in logits")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plots", type=Path, help="a folder for the plots")
    asked = parser.parse_args()
    rows: list[Row] = []
    if asked.only in (None, "speed"):
        rows += _print(f"{asked.edges:,} edges", spread_speed.large(asked.edges))
    if asked.only in (None, "pot"):
        rows += _print("Beside POT, 6,000 x 3,000", spread_speed.beside_pot())
    if asked.only in (None, "market"):
        for name, size in SIZES.items():
            sized = Size(size.people, size.vacancies, size.edges, size.per_position, asked.error, size.rounds)
            rows += _print(f"Market: {name}", market_rows(name, sized, asked.seeds))
    if asked.only in (None, "rotation"):
        found, seen = spread_rotation.rows(make(SIZES["few positions"], FIRST_SEED))
        rows += _print("Rotation, day by day", found)
        if asked.plots:
            spread_plot.rotation(asked.plots / "rotation.svg", seen)
    if asked.plots and asked.only in (None, "market"):
        spread_plot.trade_off(asked.plots / "spread.svg", rows)
        spread_plot.congestion(asked.plots / "congestion.svg", rows)
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1) + "\n")


def market_rows(name: str, size: Size, seeds: int) -> list[Row]:
    """Live through every market under every method."""
    markets = [make(size, FIRST_SEED + seed) for seed in range(seeds)]
    found = {
        method: [Run(market, way, FIRST_SEED + seed).outcome() for seed, market in enumerate(markets)]
        for method, way in methods().items()
    }
    return [_row(name, method, outcomes, found[PLAIN], markets) for method, outcomes in found.items()]


def _row(
    name: str, method: str, outcomes: Sequence[Outcome], plain: Sequence[Outcome], markets: Sequence[Market]
) -> Row:
    """Sum up a method over the seeds; gains are paired with plain ranking of the same market."""
    gain = [100.0 * (one.hires / other.hires - 1.0) for one, other in zip(outcomes, plain, strict=True)]
    first = [100.0 * (one.first / other.first - 1.0) for one, other in zip(outcomes, plain, strict=True)]
    evenness = [congestion(one.exposure, market) for one, market in zip(outcomes, markets, strict=True)]
    entropy, gini, most = np.mean(evenness, axis=0)
    return {
        "market": name,
        "method": method,
        "hires": float(np.mean([one.hires for one in outcomes])),
        "gain_percent": float(np.mean(gain)),
        "gain_half_width": _half_width(gain),
        "first_round_gain_percent": float(np.mean(first)),
        "first_round_half_width": _half_width(first),
        "entropy": float(entropy),
        "gini": float(gini),
        "most": float(most),
        "given_up": float(np.mean([one.given_up for one in outcomes])),
        "kept": float(np.mean([one.kept for one in outcomes])),
        "empty": float(np.mean([one.empty for one in outcomes])),
        "length": float(np.mean([one.length for one in outcomes])),
    }


def congestion(exposure: np.ndarray, market: Market) -> tuple[float, float, float]:
    """Return evenness of exposure by position: normalised entropy, Gini, and the most over the mean."""
    each = np.sort(exposure / market.positions)
    share = exposure[exposure > 0] / exposure.sum()
    weight = market.positions / market.positions.sum()
    # Entropy relative to the positions: 1 when every position is looked at as often.
    away = float((share * np.log(share / weight[exposure > 0])).sum())
    entropy = 1.0 - away / float(np.log(1.0 / weight.min()))
    n = len(each)
    gini = float((2 * np.arange(1, n + 1) - n - 1) @ each / (n * each.sum()))
    return entropy, gini, float(each[-1] / each.mean())


def _half_width(values: Sequence[float]) -> float:
    """Return half the 95 % interval of a mean (Student)."""
    if len(values) < 2:
        return float("nan")
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    return float(student.ppf(0.975, len(values) - 1) * error)


def _print(title: str, rows: list[Row]) -> list[Row]:
    """Print a table of all keys, and return it."""
    keys = list(dict.fromkeys(key for row in rows for key in row if key != "market"))
    table = [keys, *[[_cell(row.get(key, "")) for key in keys] for row in rows]]
    widths = [max(len(line[column]) for line in table) for column in range(len(keys))]
    print(f"\n{title}")
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)), flush=True)
    return rows


def _cell(value: str | float) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
