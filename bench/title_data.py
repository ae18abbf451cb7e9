"""Questions and right answers of `bench/titles.py`."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from visavis.commands.rome import read_rome


@dataclass(frozen=True)
class Task:
    """Titles to find among labels. `answers[q]` holds the right answers of query q.

    `by_code`: an answer is a code, and a code is ranked where its best label stands; else a label's row.
    """

    name: str
    queries: list[str]
    labels: list[str]
    codes: list[str]
    answers: list[set[str]]
    by_code: bool
    language: str


def advertisements(file: Path, rome: Path) -> Task:
    """Real titles of advertisements with the occupation their employer chose; each title once."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    right: dict[str, set[str]] = {}
    for row in rows:
        # One title that several employers filed differently is right under each of their codes.
        right.setdefault(row["title"], set()).add(row["rome_code"])
    known = read_rome(rome)
    covered = sum(row["rome_code"] in set(known.codes) for row in rows) / len(rows)
    name = f"ads ({rome.name}, {covered:.0%} of codes)"
    return Task(name, list(right), known.labels, known.codes, list(right.values()), True, "fr")


def best_covered(file: Path, folders: Sequence[Path]) -> Path:
    """Choose the version of ROME that knows most codes of the advertisements."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        wanted = [row["rome_code"] for row in csv.DictReader(lines)]

    def covered(folder: Path) -> int:
        known = set(read_rome(folder).codes)
        return sum(code in known for code in wanted)

    return max(folders, key=covered)


def _pairs(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def melo(folder: Path) -> Task:
    """One folder of MELO: national titles to find among the labels of ESCO; every label is an answer."""
    elements = dict(row[:2] for row in _pairs(folder / "corpus_elements.tsv"))
    queries = dict(row[:2] for row in _pairs(folder / "queries.tsv"))
    right: dict[str, set[str]] = {query: set() for query in queries}
    for query, _, element, relevant in _pairs(folder / "annotations.tsv"):
        if int(relevant) > 0:
            right[query].add(element)
    labels = [elements[element] for element in elements]
    language = folder.name.rsplit("_", 1)[-1]
    return Task(
        folder.name, list(queries.values()), labels, list(elements), list(right.values()), False, language
    )
