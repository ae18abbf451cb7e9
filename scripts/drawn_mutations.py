"""Break lines of src that nobody chose, one by one, in a copy of a checkout, and say which tests turn red.

    mkdir -p LINES && LINES_TO=LINES .venv/bin/python -m pytest -n 2 -p scripts.lines_of_tests -m "not journey"
    .venv/bin/python scripts/drawn_mutations.py --lines LINES [--seed 1] [--count 50] [--checkout FOLDER]

A mutation turns a comparison, drops a `not`, turns `and` into `or`, leaves a named argument out, or removes a
statement of a permission or a service. They are drawn from the lines of src alone, evenly over the apps: the same seed
draws the same ones, whatever tests a checkout has, as long as its src is the same. Asked are the tests that run the
line, the quickest first, until one is red. A mutation that no test runs counts as not found.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
# A mutated loop may never end.
WITHIN_S = 900
# Arguments that people do not see: to leave them out breaks nothing.
SILENT = {"strict", "stacklevel", "flags", "encoding"}
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """A piece of a file, from and to an offset, and what stands there instead."""

    file: str
    kind: str
    line: int
    begin: int
    end: int
    after: str


class Pieces:
    """The text of a file, and where its nodes stand in it."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text.encode()
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def replaced(self, kind: str, node: ast.expr | ast.stmt, after: ast.AST | str) -> Mutation:
        assert node.end_lineno is not None and node.end_col_offset is not None
        begin = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        said = after if isinstance(after, str) else f"({ast.unparse(after)})"
        return Mutation(self.file, kind, node.lineno, begin, end, said)


def mutations_of(file: str, text: str) -> Iterator[Mutation]:
    """Give every mutation of a file."""
    pieces = Pieces(file, text)
    is_rule = any(word in file for word in ("permissions", "services"))
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                yield from of_node(pieces, node, is_rule=is_rule)


def of_node(pieces: Pieces, node: ast.AST, *, is_rule: bool) -> Iterator[Mutation]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        turned = ast.Compare(node.left, [TURNED[type(node.ops[0])]()], node.comparators)
        yield pieces.replaced("comparison turned", node, turned)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield pieces.replaced("not dropped", node, node.operand)
    elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        yield pieces.replaced("and turned into or", node, ast.BoolOp(ast.Or(), node.values))
    elif isinstance(node, ast.Call):
        for one in node.keywords:
            if one.arg and one.arg not in SILENT:
                left = [other for other in node.keywords if other is not one]
                yield pieces.replaced("argument left out", node, ast.Call(node.func, node.args, left))
    elif is_rule and isinstance(node, ast.Expr | ast.Assign) and not is_text(node):
        yield pieces.replaced("statement removed", node, "pass")


def is_text(node: ast.Expr | ast.Assign) -> bool:
    return isinstance(node.value, ast.Constant)


def drawn(source: Path, seed: int, count: int) -> list[Mutation]:
    """Draw mutations evenly over the apps, and over the kinds within each."""
    kinds: dict[str, dict[str, list[Mutation]]] = {}
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source).as_posix()
        if not {"migrations", "demo", "synthetic"} & set(path.parts) and "/" in name:
            for one in mutations_of(name, path.read_text(encoding="utf-8")):
                kinds.setdefault(name.partition("/")[0], {}).setdefault(one.kind, []).append(one)
    rng, found = np.random.default_rng(seed), []
    for app in rng.permutation(sorted(kinds) * (count // len(kinds) + 1))[:count].tolist():
        of_app = kinds[app]
        several = of_app[str(rng.choice(sorted(of_app)))]
        found.append(several[int(rng.integers(len(several)))])
    return found


def tests_by_line(folder: Path) -> dict[tuple[str, int], list[tuple[float, str]]]:
    """Read which tests run each line, the quickest first."""
    found: dict[tuple[str, int], list[tuple[float, str]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                for file, numbers in told["lines"].items():
                    for number in numbers:
                        found.setdefault((file, number), []).append((told["seconds"], told["test"]))
    for tests in found.values():
        tests.sort()
    return found


def copied(checkout: Path, folder: Path) -> Path:
    """Copy a checkout with what it compiled, without its environment."""
    ignored = shutil.ignore_patterns(".git", ".venv", ".tools", "node_modules", ".*_cache")
    copy = folder / "checkout"
    shutil.copytree(checkout, copy, ignore=ignored, symlinks=True)
    for name in (".venv", "companion/node_modules"):
        if (checkout / name).exists():
            (copy / name).symlink_to((checkout / name).resolve())
    return copy


def red_of(copy: Path, mutation: Mutation, tests: list[str]) -> str:
    """Break a line, and return the first test that is red; the line is whole again afterwards."""
    file = copy / "src/visavis" / mutation.file
    whole = file.read_bytes()
    file.write_bytes(whole[: mutation.begin] + mutation.after.encode() + whole[mutation.end :])
    words = ["-q", "-x", "-n", "2", "-p", "no:randomly", "-p", "no:cacheprovider"]
    # A command has a length: what is asked stands in a file.
    asked = copy / "asked.txt"
    asked.write_text("\n".join([*words, *tests]), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", f"@{asked}"],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy / "src"), "SEED": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN_S,
        )
    except subprocess.TimeoutExpired:
        return f"nothing ended within {WITHIN_S} s"
    finally:
        file.write_bytes(whole)
    reds = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if not reds and done.returncode not in {0, 5}:
        # What cannot even be imported says so in no test's name.
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "it did not start"
    return reds[0].split(" - ")[0] if reds else ""


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--checkout", type=Path, default=ROOT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    given = parser.parse_args(words)
    by_line, found = tests_by_line(given.lines), 0
    mutations = drawn(given.checkout / "src/visavis", given.seed, given.count)
    with tempfile.TemporaryDirectory(prefix="visavis-drawn-") as folder:
        copy = copied(given.checkout, Path(folder))
        for one in mutations:
            tests = [name for _seconds, name in by_line.get((one.file, one.line), [])]
            red = red_of(copy, one, tests) if tests else ""
            found += bool(red)
            print(
                f"{one.file}:{one.line} {one.kind}: {red or f'NOT FOUND by {len(tests)} tests'}", flush=True
            )
    print(f"{found} of {len(mutations)} found, seed {given.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
