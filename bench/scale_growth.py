"""How the cost of ours grows with the vacancies and with the people."""

from functools import partial
from pathlib import Path

import numpy as np

from bench import scale_market, scale_plot
from bench.scale_ours import Best, Nearest
from bench.scale_watch import Taken, apart, measured
from visavis.engine.market.market import Market

K = 20
PEOPLE = 1_000
VACANCIES = (12_500, 25_000, 50_000, 100_000, 200_000)
MANY_PEOPLE = (1_000, 4_000, 16_000, 64_000)
AMONG = 50_000

type Row = dict[str, str | int | float]


def rows(seed: int, plot: Path | None, vacancies: tuple[int, ...] = VACANCIES) -> list[Row]:
    """Measure, print and draw."""
    small = scale_market.with_five(scale_market.drawn(64, 2_000, seed))
    for build in (partial(Best, small, K), partial(Nearest, small, scale_market.vectors(small, seed), K)):
        apart(partial(measured, build, 64, 1.0))  # compiles, once
    found: list[Row] = []
    for m in vacancies:
        market = scale_market.drawn(PEOPLE, m, seed)
        found.append(_composite(market))
        found.append(_dense(scale_market.with_five(market), seed))
    by_vacancies = len(found)
    for n in MANY_PEOPLE:
        market = scale_market.drawn(n, AMONG, seed)
        taken = apart(partial(measured, partial(Best, market, K, keep=False), n, float("inf")))
        found.append(_row("composite, by people", market, taken, float("nan")))
    exponents = {part: _exponent(found[:by_vacancies], part) for part in ("composite", "dense")}
    for row in found:
        if row["part"] in exponents:
            row["exponent"] = exponents[str(row["part"])]
    _print(found, exponents)
    if plot:
        plot.write_text(scale_plot.svg(found, exponents), encoding="utf-8")
    return found


def _composite(market: Market) -> Row:
    taken = apart(partial(measured, partial(Best, market, K, keep=False), PEOPLE, float("inf")))
    _, feasible = apart(partial(scale_market.counts, market, PEOPLE))
    return _row("composite", market, taken, float(feasible.mean()))


def _dense(market: Market, seed: int) -> Row:
    vectors = scale_market.vectors(market, seed)
    taken = apart(partial(measured, partial(Nearest, market, vectors, K), PEOPLE, float("inf")))
    _, feasible = apart(partial(scale_market.counts, market, PEOPLE))
    return _row("dense", market, taken, float(feasible.mean()))


def _row(part: str, market: Market, taken: Taken, feasible: float) -> Row:
    return {
        "part": part,
        "method": "visavis",
        "jobseekers": len(market.jobseekers),
        "vacancies": len(market.vacancies),
        "feasible": feasible,
        "seconds": taken.seconds,
        "us_a_person": 1e6 * taken.seconds / taken.people,
        "jobseekers_per_s": taken.people / taken.seconds,
        "build_s": taken.build_s,
        "own_mb": taken.own_mb,
        "peak_mb": taken.peak_mb,
    }


def _exponent(found: list[Row], part: str) -> float:
    """Fit time = c feasibleᵇ by least squares on logarithms; give b."""
    own = [row for row in found if row["part"] == part]
    x, y = (np.log([float(row[key]) for row in own]) for key in ("feasible", "us_a_person"))
    return float(np.polyfit(x, y, 1)[0])


def _print(found: list[Row], exponents: dict[str, float]) -> None:
    head = f"{'part':<22}{'people':>10}{'vacancies':>11}{'feasible':>10}{'µs each':>9}{'ns a feasible':>15}"
    print(head + f"{'seconds':>9}{'build s':>9}{'own MB':>8}")
    for row in found:
        each = 1e3 * float(row["us_a_person"]) / float(row["feasible"])
        print(
            f"{row['part']:<22}{row['jobseekers']:>10,}{row['vacancies']:>11,}{row['feasible']:>10,.0f}"
            f"{row['us_a_person']:>9,.0f}{each:>15,.0f}{row['seconds']:>9.2f}{row['build_s']:>9.1f}{row['own_mb']:>8,.0f}"
        )
    for part, exponent in exponents.items():
        print(f"{part}: time a person ~ feasible vacancies ^ {exponent:.2f}")
