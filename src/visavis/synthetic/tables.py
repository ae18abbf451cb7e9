"""The tables of words in `data/`: kinds of employers, names, phrases."""

import csv
import tomllib
from pathlib import Path

_DATA = Path(__file__).parent / "data"

NAMES = tomllib.loads((_DATA / "names.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """Read a CSV, a dict for each line."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def phrases(about: str) -> dict[str, tuple[str, str]]:
    """Return the phrases of one subject by code, in French and, where somebody says them so, in English."""
    return {row["code"]: (row["fr"], row["en"]) for row in rows("phrases.csv") if row["about"] == about}
