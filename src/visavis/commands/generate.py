"""`visavis generate`: draw a plausible market into a file that `visavis match` reads."""

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any, Literal, get_type_hints

import numpy as np
import polars as pl

from visavis.commands.tables import FileRefused, write_all
from visavis.common.progress import Report, bar
from visavis.synthetic.market import SyntheticMarket
from visavis.synthetic.places import UnknownDepartmentError
from visavis.synthetic.rows import JobseekerRow, VacancyRow, of_jobseeker, of_vacancy

CHUNK = 2_000
MOST = 10_000_000

type Row = dict[str, Any]
type What = Literal["jobseekers", "vacancies"]

_COLUMNS: dict[str, type] = {"jobseekers": JobseekerRow, "vacancies": VacancyRow}

EPILOG = Path(__file__).with_name("generate.txt").read_text(encoding="utf-8")


def add_parser(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "generate",
        help="draw a plausible market: people or vacancies that do not exist",
        description="Draw a plausible market from a seed into a file: CSV, JSON, JSON Lines or Parquet.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=tuple(_COLUMNS), help="what to draw")
    parser.add_argument("--count", type=_count, required=True, help="how many (1 to 10,000,000)")
    parser.add_argument("--seed", type=_seed, default=1, help="any whole number from 0 (default: 1)")
    parser.add_argument(
        "--out", type=Path, required=True, help="file to write: .csv, .tsv, .json, .jsonl or .parquet"
    )
    parser.add_argument("--departments", default="", help="codes separated by commas: 26,07 (default: all)")
    parser.add_argument(
        "--today", type=_date, default=None, help="date of the draw, 2026-12-01 (default: today)"
    )


def run(args: argparse.Namespace) -> int:
    """Draw and write; the summary goes to the error stream."""
    if not args.out.parent.is_dir():
        return _refuse(f"the folder {args.out.parent} does not exist")
    departments = [code.strip().upper() for code in args.departments.split(",") if code.strip()]
    today = args.today or dt.datetime.now(tz=dt.UTC).date()
    try:
        market = SyntheticMarket(np.random.default_rng(args.seed), today, departments)
    except UnknownDepartmentError as error:
        return _refuse(str(error))
    seen = _Summary(args.what)
    try:
        with bar(f"Drawing {args.what}") as report:
            rows = _counted(_rows(market, args.what, args.count), args.count, report, seen)
            frames = _frames(args.what, rows)
            if args.out.suffix.lower() == ".csv":
                # An empty cell, not a quoted one.
                frames = (frame.with_columns(pl.col(pl.String).replace("", None)) for frame in frames)
            write_all(args.out, frames)
    except FileRefused as refusal:
        return _refuse(str(refusal))
    where = f"departments {', '.join(departments)}" if departments else "the whole country"
    print(  # noqa: T201
        f"{args.out}: {args.count:,} {args.what} of {where}, seed {args.seed}, {today}; {seen}",
        file=sys.stderr,
    )
    return 0


class _Summary:
    """What one wants to know of a file without opening it."""

    def __init__(self, what: What) -> None:
        self._occupation = "occupations" if what == "jobseekers" else "occupation"
        self._communes: set[str] = set()
        self._occupations: set[str] = set()

    def see(self, row: Row) -> None:
        self._communes.add(row["commune"])
        self._occupations.add(row[self._occupation].partition(";")[0])

    def __str__(self) -> str:
        return f"{len(self._communes):,} communes, {len(self._occupations)} occupations"


def _frames(what: What, rows: Iterable[Row]) -> Iterator[pl.DataFrame]:
    kinds = {str: pl.String, float: pl.Float64, int: pl.Int64, bool: pl.Boolean, dt.date: pl.Date}
    schema = {
        name: next(kinds[one] for one in (getattr(hint, "__args__", None) or (hint,)) if one in kinds)
        for name, hint in get_type_hints(_COLUMNS[what]).items()
    }
    return (pl.DataFrame(list(chunk), schema=schema) for chunk in batched(rows, CHUNK, strict=False))


def _rows(market: SyntheticMarket, what: What, count: int) -> Iterator[Row]:
    if what == "jobseekers":
        return (dict(of_jobseeker(one)) for one in market.jobseekers(count))
    return (dict(of_vacancy(one)) for one in market.vacancies(count))


def _counted(rows: Iterable[Row], total: int, report: Report, seen: _Summary) -> Iterator[Row]:
    report(0, total)
    for done, row in enumerate(rows, 1):
        seen.see(row)
        yield row
        if done % 500 == 0 or done == total:
            report(done, total)


def _refuse(sentence: str) -> int:
    print(f"visavis generate: {sentence}", file=sys.stderr)  # noqa: T201
    return 2


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 to {MOST:,}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0")
    return int(text)


def _date(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-12-01") from None
    if not 1990 <= day.year <= 2100:
        raise argparse.ArgumentTypeError(f"{text} is not between 1990 and 2100")
    return day
