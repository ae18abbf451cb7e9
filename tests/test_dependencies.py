"""What the site needs is declared, and what is declared is needed."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "visavis"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Django finds these by a setting or an address; no file of ours imports them.
FOUND_BY_DJANGO = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django-tasks-db": "django_tasks_db",
    "psycopg": "dj_database_url",
    "granian": '"granian"',
}
# Rooms that are only entered when their extra is installed.
OPTIONAL = {"commands": {"polars"}, "engine/fast": {"llvmlite", "numba"}}


def named(requirements: Iterable[str]) -> set[str]:
    """Return the names of requirements, without extras and versions."""
    found = {
        re.split(r"[\[<>=~! ]", requirement)[0].lower().replace("_", "-") for requirement in requirements
    }
    return found - {"visavis"}


CORE = named(PROJECT["dependencies"])
EXTRAS = named(one for extra in PROJECT["optional-dependencies"].values() for one in extra)


def modules_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module.partition(".")[0]]
    return []


@cache
def by_module() -> Mapping[str, list[str]]:
    """Return which packages bring each module; reading it looks at every file installed."""
    return packages_distributions()


def others(nodes: Iterable[ast.AST]) -> set[frozenset[str]]:
    """Return the packages of others that are imported: the names under which each may be declared."""
    ours = sys.stdlib_module_names | {"visavis"}
    modules = {module for node in nodes for module in modules_of(node)} - ours
    return {frozenset(named(by_module().get(module, [module]))) for module in modules}


@cache
def imports() -> Mapping[str, tuple[list[ast.AST], list[ast.AST]]]:
    """Return each file's imports, those at its top first; all of the source is read once."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        both = ([node for node in nodes if modules_of(node)] for nodes in (tree.body, ast.walk(tree)))
        found[path.relative_to(SOURCE).as_posix()] = tuple(both)
    return found  # type: ignore[return-value]


def everywhere() -> set[frozenset[str]]:
    return others(node for _top, nodes in imports().values() for node in nodes)


def test_every_package_that_the_source_imports_is_declared() -> None:
    imported = everywhere()
    assert frozenset({"django"}) in imported
    assert not [sorted(names) for names in imported if not names & (CORE | EXTRAS)]


def test_what_an_extra_brings_is_imported_late_or_in_the_room_of_the_extra() -> None:
    early = {}
    for name, (top, _all) in imports().items():
        allowed = CORE.union(*(extra for room, extra in OPTIONAL.items() if name.startswith(f"{room}/")))
        if missing := [sorted(names) for names in others(top) if not names & allowed]:
            early[name] = missing
    assert not early


def test_every_dependency_is_imported_or_named_in_the_source() -> None:
    imported = set().union(*everywhere())
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    found = imported | {name for name, word in FOUND_BY_DJANGO.items() if word in text}
    assert not (CORE - found)


def test_the_demo_runs_without_any_extra() -> None:
    """Its lock holds the dependencies of the site and of the installation, nothing of an extra."""
    locked = named((ROOT / "requirements" / "demo.txt").read_text(encoding="utf-8").splitlines())
    assert locked >= CORE
    assert not (EXTRAS - CORE) & locked
