"""The tables of words in `data/`: kinds of employers, names, phrases."""

import csv
from pathlib import Path

from visavis.common.wordlists import words_beside

_DATA = Path(__file__).parent / "data"

NAMES = words_beside(__file__, "data/names.toml")


def rows(name: str) -> list[dict[str, str]]:
    """Read a CSV, a dict for each line."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def phrases(about: str) -> dict[str, tuple[str, str]]:
    """Return the phrases of one subject by code, in French and, where somebody says them so, in English."""
    return {row["code"]: (row["fr"], row["en"]) for row in rows("phrases.csv") if row["about"] == about}
