"""What the papers on security name is there: every test, every document; and every requirement has an answer."""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT / "docs" / "security"
NAMED = re.compile(r"tests/[\w/]+(?:\.py)?(?:::\w+)?")


@cache
def functions_of(path: Path) -> frozenset[str]:
    """Return the tests that a file runs, without those that are always skipped."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    skipped = re.compile(r"mark\.(skip|xfail)\b")
    return frozenset(
        one.name for one in found if not any(skipped.search(ast.unparse(mark)) for mark in one.decorator_list)
    )


def is_run(named: str) -> bool:
    """Say whether a test, a file or a folder of tests is there, and holds a test that runs."""
    where, _colons, name = named.partition("::")
    path = ROOT / where
    if path.is_dir():
        return any(path.rglob("test_*.py"))
    if path.suffix != ".py" or not path.exists():
        return False
    tests = {one for one in functions_of(path) if one.startswith("test_")}
    return name in tests if name else bool(tests)


def test_a_test_that_is_not_there_is_missed() -> None:
    assert not is_run("tests/nowhere") and not is_run("tests/test_security_papers.py::test_nothing")
    assert is_run("tests/test_security_papers.py::test_a_test_that_is_not_there_is_missed")


@pytest.mark.parametrize("paper", ["impact.md", "doors.md"])
def test_every_measure_names_tests_that_run(paper: str) -> None:
    named = NAMED.findall((PAPERS / paper).read_text(encoding="utf-8"))
    assert len(named) > 5
    assert not [one for one in named if not is_run(one.rstrip("/"))]


def test_every_risk_has_a_measure_with_a_test() -> None:
    table = (
        (PAPERS / "impact.md").read_text(encoding="utf-8").split("## Risks and measures")[1].split("\n## ")[0]
    )
    rows = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| risk")]
    assert len(rows) > 20
    assert not [row for row in rows if not NAMED.search(row)]


# The ledger of OWASP ASVS 5.0 ------------------------------------------------------------------------

# How many requirements each chapter has at levels 1 and 2: none is left out.
CHAPTERS = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
# Otherwise: kept by another control that is at least as strong; the note says why, and a test shows it.
STATES = {"tested", "documented", "otherwise", "absent", "open"}


def ledger() -> list[dict[str, str]]:
    with (PAPERS / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_of_levels_one_and_two_has_one_answer() -> None:
    rows = ledger()
    numbers = [row["requirement"] for row in rows]
    assert len(numbers) == len(set(numbers)) == sum(CHAPTERS)
    for chapter, many in enumerate(CHAPTERS, start=1):
        assert sum(one.startswith(f"V{chapter}.") for one in numbers) == many, chapter
    assert {row["level"] for row in rows} == {"1", "2"}
    # Nothing need be open.
    assert {row["state"] for row in rows} | {"open"} == STATES


def test_each_answer_is_a_test_that_runs_a_document_or_a_reason() -> None:
    wrong = []
    for row in ledger():
        named = row["evidence"].split()
        match row["state"]:
            case "tested" | "otherwise":
                holds = bool(named) and all(is_run(one) for one in named)
                holds &= row["state"] == "tested" or len(row["note"]) > 50
            case "documented":
                holds = len(named) == 1 and (ROOT / named[0]).is_file()
            case _:
                holds = not named and len(row["note"]) > 5
        if not holds:
            wrong.append(row["requirement"])
    assert not wrong


def test_the_ledger_holds_no_sentence_of_the_standard() -> None:
    """Numbers and our own words: the standard's text stays with its authors."""
    assert "verify that" not in (PAPERS / "asvs.csv").read_text(encoding="utf-8").lower()
