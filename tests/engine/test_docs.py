"""The examples in the docstrings hold, and the README lists every file in reading order."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

import visavis.engine
from visavis.engine.fast.compiled import AVAILABLE

FOLDER = Path(visavis.engine.__path__[0])
FILES = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.py") if path.name != "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_examples_of_a_file_hold(path: Path) -> None:
    if path.parts[0] == "fast" and not AVAILABLE:
        pytest.skip("the extra fast is not installed")
    name = ".".join(("visavis.engine", *path.with_suffix("").parts))
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def rooms() -> dict[str, list[str]]:
    """Return the files that the README's tables name, by room; the kernels have a table of their own."""
    tables = (FOLDER / "README.md").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {"fast": []}
    room = ""
    for line in tables.partition("## What a match is")[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 5 and "`" in cells[2]:
            room = cells[1].strip("`/") or room
            found.setdefault(room, []).extend(re.findall(r"`([a-z]\w*\.py)`", cells[2]))
    kernels = tables.partition("## The kernels")[2].partition("## ")[0]
    found["fast"] = re.findall(r"^\| `(\w+\.py)` \|", kernels, re.M)
    return found


def test_the_readme_names_every_file_in_its_room_once() -> None:
    there: dict[str, list[str]] = {}
    for path in FILES:
        there.setdefault(path.parts[0] if len(path.parts) > 1 else "", []).append(path.name)
    assert {room: sorted(names) for room, names in rooms().items()} == there
