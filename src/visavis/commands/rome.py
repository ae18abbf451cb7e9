"""The titles of ROME as France Travail publishes them: a folder of `unix_*` CSV files, version 3 or 4."""

import re
from dataclasses import dataclass
from pathlib import Path

from visavis.catalog import starter
from visavis.commands.tables import FileRefused, Row, rows_of

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


def _newest(folder: Path, pattern: str) -> Path | None:
    def version(path: Path) -> int:
        found = _VERSION.search(path.name)
        return int(found[1]) if found else 0

    return max(sorted(folder.glob(pattern)), key=version, default=None)


def _rows(path: Path, *columns: str) -> list[Row]:
    rows = list(rows_of(path))
    missing = [column for column in columns if rows and column not in rows[0]]
    if missing:
        raise FileRefused(f"{path}: the column “{missing[0]}” is missing.")
    return rows


def _value(row: Row, column: str) -> str:
    # The exporter of ROME doubles apostrophes as a database would.
    return row.get(column, "").replace("''", "'").strip()


def read_rome(folder: Path) -> TitleList:
    """Read the titles of a folder, the newest version found; names of occupations count as titles.

    Raises FileRefused when the folder has no file of titles, or it lacks a column.
    """
    titles = _newest(folder, APPELLATIONS)
    if titles is None:
        raise FileRefused(
            f"{folder}: there is no file {APPELLATIONS}. Give the folder of ROME as it is published."
        )
    found: dict[tuple[str, str], float] = {}
    for row in _rows(titles, "libelle_appellation_long", "code_rome"):
        weight = RARE_TITLE_WEIGHT if _value(row, "peu_usite") == "O" else 1.0
        found.setdefault((_value(row, "libelle_appellation_long"), _value(row, "code_rome")), weight)
    occupations = _newest(folder, OCCUPATIONS)
    if occupations is not None:
        for row in _rows(occupations, "libelle_rome", "code_rome"):
            found.setdefault((_value(row, "libelle_rome"), _value(row, "code_rome")), 1.0)
    kept = {(label, code): weight for (label, code), weight in found.items() if label and code}
    if not kept:
        raise FileRefused(f"{titles}: there is no title in it.")
    return TitleList([label for label, _ in kept], [code for _, code in kept], list(kept.values()))


def read_starter() -> TitleList:
    """Give the titles of the catalogue that the project ships, French and English."""
    titles = starter.load().named
    return TitleList([one.label for one in titles], [one.occupation for one in titles], [1.0] * len(titles))
