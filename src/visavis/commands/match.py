"""visavis match: the best vacancies for each jobseeker, explained, from files to a file."""

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill

import numpy as np
import polars as pl

from visavis.catalog import starter
from visavis.commands import france_travail, market_files, tables
from visavis.common import progress
from visavis.engine.arrays import AnyArray
from visavis.engine.facts.records import Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.facts.rows import take_rows
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.market import Market
from visavis.engine.score.score import PART_NAMES
from visavis.engine.score.tiers import TIERS
from visavis.shards import kept, markets, pool

PEOPLE_AT_ONCE = 5_000
INTERRUPTED = 130


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "match",
        help="the best vacancies for each jobseeker, with reasons",
        description="Writes each jobseeker's best vacancies among those that respect all her limits. "
        "Reads CSV, JSON, JSON Lines or Parquet, and the JSON of France Travail's “Offres d'emploi v2” as it comes.",
        epilog=columns_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--jobseekers", type=Path, required=True, metavar="FILE")
    parser.add_argument("--vacancies", type=Path, required=True, nargs="+", metavar="FILE")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="CSV, JSON or Parquet by its name"
    )
    parser.add_argument("--top", type=int, default=20, metavar="N", help="how many for each jobseeker (20)")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=None, metavar="YYYY-MM-DD")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes on this machine (1)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="work on the Dask cluster of this scheduler")
    parser.add_argument(
        "--resume",
        type=Path,
        metavar="DIR",
        help="keep finished shards in this folder and take those that are there; all machines of the cluster see it",
    )


def columns_help() -> str:
    """Document the columns, in and out."""
    parts = ["columns of --jobseekers (all but none may be missing; what is missing is neutral):"]
    parts += [_line(name, text) for name, text in market_files.JOBSEEKER_COLUMNS.items()]
    parts += ["", "columns of --vacancies:"]
    parts += [_line(name, text) for name, text in market_files.VACANCY_COLUMNS.items()]
    parts += [
        "",
        "columns of --out:",
        _line("jobseeker_id", "as in --jobseekers"),
        _line("vacancy_id", "as in --vacancies"),
        _line(
            "rank", "from 1: what she asked for, then what is near that, then the rest, each the best first"
        ),
        _line("tier", f"{', '.join(TIERS)}; the last where she said no radius and it is farther than usual"),
        _line("score", "log-odds that both sides say yes"),
        _line("reasons", f"JSON, the parts that add up to the score: {', '.join(PART_NAMES)}"),
    ]
    return "\n".join(parts)


def _line(name: str, text: str) -> str:
    return fill(f"{name:<20}{text}", 96, initial_indent="  ", subsequent_indent=" " * 22)


def run(args: argparse.Namespace) -> int:
    """Match and say what was done; 1 with a sentence when a file cannot be read or the cluster refuses."""
    if args.top < 1 or args.workers < 1:
        sys.stderr.write("--top and --workers must be at least 1.\n")
        return 2
    started = time.perf_counter()
    report = market_files.Report()
    try:
        market = read_market(args.jobseekers, args.vacancies, args.today or dt.date.today(), report)  # noqa: DTZ011
        number = write(market, args)
    except (tables.FileRefused, pool.ClusterRefused) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except pool.Stopped as stopped:
        sys.stderr.write(f"{stopped}\nTo go on, give the same command with --resume {kept_in(args)}\n")
        return INTERRUPTED
    for line in report.text_lines():
        sys.stderr.write(f"  {line}\n")
    sys.stderr.write(
        f"{len(market.jobseekers)} jobseekers × {len(market.vacancies)} vacancies: {number} matches "
        f"in {time.perf_counter() - started:.1f} s, in {args.out}\n"
    )
    return 0


def write(market: Market, args: argparse.Namespace) -> int:
    """Write the matches, in one piece or shard by shard: the same file; give their number."""
    if args.workers == 1 and args.cluster is None and args.resume is None:
        return tables.write_all(args.out, ranked(market, args.top))
    keep = kept_in(args)
    number = tables.write_all(args.out, ranked_in_shards(market, args, keep))
    if args.resume is None:
        kept.remove(keep)
    return number


def kept_in(args: argparse.Namespace) -> Path:
    """Name the folder of the shards: the one given, else one beside the output, taken away at the end."""
    out: Path = args.out
    keep: Path | None = args.resume
    return keep or out.with_name(f"{out.name}.shards")


def read_market(
    jobseekers: Path, vacancies: Sequence[Path], today: dt.date, report: market_files.Report
) -> Market:
    """Read both sides and what the starter catalogue says of their occupations."""
    catalogue = starter.load()
    people = jobseeker_columns(
        market_files.read(jobseekers, market_files.JOBSEEKER_COLUMNS, market_files.jobseeker, report)
    )
    work = vacancy_columns(record for path in vacancies for record in read_vacancies(path, report))
    return Market(
        people,
        work,
        today=(today - dt.date(1970, 1, 1)).days,
        occupation_links=[(move.source, move.target, move.kind) for move in catalogue.mobility],
        occupation_interests=catalogue.interests_of,
    )


def read_vacancies(path: Path, report: market_files.Report) -> Iterator[Vacancy]:
    """Read one file of vacancies, in our columns or as France Travail gives it."""
    if france_travail.is_feed(path):
        return france_travail.read(path, report)
    return market_files.read(path, market_files.VACANCY_COLUMNS, market_files.vacancy, report)


def ranked(market: Market, top: int) -> Iterator[pl.DataFrame]:
    """Give the matches some thousand people at a time, with a bar."""
    total = len(market.jobseekers)
    with progress.bar("matching") as report:
        report(0, total)
        for first, last in windows(total):
            people = take_rows(market.jobseekers, np.arange(first, last))
            yield table(top_vacancies(market.with_jobseekers(people), top), people.ids, market.vacancies.ids)
            report(last, total)


def ranked_in_shards(market: Market, args: argparse.Namespace, keep: Path) -> Iterator[pl.DataFrame]:
    """Give the same frames, worked out by several processes or machines."""
    with progress.bar("shards") as report:
        folders = markets.matched(
            market, args.top, keep=keep, workers=args.workers, address=args.cluster, report=report
        )
    for found in markets.lists(folders, windows(len(market.jobseekers))):
        yield table(found, market.jobseekers.ids, market.vacancies.ids)


def windows(total: int) -> list[tuple[int, int]]:
    """Cut the people into runs of rows that are written at once; nobody is one empty run."""
    starts = range(0, max(total, 1), PEOPLE_AT_ONCE)
    return [(first, min(first + PEOPLE_AT_ONCE, total)) for first in starts]


def table(matches: Matches, jobseekers: AnyArray, vacancies: AnyArray) -> pl.DataFrame:
    """Lay matches out as rows, with the names of both sides."""
    return pl.DataFrame(
        {
            "jobseeker_id": jobseekers[matches.jobseeker].tolist(),
            "vacancy_id": vacancies[matches.vacancy].tolist(),
            "rank": matches.rank,
            "tier": [TIERS[tier] for tier in matches.tier.tolist()],
            "score": matches.score,
            "reasons": reasons_of(matches),
        },
        schema={
            "jobseeker_id": pl.String,
            "vacancy_id": pl.String,
            "rank": pl.Int32,
            "tier": pl.String,
            "score": pl.Float64,
            "reasons": pl.String,
        },
    )


def reasons_of(matches: Matches) -> list[str]:
    """Write each match's parts that weigh, as JSON."""
    return [
        json.dumps({name: part for name, part in zip(PART_NAMES, row, strict=True) if part})
        for row in matches.parts.astype(np.float64).tolist()
    ]
