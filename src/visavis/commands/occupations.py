"""visavis occupations: give titles their occupations."""

import argparse
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from visavis.commands.rome import TitleList, read_rome, read_starter
from visavis.commands.tables import FileRefused, Row, ending, rows_of, write_all
from visavis.common.progress import bar
from visavis.engine.text.meaning import embed_titles
from visavis.engine.titles.answers import Found
from visavis.engine.titles.index import TitleIndex

DESCRIPTION = Path(__file__).with_name("occupations.txt").read_text(encoding="utf-8")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "occupations",
        help="give titles their occupations",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--titles", type=Path, required=True, metavar="FILE", help="titles to read")
    parser.add_argument("--column", default="title", metavar="NAME", help="column of the titles (title)")
    parser.add_argument(
        "--rome",
        type=Path,
        metavar="FOLDER",
        help="folder of ROME as published (unix_*.csv, version 3 or 4); without it, the starter catalogue",
    )
    parser.add_argument(
        "--top", type=int, default=10, metavar="N", help="occupations wanted for each title (10)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    parser.add_argument(
        "--semantic",
        action="store_true",
        help="also compare meanings: better, but about 90 titles a second, after minutes of preparation",
    )


def run(args: argparse.Namespace) -> int:
    """Read, search, write, and say what was done; 2 and one sentence when the input cannot be used."""
    try:
        return _run(args)
    except FileRefused as error:
        print(error, file=sys.stderr)  # noqa: T201
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)  # noqa: T201
    return 2


def _run(args: argparse.Namespace) -> int:
    if args.top < 1:
        raise FileRefused("--top must be at least 1.")
    if ending(args.out) and args.out.resolve() == args.titles.resolve():
        raise FileRefused(f"{args.out}: this is also the file to read. Give another name to the result.")
    known = read_rome(args.rome) if args.rome else read_starter()
    rows = list(rows_of(args.titles))
    titles, ids = _titles(rows, args.column, args.titles)
    start = time.perf_counter()
    index = _index(known, semantic=args.semantic)
    with bar("Titles") as report:
        report(0, len(titles))
        found = index.search(titles, min(args.top, len(index.codes)), report)
    write_all(args.out, [_columns(index, found, ids)])
    _summarise(args.out, index, found, time.perf_counter() - start)
    return 0


def _titles(rows: list[Row], column: str, path: Path) -> tuple[list[str], list[str]]:
    columns = dict.fromkeys(name for row in rows for name in row)
    if not rows:
        raise FileRefused(f"{path}: there is no title in it.")
    if column not in columns:
        there = ", ".join(f"“{name}”" for name in columns)
        raise FileRefused(f"{path}: no column is named “{column}”, only {there}. Name it with --column.")
    ids = [row.get("id") or str(number) for number, row in enumerate(rows, start=1)]
    return [row.get(column, "") for row in rows], ids


def _index(known: TitleList, *, semantic: bool) -> TitleIndex:
    if not semantic:
        return TitleIndex(known.labels, known.codes, weights=known.weights)
    try:
        with bar("Meanings of the known titles") as report:
            meaning = partial(embed_titles, report=report)
            index = TitleIndex(known.labels, known.codes, weights=known.weights, meaning=meaning)
    except ModuleNotFoundError:
        raise FileRefused("--semantic needs an optional package: install visavis[semantics].") from None
    index.meaning = embed_titles
    return index


def _columns(index: TitleIndex, found: Found, ids: list[str]) -> pl.DataFrame:
    rows, ranks = np.nonzero(found.codes >= 0)
    columns = {
        "id": [ids[row] for row in rows],
        "rank": (ranks + 1).tolist(),
        "occupation_code": [index.codes[code] for code in found.codes[rows, ranks]],
        "score": np.round(found.scores[rows, ranks].astype(np.float64), 4).tolist(),
    }
    kinds = {"id": pl.String, "rank": pl.Int32, "occupation_code": pl.String, "score": pl.Float64}
    return pl.DataFrame(columns, schema=kinds)


def _summarise(out: Path, index: TitleIndex, found: Found, seconds: float) -> None:
    asked, answered = len(found.codes), int((found.codes[:, 0] >= 0).sum())
    lines = [
        f"{answered} of {asked} titles found their occupations, among {len(index.codes)}, in {seconds:.1f} s."
    ]
    if answered < asked:
        lines.append(f"{asked - answered} titles are empty or resemble no known title: they have no row.")
    lines.append(f"Written: {out}")
    print("\n".join(lines), file=sys.stderr)  # noqa: T201
