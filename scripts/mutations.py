"""Break, one by one, what keeps people's things apart, in a copy of the project, and say which test turned red.

.venv/bin/python scripts/mutations.py [word of a mutation …]
Each `visible_to` is made to show everything, whatever app it is in; the others stand in mutations.toml. Twelve were
first tried by hand and written down nowhere: all of these stand for them. The end is 1 when one stays green, or when
one no longer finds the line that it breaks.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "-x",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
]


@dataclass(frozen=True)
class Mutation:
    """One line broken, and the tests of which one must turn red: asked in order, until it does."""

    says: str
    file: str
    before: str
    after: str
    asks: Sequence[str]


ACCESS = "tests/test_access.py"


def others() -> Iterator[Mutation]:
    """Read those of mutations.toml."""
    for one in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["mutation"]:
        yield Mutation(**one)


def visible_to() -> Iterator[Mutation]:
    """Find each `visible_to` that keeps something back, and let it show everything."""
    for path in sorted((ROOT / "src/visavis").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "def visible_to" not in text:
            continue
        for one in ast.walk(ast.parse(text)):
            if not (isinstance(one, ast.ClassDef) and one.name.endswith("QuerySet")):
                continue
            for method in one.body:
                if isinstance(method, ast.FunctionDef) and method.name == "visible_to":
                    first = method.body[1] if ast.get_docstring(method) else method.body[0]
                    lines = text.splitlines(keepends=True)
                    body = "".join(lines[first.lineno - 1 : method.end_lineno])
                    if body.strip() not in {"return self.all()", "return self"}:
                        # From its name on: two classes of a file may keep the same.
                        yield shown(path, one.name, "".join(lines[one.lineno - 1 : first.lineno - 1]), body)


def shown(path: Path, name: str, head: str, body: str) -> Mutation:
    file = path.relative_to(ROOT / "src/visavis").as_posix()
    app = file.split("/")[0]
    asks = (f"{ACCESS} -k {app}:", f"tests/{app}", ACCESS)
    return Mutation(f"{name} shows everything", file, head + body, f"{head}        return self.all()\n", asks)


def copied(folder: Path) -> Path:
    """Copy what git knows, and what is new, with the installed packages beside it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for compiled in (ROOT / "src").rglob("*.mo"):
        shutil.copy2(compiled, folder / compiled.relative_to(ROOT))
    return folder


def asked(folder: Path, tests: str) -> str:
    """Run some tests on the copy, and return the first that is red."""
    words = tests.split()
    # What a test starts must import the copy too.
    given = os.environ | {
        "PYTHONPATH": str(folder / "src"),
        "VISAVIS_TESTS_KEPT": str(ROOT / ".var/migrated"),
        # Every case of a sweep, and what the ordinary run leaves out.
        "WHOLE": "yes",
    }
    if words[0] == "postgresql":
        given["DATABASE_URL"] = "embedded"
        words = words[1:]
    is_journey = words[0] == "journey"
    command = [*PYTEST, "-m", "journey" if is_journey else "not journey", *words[is_journey:]]
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)
    said = (
        line.split(" - ")[0] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))
    )
    # A file that cannot even be read says nothing of what it would have asked.
    return next((line for line in said if "::" in line), "")


def tried(folder: Path, mutation: Mutation) -> str:
    """Break one line, and return what turned red; the line is whole again afterwards."""
    file = folder / "src/visavis" / mutation.file
    text = file.read_text(encoding="utf-8")
    if text.count(mutation.before) != 1:
        return ""
    file.write_text(text.replace(mutation.before, mutation.after), encoding="utf-8")
    try:
        return next(filter(None, (asked(folder, tests) for tests in mutation.asks)), "")
    finally:
        file.write_text(text, encoding="utf-8")


def main(words: list[str]) -> int:
    mutations = [*visible_to(), *others()]
    chosen = [one for one in mutations if not words or any(word in one.says for word in words)]
    green = 0
    with tempfile.TemporaryDirectory(prefix="visavis-mutations-") as folder:
        copy = copied(Path(folder))
        for mutation in chosen:
            red = tried(copy, mutation)
            green += not red
            print(f"{mutation.says} ({mutation.file}): {red or 'NOTHING TURNED RED'}", flush=True)
    print(f"{len(chosen) - green} of {len(chosen)} turned red")
    return int(bool(green))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
