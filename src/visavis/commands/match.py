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
from visavis.engine.columns import JobseekerColumns
from visavis.engine.market import Market
from visavis.engine.records import Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.rows import take_jobseekers
from visavis.engine.score import PART_NAMES
from visavis.engine.topk import Matches, top_vacancies

PEOPLE_AT_ONCE = 5_000


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
        _line("rank", "from 1, the best first"),
        _line("score", "log-odds that both sides say yes"),
        _line("reasons", f"JSON, the parts that add up to the score: {', '.join(PART_NAMES)}"),
    ]
    return "\n".join(parts)


def _line(name: str, text: str) -> str:
    return fill(f"{name:<20}{text}", 96, initial_indent="  ", subsequent_indent=" " * 22)


def run(args: argparse.Namespace) -> int:
    """Match and say what was done; 1 with a sentence when a file cannot be read."""
    if args.top < 1:
        sys.stderr.write("--top must be at least 1.\n")
        return 2
    started = time.perf_counter()
    report = market_files.Report()
    try:
        market = read_market(args.jobseekers, args.vacancies, args.today or dt.date.today(), report)  # noqa: DTZ011
        number = tables.write_all(args.out, ranked(market, args.top))
    except tables.FileRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    for line in report.lines():
        sys.stderr.write(f"  {line}\n")
    sys.stderr.write(
        f"{len(market.jobseekers)} jobseekers × {len(market.vacancies)} vacancies: {number} matches "
        f"in {time.perf_counter() - started:.1f} s, in {args.out}\n"
    )
    return 0


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
        for start in range(0, total, PEOPLE_AT_ONCE):
            rows = np.arange(start, min(start + PEOPLE_AT_ONCE, total))
            people = take_jobseekers(market.jobseekers, rows)
            yield table(market.with_jobseekers(people), people, top)
            report(int(rows[-1]) + 1, total)
    if not total:
        yield table(market, market.jobseekers, top)


def table(market: Market, people: JobseekerColumns, top: int) -> pl.DataFrame:
    """Lay some people's matches out as rows."""
    matches = top_vacancies(market, top)
    return pl.DataFrame(
        {
            "jobseeker_id": people.ids[matches.jobseeker].tolist(),
            "vacancy_id": market.vacancies.ids[matches.vacancy].tolist(),
            "rank": matches.rank,
            "score": matches.score,
            "reasons": reasons_of(matches),
        },
        schema={
            "jobseeker_id": pl.String,
            "vacancy_id": pl.String,
            "rank": pl.Int32,
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
