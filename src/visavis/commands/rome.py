"""The titles of ROME as France Travail publishes them: a folder of `unix_*` CSV files, version 3 or 4."""

import re
from dataclasses import dataclass
from pathlib import Path

from visavis.catalog import starter
from visavis.commands.tables import BadInput, Table, read_table

APPELLATIONS = "unix_referentiel_appellation_v*.csv"
OCCUPATIONS = "unix_referentiel_code_rome_v*.csv"
RARE_TITLE_WEIGHT = 0.95
"""A title the directory marks as little used gives way to an equal one in use."""

_VERSION = re.compile(r"_v(\d+)")


@dataclass(frozen=True)
class TitleList:
    """Labels, the occupation of each, and how much each counts; same length."""

    labels: list[str]
    codes: list[str]
    weights: list[float]
    problems: list[str]


def _newest(folder: Path, pattern: str) -> Path | None:
    def version(path: Path) -> int:
        found = _VERSION.search(path.name)
        return int(found[1]) if found else 0

    return max(sorted(folder.glob(pattern)), key=version, default=None)


def _rows(path: Path, *columns: str) -> Table:
    table = read_table(path)
    for column in columns:
        if column not in table.columns:
            raise BadInput(f"{path.name} lacks the column “{column}”.")
    return table


def _value(row: dict[str, str], column: str) -> str:
    # The exporter of ROME doubles apostrophes as a database would.
    return row.get(column, "").replace("''", "'").strip()


def read_rome(folder: Path) -> TitleList:
    """Read the titles of a folder, the newest version found; names of occupations count as titles.

    Raises BadInput when the folder has no file of titles, or it lacks a column.
    """
    titles = _newest(folder, APPELLATIONS)
    if titles is None:
        raise BadInput(
            f"{folder} holds no file named {APPELLATIONS}: give the folder of ROME as it is published."
        )
    table = _rows(titles, "libelle_appellation_long", "code_rome")
    found: dict[tuple[str, str], float] = {}
    for row in table.rows:
        weight = RARE_TITLE_WEIGHT if _value(row, "peu_usite") == "O" else 1.0
        found.setdefault((_value(row, "libelle_appellation_long"), _value(row, "code_rome")), weight)
    problems = [f"{titles.name}: {problem}" for problem in table.problems]
    occupations = _newest(folder, OCCUPATIONS)
    if occupations is not None:
        table = _rows(occupations, "libelle_rome", "code_rome")
        problems += [f"{occupations.name}: {problem}" for problem in table.problems]
        for row in table.rows:
            found.setdefault((_value(row, "libelle_rome"), _value(row, "code_rome")), 1.0)
    kept = {(label, code): weight for (label, code), weight in found.items() if label and code}
    if not kept:
        raise BadInput(f"{titles.name} holds no title.")
    return TitleList([label for label, _ in kept], [code for _, code in kept], list(kept.values()), problems)


def read_starter() -> TitleList:
    """Give the titles of the catalogue that the project ships, French and English."""
    titles = starter.load().titles
    return TitleList(
        [one.label for one in titles], [one.occupation for one in titles], [1.0] * len(titles), []
    )
