"""The tables as migrations make them, kept: they take eight seconds, and every run of tests begins with them."""

import ast
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django import VERSION
from django.apps import apps
from django.core import management
from django.db import connection

from tests.common import own_database

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
KEPT = Path(os.environ.get("VISAVIS_TESTS_KEPT", ROOT / ".var" / "migrated"))
MOST = 5
# The app that only the tests have: tests/settings.py.
ONLY_OURS = "tickets"
# What the tables depend on besides migrations: which apps there are, ours and others'.
BESIDES = (
    SOURCE / "visavis/config/settings.py",
    ROOT / "tests/settings.py",
    *sorted(ROOT.glob("tests/acts/tickets/**/*.py")),
    ROOT / "requirements/test.txt",
)


@contextmanager
def kept() -> Iterator[None]:
    """Have the next `migrate` read what was kept, or keep what it makes; every other one is as ever.

    On PostgreSQL they are made, and copied while they are empty: `tests/common/own_database.py`.
    """
    usual, copies = management.call_command, []

    def call(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate":
            return usual(name, *args, **options)
        management.call_command = usual
        if connection.vendor == "postgresql":
            usual(name, *args, **options)
            copies.append(own_database.keep_empty())
        else:
            read_or_make(lambda: usual(name, *args, **options))
        return None

    management.call_command = call
    yield
    management.call_command = usual
    for name in copies:
        own_database.forget(name)


def read_or_make(make: Callable[[], object]) -> None:
    """Read the tables; who comes first makes them, and the other processes wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{key()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            read(file)
        else:
            make()
            write(file)


def write(file: Path) -> None:
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    connection.ensure_connection()
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.connection.backup(copy)
    unfinished.rename(file)
    for old in sorted(KEPT.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)[:-MOST]:
        old.unlink()


def read(file: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        copy.backup(connection.connection)


def lay(file: Path) -> None:
    """Give a site of its own the tables that were kept, if any were: its `migrate` finds nothing left to make."""
    kept_file = KEPT / f"{key()}.sqlite3"
    if not kept_file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept_file, file)
    with closing(sqlite3.connect(file)) as tables:
        for model in apps.get_app_config(ONLY_OURS).get_models():
            tables.execute(f'DROP TABLE "{model._meta.db_table}"')
        types = "SELECT id FROM django_content_type WHERE app_label = ?"
        tables.execute(f"DELETE FROM auth_permission WHERE content_type_id IN ({types})", [ONLY_OURS])
        tables.execute("DELETE FROM django_content_type WHERE app_label = ?", [ONLY_OURS])
        tables.execute("DELETE FROM django_migrations WHERE app = ?", [ONLY_OURS])
        tables.commit()


def key() -> str:
    """Return what the tables are made of: every migration, and whatever of ours it imports."""
    waiting = sorted(SOURCE.glob("visavis/*/migrations/*.py"))
    seen: dict[Path, bytes] = {}
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen[path] = path.read_bytes()
            waiting += imported(seen[path])
    seen |= {path: path.read_bytes() for path in BESIDES}
    said = hashlib.sha256(repr((VERSION, sqlite3.sqlite_version)).encode())
    for path in sorted(seen):
        said.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + seen[path] + b"\0")
    return said.hexdigest()[:24]


def imported(text: bytes) -> Iterator[Path]:
    """Return the files of ours that a module imports."""
    for one in ast.walk(ast.parse(text)):
        names = []
        if isinstance(one, ast.Import):
            names = [name.name for name in one.names]
        elif isinstance(one, ast.ImportFrom) and one.module:
            names = [one.module, *(f"{one.module}.{name.name}" for name in one.names)]
        for name in names:
            if name.split(".")[0] == "visavis":
                path = SOURCE / name.replace(".", "/")
                yield from (
                    file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()
                )
