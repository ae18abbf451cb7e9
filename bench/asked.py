"""Do people's lists begin with the job they asked for? Labels read by eye against the lists as served.

    python -m bench.asked [--towns demo ads] [--seeds N] [--data DIR] [--rome DIR] [--quick] [--keep DIR]

Towns of the demo's market, and of the 300 real ads of DIR (`offres_2024_10.json`, `offres_2025_05.json`) read by the
feed importer, with the starter's catalogue or ROME 3 (`--rome`). Newcomers who say one or two wishes, or only what
they did, with a commune and with or without a radius, are settled among the town's people; the night is made for all of
them, with spreading as served and without, by what answers taught and by the experts' weights. Others come by day.
What an opening is, is read from `asked_labels`;
one known to lie beyond 50 km, or her radius, is not it. `--keep` uses towns again that are filled already.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.machine import machine, one_thread

one_thread()

from visavis.common.progress import Report, bar  # noqa: E402

FIRST_SEED = 2016
TOWNS = ("demo", "ads", "ads, ROME")
QUICK = ("demo", "ads")
BARS = {"first": 0.98, "among": 0.97, "worst rank": 3, "lost": 0.05}
ABSENT = "no opening"
WAYS = (
    "as served", "as served, by day", "as served, not spread", "experts' weights",
    "what answers taught, used anyway",
)  # fmt: skip
NEVER = 99

type Row = dict[str, Any]


def main() -> None:
    """Fill towns, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--towns", nargs="+", choices=TOWNS)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=FIRST_SEED)
    parser.add_argument("--data", type=Path, help="the folder of real ads")
    parser.add_argument("--rome", type=Path, help="the folder of ROME 3")
    parser.add_argument("--quick", action="store_true", help="one town of each, two rounds of hires")
    parser.add_argument("--keep", type=Path, help="where filled towns are kept and found again")
    parser.add_argument("--show", type=int, default=0, help="so many lists that do not begin as asked")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    towns = chosen(args)
    runs = []
    with tempfile.TemporaryDirectory() as folder, bar("towns, nights and rounds") as report:
        for place, (town, seed) in enumerate(towns):
            runs.append(run(town, seed, args, Path(folder), part_of(report, place, len(towns))))
    tables(runs)
    for line in shown(runs, args.show):
        print(line)
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "runs": runs}, indent=1), encoding="utf-8")


def chosen(args: argparse.Namespace) -> list[tuple[str, int]]:
    """Return the towns and seeds to fill; what is not on this machine is told and left out."""
    found = []
    for town in args.towns or (QUICK if args.quick else TOWNS):
        if town != "demo" and not (args.data and args.data.is_dir()):
            print(f"{town}: left out, no folder of real ads (--data)")
        elif town == "ads, ROME" and not (args.rome and args.rome.is_dir()):
            print(f"{town}: left out, no folder of ROME 3 (--rome)")
        else:
            seeds = 1 if args.quick else args.seeds
            found += [(town, args.first_seed + seed) for seed in range(seeds)]
    return found


