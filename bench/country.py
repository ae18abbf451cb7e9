"""A whole country in one run: retrieval, score and spreading, by shards, resumable.

    .venv/bin/python -m bench.country --jobseekers 6000000 --vacancies 1000000 --workers 2 --keep DIR --json F

Every person's 50 best vacancies, exactly; then lists of 20 spread over the openings. Begun again with the same
DIR it goes on where it stopped. The log is DIR/country.log. `--growth` runs smaller countries instead and carries
their cost on to this one.
"""

import argparse
import hashlib
import json
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench import country_market, country_tables
from bench.country_market import draw_jobseekers, draw_vacancies, market_of
from bench.country_watch import Watch
from bench.machine import machine, one_thread
from bench.spread_ours import spread
from visavis.common import progress
from visavis.engine.lists.shards import market_digest
from visavis.engine.spread.graph import Graph
from visavis.shards import kept, markets, pool

GENERATOR = (country_market, country_tables)
KEPT, SERVED = 50, 20
STRENGTH = 0.5
GROWTH = ((20_000, 50_000), (20_000, 200_000), (80_000, 200_000), (20_000, 500_000))


class Part(NamedTuple):
    """What a worker needs to draw the people of a shard and find their vacancies."""

    market: Path
    people: int
    seed: int
    shard: int
    of: int


def retrieve(part: Part) -> kept.Arrays:
    """Find the best vacancies of the people of a shard, in a worker: rows of pairs and the chance of each."""
    people = draw_jobseekers(part.people, part.seed, part.shard, part.of)
    found = markets.lists_of(part.market, people, KEPT)
    counts = np.bincount(found.jobseeker, minlength=part.people)
    return {
        "counts": counts.astype(np.int32),
        "vacancy": found.vacancy.astype(np.int32),
        "chance": (1.0 / (1.0 + np.exp(-found.score))).astype(np.float32),
    }


def run(args: argparse.Namespace, watch: Watch) -> list[dict]:
    """Run the whole country, stage by stage."""
    keep = args.keep
    watch.say(f"{args.jobseekers:,} jobseekers × {args.vacancies:,} vacancies, seed {args.seed}, {machine()}")
    with watch.stage("vacancies drawn and prepared"):
        market = market_of(draw_jobseekers(0, args.seed), draw_vacancies(args.vacancies, args.seed))
        digest = market_digest(market)
        folder = markets.keep_market(market, keep, digest)
        positions = market.vacancies.positions.astype(np.int64)
        del market
    tasks = tasks_of(args, folder.resolve(), digest)
    with watch.stage(f"retrieved and scored, {len(tasks)} shards") as row, progress.bar("shards") as report:
        options = {"workers": args.workers, "cluster": args.cluster, "report": report}
        row["said"] = pool.map_shards(retrieve, tasks, keep=keep, **options).lines
        told = [kept.manifest_of(keep / task.name) for task in tasks]
        row["cpu_of_all_shards_s"] = round(sum(one["cpu_s"] for one in told), 1)
        row["largest_worker_mb"] = max(one["peak_mb"] for one in told)
    with watch.stage("pairs put together") as row:
        graph = graph_of([keep / task.name for task in tasks], args.vacancies)
        row["pairs"] = len(graph.vacancy)
        row["people_with_pairs"] = graph.with_pairs
    with watch.stage(f"spread, lists of {SERVED}") as row:
        lists = spread(graph, positions, strength=STRENGTH, k=SERVED)
        row["places"] = len(lists.vacancy)
    with watch.stage("written"):
        kept.remove(keep / "lists")
        jobseeker, vacancy = (values.astype(np.int32) for values in (lists.jobseeker, lists.vacancy))
        kept.write(keep / "lists", digest, {"jobseeker": jobseeker, "vacancy": vacancy})
    total = {key: round(sum(row[key] for row in watch.rows), 1) for key in ("wall_s", "cpu_s")}
    total["peak_mb"] = max(row["peak_mb"] for row in watch.rows)
    watch.rows.append({"method": "visavis", "stage": "all", **total})
    watch.say(f"all: {total}")
    return watch.rows


