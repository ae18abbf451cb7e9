"""visavis search: the openings that answer queries best, from files to a file."""

import argparse
import datetime as dt
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import batched
from pathlib import Path

import polars as pl

from visavis.catalog import starter
from visavis.catalog.pointing import ACROSS_THE_BORDER
from visavis.commands import france_travail, tables, vacancies_files
from visavis.commands.vacancies_files import Source
from visavis.engine.search.documents import Document
from visavis.engine.search.index import Index
from visavis.engine.search.vocabulary import code_of, ordinary
from visavis.folding import fold
from visavis.searches.index import reading
from visavis.searches.index.naming import Naming
from visavis.vacancies import ads

DESCRIPTION = Path(__file__).with_name("search.txt").read_text(encoding="utf-8")
SCHEMA = {"id": pl.String, "rank": pl.Int64, "vacancy_id": pl.String, "score": pl.Float64}
AT_ONCE = 1_000


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "search",
        help="find the openings that answer queries",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--vacancies", type=Path, nargs="+", required=True, metavar="FILE", help="files of ads"
    )
    parser.add_argument("--queries", type=Path, required=True, metavar="FILE", help="table of queries")
    parser.add_argument("--column", default="query", metavar="NAME", help="column of the words (query)")
    parser.add_argument("--top", type=int, default=10, metavar="N", help="answers a query, at most (10)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")


def run(args: argparse.Namespace) -> int:
    """Read, search, write, and say what was done; 1 and a sentence when a file cannot be used."""
    started = time.perf_counter()
    try:
        if args.top < 1:
            raise tables.FileRefused(f"--top must be at least 1, not {args.top}.")
        tables.ending(args.out)
        queries = list(asked(args.queries, args.column))
        sources = read(args.vacancies)
        index = index_of(sources)
        number = tables.write_all(args.out, frames(index, [one.id for one in sources], queries, args.top))
    except tables.FileRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    took = time.perf_counter() - started
    sys.stderr.write(
        f"{len(queries)} queries before {len(sources)} openings: {number} answers in {took:.1f} s, in {args.out}\n"
    )
    return 0


def asked(path: Path, column: str) -> Iterator[tuple[str, str]]:
    """Give the id and the words of each query; a column is known whatever the case of its name."""
    rows = [{name.casefold(): value for name, value in row.items()} for row in tables.rows_of(path)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    wanted = column.casefold()
    if names == ["title"]:
        # A plain list of JSON is read so.
        wanted = "title"
    if rows and wanted not in names:
        there = ", ".join(name[:40] for name in names[:8])
        raise tables.FileRefused(f"{path}: there is no column “{column}” ({there}).")
    for number, row in enumerate(rows, start=1):
        yield row.get("id") or str(number), row.get(wanted) or ""


def read(paths: Sequence[Path]) -> list[Source]:
    """Read the ads of all files; an ad that stands twice is one ad, two that only share a number are two."""
    today = dt.date.today()  # noqa: DTZ011 - the terminal's own day
    found: dict[str, Source] = {}
    for path in paths:
        for source in vacancies_files.ads_of(path, today):
            other = found.setdefault(source.id, source)
            if (other.title, other.text) != (source.title, source.text):
                name = f"{path.stem}-{source.id}"
                found[name] = replace(source, id=name)
    return list(found.values())


def index_of(sources: Sequence[Source]) -> Index:
    """Lay ads out to be searched, with the words of the catalogue that the project ships."""
    labels = [one.label for one in starter.load().named]
    return Index(
        [document(source) for source in sources], places(), labels, lambda code: next_to().get(code, ())
    )


@cache
def next_to() -> dict[str, list[str]]:
    """Return the occupations next to each, as the shipped catalogue says."""
    found: dict[str, list[str]] = {}
    for one in starter.load().mobility:
        if one.kind == "near":
            found.setdefault(one.source, []).append(one.target)
    return found


@cache
def places() -> Naming:
    """Return the finder of places over the shipped communes."""
    return Naming(france_travail.places().index, ordinary())


def document(source: Source) -> Document:
    """Read an ad as the search does."""
    facts = ads.read(title=source.title, text=source.text, fields=source.fields, today=source.published)
    place = source.place
    known: dict[str, object] = {"names": source.names, "code": source.occupation or code_of(source.title)}
    if place is not None:
        area = france_travail.places().index.departments.get(place.department)
        known |= {
            "latitude": place.latitude,
            "longitude": place.longitude,
            "off_km": place.precision_km,
            "department": place.department,
            "region": area.region if area else "",
            "country": next((one for one in ACROSS_THE_BORDER if one in fold(place.label)), "")
            if place.how == "country"
            else "",
        }
    return reading.document(source.title, source.text, facts, **known)


def frames(
    index: Index, ids: Sequence[str], queries: Sequence[tuple[str, str]], top: int
) -> Iterator[pl.DataFrame]:
    """Give the answers, some hundred queries at a time."""
    for some in batched(queries, AT_ONCE, strict=False):
        rows = []
        for name, words in some:
            found = index.search(words, top)
            rows += [
                (name, rank, ids[place], round(float(score), 4))
                for rank, (place, score) in enumerate(zip(found.places, found.scores, strict=True), start=1)
            ]
        yield pl.DataFrame(rows, schema=SCHEMA, orient="row")
    if not queries:
        yield pl.DataFrame(schema=SCHEMA)
