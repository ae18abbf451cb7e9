"""How fast are exact lists of twenty on large markets, beside matrices, k-d trees, vector and table engines?

`composite` is the project's whole score; `dense` the nearest of made-up text vectors among what keeps contract,
licences, conditions, pay and distance. All methods answer for the same people, drawn at random among the jobseekers;
one that is slow answers for fewer of them (at least 128) and ours is timed again on these very people. CPU time on one
thread; each method in a process of its own that shares the data; recall is measured against float64.

    .venv/bin/python -m bench.scale [--jobseekers N] [--vacancies M] [--people P] [--only dense|composite]
                                    [--methods TEXT] [--budget S] [--growth] [--plot FILE] [--json FILE]
"""

import os

for _name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(_name, None)  # they would slow the peers down
os.environ["POLARS_MAX_THREADS"] = "1"

from bench.machine import machine, one_thread  # noqa: E402

one_thread()

import argparse  # noqa: E402
import json  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402

from bench import scale_composite, scale_dense, scale_growth, scale_market, scale_tables  # noqa: E402
from bench.scale_market import DEPTH, Truth  # noqa: E402
from bench.scale_ours import Best, Nearest, likeness, readable, worth  # noqa: E402
from bench.scale_watch import Run, Taken, again, apart, measured, sgemm_gflops  # noqa: E402
from visavis.engine.facts.rows import take_rows  # noqa: E402
from visavis.engine.market.market import Market  # noqa: E402

type Row = dict[str, str | int | float]
type Build = Callable[[], Run]