def tasks_of(args: argparse.Namespace, folder: Path, digest: str) -> list[pool.Task]:
    """Cut the country into pieces of about `--shard` people."""
    of = -(-args.jobseekers // args.shard)
    drawn = hashlib.sha256(b"".join(Path(one.__file__).read_bytes() for one in GENERATOR)).hexdigest()
    tasks = []
    for shard in range(of):
        people = args.jobseekers // of + (shard < args.jobseekers % of)
        part = Part(folder, people, args.seed, shard, of)
        name = f"{shard:05d}"
        tasks.append(
            pool.Task(name, f"{digest} {drawn} {part[1:]} {KEPT}", partial(tuple.__new__, Part, part))
        )
    return tasks


def graph_of(folders: list[Path], vacancies: int) -> Graph:
    """Put the pairs of all shards in one graph, in the order of the shards, with nothing twice in memory."""
    parts = [kept.read(folder) for folder in folders]
    counts = np.concatenate([part["counts"] for part in parts])
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    vacancy, chance = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    first = 0
    for part in parts:
        last = first + len(part["vacancy"])
        vacancy[first:last], chance[first:last] = part["vacancy"], part["chance"]
        first = last
    return Graph(starts, vacancy, chance, vacancies)


def law(rows: list[tuple[int, int, float]]) -> tuple[float, float]:
    """Fit seconds = c N Mᵇ by least squares on the logarithms of (N, M, seconds); give c and b.

    Each person is worked on alone: what does not grow with N is counted with the rest, so few people look dear.
    """
    n, m, seconds = (np.array(column, np.float64) for column in zip(*rows, strict=True))
    b, c = np.polyfit(np.log(m), np.log(seconds / n), 1)
    return float(np.exp(c)), float(b)


def grow(args: argparse.Namespace) -> list[dict]:
    """Run smaller countries, and carry their cost on."""
    rows, seen = [], []
    for n, m in args.sizes:
        one = argparse.Namespace(
            **{**vars(args), "jobseekers": n, "vacancies": m, "keep": args.keep / f"{n}x{m}"}
        )
        one.keep.mkdir(parents=True, exist_ok=True)
        for row in run(one, Watch(one.keep / "country.log")):
            rows.append({**row, "jobseekers": n, "vacancies": m})
            if "cpu_of_all_shards_s" in row:
                seen.append((n, m, row["cpu_of_all_shards_s"]))
    c, b = law(seen)
    carried = c * args.jobseekers * args.vacancies**b
    print(f"{'jobseekers':>12} {'vacancies':>12} {'CPU s':>10} {'µs a person':>12}")
    for n, m, seconds in seen:
        print(f"{n:>12,} {m:>12,} {seconds:>10,.1f} {1e6 * seconds / n:>12,.0f}")
    print(
        f"CPU s = {c:.3g} N M^{b:.2f}; carried on to {args.jobseekers:,} × {args.vacancies:,}: "
        f"{carried:,.0f} s of CPU, {carried / args.workers / 60:,.0f} min on {args.workers} cores"
    )
    rows.append({"method": "visavis", "stage": "law", "c": c, "m_power": b, "cpu_s": carried})
    return rows


def main() -> None:
    """Read the options, run, write."""
    one_thread()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--jobseekers", type=int, default=6_000_000, metavar="N")
    parser.add_argument("--vacancies", type=int, default=1_000_000, metavar="M")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cluster", metavar="ADDRESS")
    parser.add_argument("--shard", type=int, default=100_000, metavar="PEOPLE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, required=True, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--growth", action="store_true", help="smaller countries, and the law of their cost")
    parser.add_argument("--sizes", type=sizes, default=GROWTH, metavar="NxM,NxM", help="those of --growth")
    args = parser.parse_args()
    args.keep.mkdir(parents=True, exist_ok=True)
    rows = grow(args) if args.growth else run(args, Watch(args.keep / "country.log"))
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")


def sizes(text: str) -> list[tuple[int, int]]:
    """Read `20000x50000,80000x50000`."""
    return [(int(n), int(m)) for n, _, m in (one.partition("x") for one in text.split(","))]


if __name__ == "__main__":
    main()
