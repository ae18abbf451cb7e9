"""Questions and right answers of `bench/titles.py`."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from visavis.commands.rome import read_rome


@dataclass(frozen=True)
class Task:
    """Titles to find among labels. `answers[q]` holds the right codes of query q.

    `by_code`: each code is ranked once, where its best label stands; else labels are ranked, as MELO's
    protocol has it, and one is right where its code is. `related`: groups of titles that mean alike, to learn
    words from, by what they are called.
    """

    name: str
    queries: list[str]
    labels: list[str]
    codes: list[str]
    answers: list[set[str]]
    by_code: bool
    language: str
    related: dict[str, list[list[str]]] = field(default_factory=dict)


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
    """One folder of MELO: national titles to find among the labels of ESCO; labels of one concept share a code."""
    elements = dict(row[:2] for row in _pairs(folder / "corpus_elements.tsv"))
    concepts = dict(row[:2] for row in _pairs(folder / "concept_mapping.tsv"))
    queries = dict(row[:2] for row in _pairs(folder / "queries.tsv"))
    right: dict[str, set[str]] = {query: set() for query in queries}
    for query, _, element, relevant in _pairs(folder / "annotations.tsv"):
        if int(relevant) > 0:
            right[query].add(concepts[element])
    return Task(
        name=folder.name,
        queries=list(queries.values()),
        labels=list(elements.values()),
        codes=[concepts[element] for element in elements],
        answers=list(right.values()),
        by_code=False,
        language=folder.name.rsplit("_", 1)[-1],
        related=_related(folder),
    )


def _related(folder: Path) -> dict[str, list[list[str]]]:
    """Titles of public catalogues beside DIR, as far as they are there; never the table between ROME and ESCO."""
    data = folder.resolve().parent.parent
    found = {}
    if "_q_fr_" in folder.name and (data / "rome_v4").is_dir() and folder.name.endswith("_fr"):
        known = read_rome(data / "rome_v4")
        groups: dict[str, list[str]] = {}
        for label, code in zip(known.labels, known.codes, strict=True):
            groups.setdefault(code, []).append(label)
        found["ROME's titles known"] = list(groups.values())
    if "_q_fr_" in folder.name and folder.name.endswith("_en") and (data / "esco").is_dir():
        found["ESCO in both languages"] = list(_both_languages(data / "esco").values())
    return found


def _both_languages(folder: Path) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for language in ("fr", "en"):
        with (folder / f"occupations_{language}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                groups.setdefault(row["conceptUri"], []).append(row["preferredLabel"])
                groups[row["conceptUri"]] += row["altLabels"].split("\n")[:5]
    return groups