K = 20
OURS = "visavis"
PEERS = {
    "numpy, all pairs": scale_dense.numpy_blocks,
    "k-d tree + gemv": scale_dense.kd_tree,
    "faiss flat, bits": scale_dense.faiss_bitmap,
    "faiss flat, k-d tree": scale_dense.faiss_array,
    "usearch exact, k-d tree": scale_dense.usearch_exact,
    "DuckDB": scale_tables.duckdb_join,
    "Polars": scale_tables.polars_join,
}
FLOAT32_OFF = 1e-6


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    rows: list[Row] = []
    if asked.growth:
        rows = scale_growth.rows(asked.seed, asked.plot)
    else:
        everybody = scale_market.drawn(asked.jobseekers, asked.vacancies, asked.seed)
        market = _sample(everybody, asked)
        if asked.only != "dense":
            rows += composite(market, asked)
        if asked.jobseekers > len(market.jobseekers) and asked.only != "dense":
            rows += whole(everybody)
        if asked.only != "composite":
            del everybody
            rows += dense(scale_market.with_five(market), asked)
    if asked.json:
        text = json.dumps({"machine": machine(), "load": os.getloadavg(), "rows": rows}, indent=1)
        asked.json.write_text(text + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--jobseekers", type=int, default=2_000)
    parser.add_argument("--vacancies", type=int, default=50_000)
    parser.add_argument("--people", type=int, default=2_000, help="how many of the jobseekers are asked for")
    parser.add_argument("--only", choices=["dense", "composite"])
    parser.add_argument("--methods", default="", help="only peers whose name holds one of these, by commas")
    parser.add_argument("--budget", type=float, default=30.0, help="CPU seconds a peer may take")
    parser.add_argument("--growth", action="store_true", help="ours alone on several sizes")
    parser.add_argument("--plot", type=Path, help="where --growth draws its picture (SVG)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _sample(market: Market, asked: argparse.Namespace) -> Market:
    """Put some of the jobseekers, drawn at random, before the same vacancies."""
    count = len(market.jobseekers)
    if count <= asked.people:
        return market
    chosen = np.random.default_rng(asked.seed).choice(count, asked.people, replace=False)
    return market.with_jobseekers(take_rows(market.jobseekers, chosen))


def composite(market: Market, asked: argparse.Namespace) -> list[Row]:
    """Compare whole scores."""
    people = len(market.jobseekers)
    ours = partial(Best, market, K)
    small = partial(Best, scale_market.drawn(64, 2_000, asked.seed), K)
    apart(partial(measured, small, 64, asked.budget))  # compiles, once
    taken = {OURS: apart(partial(measured, ours, people, asked.budget))}
    peers: dict[str, Build] = {
        "numpy and scipy, all pairs": lambda: scale_composite.AllPairs(market, K).lists
    }
    for name, build in _wanted(peers, asked).items():
        taken[name] = apart(partial(measured, build, people, asked.budget))
    reference, truth = apart(partial(readable, market, K))
    taken["visavis, readable way"] = reference
    sizes = sorted({one.people for one in taken.values()})
    beside, gflops = apart(partial(again, ours, sizes))
    in_reach, feasible = apart(partial(scale_market.counts, market, people))

    rows = _rows("composite", market, taken, beside)
    for row, one in zip(rows, taken.values(), strict=True):
        off = 0.0 if str(row["method"]).startswith(OURS) else scale_composite.OFF
        row["recall"], row["lists_off"] = scale_market.judged(one.lists, truth, partial(worth, market), off)
    _reach(rows[0], in_reach, feasible, gflops)
    _print("composite", rows, market, gflops)
    return rows


def dense(market: Market, asked: argparse.Namespace) -> list[Row]:
    """Compare the nearest vectors among what keeps five constraints."""
    people = len(market.jobseekers)
    vectors = scale_market.vectors(market, asked.seed)
    work = scale_market.work_of(market)
    ours = partial(Nearest, market, vectors, K)
    small = scale_market.with_five(scale_market.drawn(64, 2_000, asked.seed))
    compiling = partial(Nearest, small, scale_market.vectors(small, asked.seed), K)
    apart(partial(measured, compiling, 64, asked.budget))
    taken = {OURS: apart(partial(measured, ours, people, asked.budget))}
    for name, build in _wanted(PEERS, asked).items():
        taken[name] = apart(partial(measured, partial(build, work, vectors, K), people, asked.budget))
    sizes = sorted({one.people for one in taken.values()})
    beside, gflops = apart(partial(again, ours, sizes))
    truth: Truth = apart(partial(scale_market.nearest_truth, market, vectors, K))
    in_reach, feasible = apart(partial(scale_market.counts, market, people))

    rows = _rows("dense", market, taken, beside)
    for row, one in zip(rows, taken.values(), strict=True):
        off = 0.0 if row["method"] == OURS else FLOAT32_OFF
        row["recall"], row["lists_off"] = scale_market.judged(
            one.lists, truth, partial(likeness, market, vectors), off
        )
    _reach(rows[0], in_reach, feasible, gflops)
    _print("dense", rows, market, gflops)
    return rows


def whole(market: Market) -> list[Row]:
    """Time ours for all jobseekers, not only those the peers answer for."""
    people = len(market.jobseekers)
    taken = apart(partial(measured, partial(Best, market, K, keep=False), people, float("inf")))
    row = _row("composite, everybody", market, OURS, taken)
    _print("composite, everybody", [row], market, sgemm_gflops())
    return [row]


def _wanted[T](peers: dict[str, T], asked: argparse.Namespace) -> dict[str, T]:
    parts = asked.methods.lower().split(",")
    return {name: peer for name, peer in peers.items() if any(part in name.lower() for part in parts)}


def _rows(part: str, market: Market, taken: dict[str, Taken], beside: dict[int, float]) -> list[Row]:
    rows = []
    for name, one in taken.items():
        row = _row(part, market, name, one)
        row["times_ours"] = one.seconds / beside[one.people]
        rows.append(row)
    return rows


def _row(part: str, market: Market, name: str, taken: Taken) -> Row:
    row: Row = {
        "part": part,
        "method": name,
        "jobseekers": len(market.jobseekers),
        "vacancies": len(market.vacancies),
        "people": taken.people,
        "jobseekers_per_s": taken.people / taken.seconds,
        "us_a_person": 1e6 * taken.seconds / taken.people,
        "runs": taken.times,
        "build_s": taken.build_s,
        "own_mb": taken.own_mb,
        "peak_mb": taken.peak_mb,
    }
    for share in (50, 95, 99):
        if len(taken.one_s):
            row[f"p{share}_us"] = 1e6 * float(np.percentile(taken.one_s, share))
    return row


def _reach(row: Row, in_reach: np.ndarray, feasible: np.ndarray, gflops: float) -> None:
    """Say how much there was to do, and which part of the matrix product of what is within reach ours attains."""
    row["in_reach"], row["feasible"] = float(in_reach.mean()), float(feasible.mean())
    row["feasible_p50"], row["feasible_p99"] = (float(np.percentile(feasible, share)) for share in (50, 99))
    row["sgemm_gflops"] = gflops
    row["roofline_share"] = 2e-9 * DEPTH * float(in_reach.mean()) / gflops * float(row["jobseekers_per_s"])


def _print(part: str, rows: Sequence[Row], market: Market, gflops: float) -> None:
    people, vacancies = len(market.jobseekers), len(market.vacancies)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"\n{part}: top {K}, {people:,} people before {vacancies:,} vacancies; sgemm {gflops:.0f} GFLOP/s, load {load}"
    )
    print("  ".join(str(value) for value in machine().values()))
    head = f"{'method':<26}{'people':>10}{'µs each':>10}{'a second':>10}{'× ours':>8}{'recall':>9}{'off':>5}"
    print(head + f"{'build s':>9}{'own MB':>8}{'peak MB':>9}")
    for row in rows:
        line = f"{row['method']:<26}{row['people']:>10,}{row['us_a_person']:>10,.0f}{row['jobseekers_per_s']:>10,.0f}"
        if "recall" in row:
            line += f"{row['times_ours']:>8.1f}{row['recall']:>9.5f}{row['lists_off']:>5}"
        else:
            line += " " * 22
        print(line + f"{row['build_s']:>9.1f}{row['own_mb']:>8,.0f}{row['peak_mb']:>9,.0f}")
    first = rows[0]
    if "p50_us" in first:
        print(
            f"ours, one call each: p50 {first['p50_us']:,.0f}, p95 {first['p95_us']:,.0f},"
            f" p99 {first['p99_us']:,.0f} µs"
        )
    if "feasible" in first:
        print(
            f"within reach {first['in_reach']:,.0f} a person, feasible {first['feasible']:,.0f}"
            f" (p50 {first['feasible_p50']:,.0f}, p99 {first['feasible_p99']:,.0f});"
            f" {first['roofline_share']:.1%} of the matrix product of what is within reach"
        )


if __name__ == "__main__":
    main()
