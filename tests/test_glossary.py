"""One word, one idea: the glossary, and the names in the code that are a word of it."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "visavis"

# A class, a function or a file called exactly so may stand here only: elsewhere it would be another idea.
HOMES = {
    # Where one can walk in, whom one can call.
    "door": {"agencies", "portal/views.py"},
    # One thing that a page says: what, and what is said of it.
    "line": {
        "agencies/words.py", "jobseekers/forms/learning.py", "jobseekers/views/profile.py", "matches/pages",
        "people/views/readings.py", "traces/law.py", "introductions/timeline.py",
        "vacancies/evidence.py", "vacancies/facts.py", "vacancies/questions/person.py", "people/days.py",
    },
    # Whose part in what two people do together: the jobseeker's, the employer's, the counsellor's.
    "side": {
        "introductions/enums.py", "employers/enums.py", "documents/enums.py", "appointments/enums.py",
        "queues/enums.py", "casefiles/enums.py", "casefiles/endings/enums.py", "mandates/enums.py",
        "interviews/enums.py",
    },
    # How many reports a group has, and how many more it needs.
    "standing": {"traces/models/figure.py"},
    # The file of a person, as one reader has it open.
    "opened": {"jobseekers/opened.py"},
}  # fmt: skip


def rows() -> list[list[str]]:
    """Return the cells of the glossary, a row a word."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return cells[2:]


def words(cell: str) -> list[str]:
    return [word.strip() for word in re.sub(r"\(.*?\)", "", cell).split(",") if word.strip()]


def test_every_row_has_a_word_its_french_and_what_it_is() -> None:
    assert len(rows()) > 80
    assert not [row for row in rows() if len(row) != 3 or not row[0] or not row[1]]


def test_no_word_stands_twice() -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for english, _french, _what in rows():
        for word in words(english):
            seen[word].append(english)
    assert not {word: where for word, where in seen.items() if len(where) > 1}


def test_what_the_glossary_names_is_in_the_code() -> None:
    """What a row calls a class of an app is one; the files and folders that it names are there."""
    lost = []
    for row in rows():
        for app, name in re.findall(r"`(\w+)\.([A-Z]\w+)(?:\.\w+)*`", row[2]):
            texts = (path.read_text(encoding="utf-8") for path in (SOURCE / app).rglob("*.py"))
            if not any(re.search(rf"^\s*class {name}\b", text, re.MULTILINE) for text in texts):
                lost.append(f"{app}.{name}")
        paths = re.findall(r"`(\w[\w/]*(?:/|\.py|\.js))`", row[2])
        lost += [path for path in paths if not any((root / path).exists() for root in (SOURCE, ROOT))]
    assert not lost


@cache
def names_in(path: Path) -> set[str]:
    """Return what a file and its classes and functions are called: read once for all words."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = {node.name.lower() for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    return named | {path.stem.lower()}


@pytest.mark.parametrize("word", HOMES)
def test_a_word_with_one_idea_is_used_for_no_other(word: str) -> None:
    assert any(word in words(row[0]) for row in rows()), f"{word} is not in the glossary"
    used = set()
    for path in SOURCE.rglob("*.py"):
        where = path.relative_to(SOURCE).as_posix()
        if names_in(path) & {word, f"{word}s"}:
            used.add(where)
    homes = HOMES[word]
    assert not {where for where in used if not any(where.startswith(home) for home in homes)}
    assert not {home for home in homes if not any(where.startswith(home) for where in used)} - {"agencies"}
