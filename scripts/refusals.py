"""What may not come out of the companion's lists: the subjects of refused.csv, and names of people and places."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from visavis.folding import fold

TOWN = 10_000


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sensitive(lists: Path) -> Callable[[str], str]:
    """Return what tells the sensitive subject a text names, or ""."""
    wholes, parts = {}, {}
    for row in rows(lists / "refused.csv"):
        (parts if row["where"] == "part" else wholes)[fold(row["word"])] = row["subject"]

    def subject(text: str) -> str:
        plain = fold(text)
        found = [wholes[piece] for piece in re.split(r"[^a-z0-9]+", plain) if piece in wholes]
        return next(iter(found or [what for part, what in parts.items() if part in plain]), "")

    return subject


def names(lists: Path, catalogue: Path) -> frozenset[str]:
    """List what names a person or a place: first names, family names, towns, departments, regions."""
    towns = {one["name"] for one in rows(catalogue / "communes.csv") if int(one["population"] or 0) >= TOWN}
    lands = {one["name"] for file in ("departments.csv", "regions.csv") for one in rows(catalogue / file)}
    return frozenset(fold(one) for one in towns | lands | {one["name"] for one in rows(lists / "names.csv")})