def part_of(report: Report, place: int, many: int) -> Report:
    """Return the part of a bar that one of many equal pieces fills."""
    return lambda done, total: report(100 * place + 100 * min(done, total) // total, 100 * many)


def run(town: str, seed: int, args: argparse.Namespace, folder: Path, report: Report) -> Row:
    """Measure one town in a process of its own."""
    out = folder / f"{town}-{seed}.json"
    command = [sys.executable, "-m", "bench.asked_town", town, str(seed), str(args.keep or folder), str(out)]
    command += ["--quick"] if args.quick else []
    for name in ("data", "rome"):
        command += [f"--{name}", str(getattr(args, name))] if getattr(args, name) else []
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        for line in process.stdout:
            report(*map(int, line.split()))
        told = process.stderr.read()
    if process.returncode:
        raise SystemExit(told)
    found = json.loads(out.read_text(encoding="utf-8"))
    return {"town": town, "seed": seed, "seconds": round(time.perf_counter() - start), **found}


# Tables ---------------------------------------------------------------------------------------------


def tables(runs: list[Row]) -> None:
    """Print who finds what, what spreading costs, and what it gains."""
    for town in dict.fromkeys(one["town"] for one in runs):
        some = [one for one in runs if one["town"] == town]
        people = [person for one in some for person in one["people"]]
        seeds = ", ".join(str(one["seed"]) for one in some)
        print(f"\n{town}, seeds {seeds}; {sum(one['is_learned'] for one in some)} by what answers taught")
        _print(list(_rows_of(people)))
        print(f"\n{town}: what spreading costs the newcomers, and gains the town")
        _print([_gained(way, rows, some) for (way,), rows in by([c for o in some for c in o["cost"]], "way")])


def _rows_of(people: Sequence[Row]) -> Iterator[Row]:
    """Give a row for each way and kind, after one for all who ask for something that is there."""
    for (way,), some in by(people, "way"):
        if way in WAYS:
            yield _found(way, "all who ask", [one for one in some if one["kind"] != ABSENT])
            yield from (_found(way, kind, rows) for (kind,), rows in by(some, "kind"))


def _found(way: str, kind: str, people: Sequence[Row]) -> Row:
    """Sum up one kind of newcomers; for those whom nothing answers, "asked" is what is near."""
    ranks = [one["first_rank"] or NEVER for one in people]
    row = {
        "way": way,
        "kind": f"{kind}: near" if kind == ABSENT else kind,
        "people": len(people),
        "first is asked": np.mean([one["first"] for one in people]),
        "among first min(n, 5)": sum(one["among"] for one in people) / sum(one["of"] for one in people),
        "worst first rank": max(ranks) if max(ranks) < NEVER else "none",
        "first within 3": np.mean([rank <= BARS["worst rank"] for rank in ranks]),
        "by codes alone": "{:.3f} {:.3f}".format(
            np.mean([one["by_codes"][0] for one in people]),
            sum(one["by_codes"][1] for one in people) / sum(one["of"] for one in people),
        ),
        "beyond, first 5": np.mean([one["beyond"] for one in people]),
        "chance, first 5": np.mean([one["chance"] for one in people]),
    }
    if kind == ABSENT:
        row["under “asked”"] = sum(one["under_asked"] for one in people)
    else:
        row["misses"] = _misses(row)
    return row


def _misses(row: Row) -> str:
    """Name the bars that a row does not reach."""
    missed = {
        "first": row["first is asked"] < BARS["first"],
        "among": row["among first min(n, 5)"] < BARS["among"],
        "rank": row["first within 3"] < 1,
    }
    return " ".join(name for name, is_missed in missed.items() if is_missed)


def _gained(way: str, costs: Sequence[Row], runs: Sequence[Row]) -> Row:
    row: Row = {"way": way}
    for who in ("new", "everybody"):
        losses = [one for cost in costs for one in cost[who]]
        row |= {
            f"{who}: lost, mean": np.mean(losses),
            "worst" + " " * (who == "new"): max(losses),
            "above 5 %"
            + " " * (who == "new"): f"{sum(one > BARS['lost'] for one in losses)} of {len(losses)}",
        }
    row |= {
        "fullest / limit": max(cost["fullest"] for cost in costs),
        "above the limit": sum(cost["over"] for cost in costs),
        "empty lists": sum(cost["empty"] for cost in costs),
    }
    lives = [life for one in runs for life in one["hires"] if life["way"] == way]
    if lives:
        row |= {
            "hires, round 1": _gain([(life["plain"]["first"], life["spread"]["first"]) for life in lives]),
            f"after {len(lives[0]['plain']['rounds'])}": _gain(
                [([sum(life["plain"]["rounds"])], [sum(life["spread"]["rounds"])]) for life in lives]
            ),
        }
    return row


def _gain(pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> str:
    """Say the mean hires of a town without and with spreading, and the gain with half its 95 % interval."""
    plain, spread = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    gains = 100.0 * (spread - plain) / plain.mean()
    half = f" ± {1.96 * gains.std(ddof=1) / np.sqrt(len(gains)):.1f}" if len(gains) > 1 else ""
    return f"{plain.mean():.0f} → {spread.mean():.0f} ({gains.mean():+.1f} %{half})"


def by(rows: Iterable[Row], *names: str) -> list[tuple[tuple[Any, ...], list[Row]]]:
    """Group rows by some of their values, in the order in which these come."""
    found: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return list(found.items())


def _print(rows: list[Row]) -> None:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    table = [keys, *[[_cell(row.get(key, "")) for key in keys] for row in rows]]
    widths = [max(len(line[column]) for line in table) for column in range(len(keys))]
    for line in table:
        cells = zip(line, widths, strict=True)
        print("  ".join(cell.ljust(width) for cell, width in cells).rstrip(), flush=True)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def shown(runs: Sequence[Row], most: int) -> Iterable[str]:
    """Give the lists of some newcomers that do not begin as asked: = asked, ~ near."""
    wrong = [
        (run["town"], one)
        for run in runs
        for one in run["people"]
        if one["way"] in WAYS[:2] and (not one["first"] or one["among"] < one["of"])
    ]
    for town, one in wrong[:most]:
        said = " + ".join(f"{words} ({code})" for words, code in zip(one["said"], one["codes"], strict=True))
        yield f"\n{town}, {one['way']}, {one['kind']}: {said}; {one['commune']}, radius {one['radius_km']}"
        yield f"  {one['in_reach']} in reach, the first at {one['first_rank']}"
        yield from (f"  {rank:2} {seen}" for rank, seen in enumerate(one["seen"], start=1))


if __name__ == "__main__":
    main()
