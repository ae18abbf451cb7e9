"""The tables as migrations make them, kept: they take eight seconds, on PostgreSQL thirty, and every run needs them."""

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

import psycopg
from django import VERSION
from django.apps import apps
from django.core import management
from django.db import connection

from tests import postgresql, programs
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

    On PostgreSQL they are also copied while they are empty: `tests/common/own_database.py`.
    """
    usual, copies = management.call_command, []

    def call(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate":
            return usual(name, *args, **options)
        management.call_command = usual
        read_or_make(lambda: usual(name, *args, **options))
        if connection.vendor == "postgresql":
            copies.append(own_database.keep_empty())
        return None

    management.call_command = call
    yield
    management.call_command = usual
    for name in copies:
        own_database.forget(name)


def read_or_make(make: Callable[[], object]) -> None:
    """Read the tables; who comes first makes them, and the other processes wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = kept_for(ours()) if connection.vendor == "postgresql" else KEPT / f"{key()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            read(file)
        else:
            make()
            write(file)


def ours() -> str:
    """Return how PostgreSQL's own programs reach the tests' database."""
    name = connection.get_connection_params()["dbname"]
    return psycopg.conninfo.make_conninfo(**own_database.access() | {"dbname": name})


def kept_for(address: str) -> Path:
    """Return the file of the tables for a server of PostgreSQL: what one version writes, another may not read."""
    with closing(psycopg.connect(address)) as server:
        return KEPT / f"{key()}.{server.info.server_version}.sql"


def write(file: Path) -> None:
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if connection.vendor == "postgresql":
        ask("pg_dump", "--file", str(unfinished), "--dbname", ours())
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.connection.backup(copy)
    unfinished.rename(file)
    for old in sorted(KEPT.glob(f"*{file.suffix}"), key=lambda one: one.stat().st_mtime)[:-MOST]:
        old.unlink()


def ask(program: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs, whose package the tests have anyway."""
    done = programs.run([postgresql.programs() / program, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def load(file: Path, address: str) -> None:
    """Fill an empty database of PostgreSQL with the tables."""
    ask("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", str(file), "-d", address)


def read(file: Path) -> None:
    if connection.vendor == "postgresql":
        load(file, ours())
        return
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
        for sql in without_ours():
            tables.execute(sql)
        tables.commit()


def lay_in(address: str) -> bool:
    """Give a site of its own, on PostgreSQL, the tables that were kept; say whether any were."""
    kept_file = kept_for(address)
    if not kept_file.exists():
        return False
    load(kept_file, address)
    with closing(psycopg.connect(address, autocommit=True)) as tables:
        for sql in without_ours():
            tables.execute(sql)  # type: ignore[call-overload]
    return True


def without_ours() -> Iterator[str]:
    """Take away what only the tests have."""
    names = [f'"{model._meta.db_table}"' for model in apps.get_app_config(ONLY_OURS).get_models()]
    # A table goes before the one that it leans on.
    yield from (f"DROP TABLE {name}" for name in reversed(names))
    types = f"SELECT id FROM django_content_type WHERE app_label = '{ONLY_OURS}'"
    yield f"DELETE FROM auth_permission WHERE content_type_id IN ({types})"
    yield f"DELETE FROM django_content_type WHERE app_label = '{ONLY_OURS}'"
    yield f"DELETE FROM django_migrations WHERE app = '{ONLY_OURS}'"


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
