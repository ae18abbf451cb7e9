"""Tables that were kept are those that the migrations of now would make."""

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from tests import migrated
from tests.common import own_database
from tests.programs import run

MADE = (
    "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT '', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' "
    "AND prosrc <> '' AND probin IS NULL",
    "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "SELECT '', extname FROM pg_extension",
)


MAKE = """
import sys, django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
call_command(migrate.Command() if sys.argv[1] == "own" else "migrate", verbosity=0)
"""


@pytest.mark.parametrize(
    "changed",
    ["people/migrations/0001_initial.py", "people/names.py", "folding.py", "config/settings.py"],
    ids=["a migration", "what it imports", "what that imports", "which apps there are"],
)
def test_a_change_of_what_tables_are_made_of_makes_them_anew(
    changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = migrated.key(), Path.read_bytes
    assert migrated.key() == before
    file = migrated.SOURCE / "visavis" / changed
    assert file.is_file()
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"\n" if path == file else b""))
    assert migrated.key() != before


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of tables is SQLite's")
def test_a_site_of_its_own_has_every_table_and_nothing_of_the_tests(tmp_path: Path) -> None:
    migrated.lay(tmp_path / "of/its/own.sqlite3")
    ours = {model._meta.db_table for model in apps.get_app_config(migrated.ONLY_OURS).get_models()}
    with closing(sqlite3.connect(tmp_path / "of/its/own.sqlite3")) as laid, connection.cursor() as here:
        for kind in ("table", "index", "trigger", "view"):
            named = f"SELECT name, sql FROM sqlite_master WHERE type = '{kind}' AND tbl_name NOT IN "
            named += str((*ours, ""))
            assert dict(laid.execute(named)) == dict(here.execute(named).fetchall())
        assert not {name for (name,) in laid.execute("SELECT name FROM sqlite_master")} & ours
        [(left,)] = laid.execute(
            "SELECT count(*) FROM django_content_type WHERE app_label = ?", [migrated.ONLY_OURS]
        )
        [(types,)] = laid.execute("SELECT count(*) FROM django_content_type")
    assert types and not left


def plain(row: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the casts and brackets in which PostgreSQL writes a condition anew each time it has read its own words.

    One of the processes made its tables by the migrations, the others read them.
    """
    return tuple(re.sub(r"::[a-z ]+(\[\])?|[()]", "", str(words)) for words in row)


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = f"nothing_{connection.settings_dict['NAME']}"
    own_database.forget(name)
    with closing(psycopg.connect(**own_database.access(), autocommit=True)) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield psycopg.conninfo.make_conninfo(**own_database.access() | {"dbname": name})
    own_database.forget(name)


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a dump of tables is PostgreSQL's")
def test_a_site_of_its_own_on_postgresql_has_them_too(empty: str) -> None:
    migrated.lay_in(empty)
    ours = {model._meta.db_table for model in apps.get_app_config(migrated.ONLY_OURS).get_models()}
    types = "SELECT app_label FROM django_content_type"
    with closing(psycopg.connect(empty)) as laid, connection.cursor() as here:
        for sql in MADE:
            here.execute(sql)
            made = {plain(row) for row in here.fetchall() if row[0] not in ours}
            assert made and {plain(row) for row in laid.execute(sql).fetchall()} == made
        here.execute(types)
        labels = {label for (label,) in here.fetchall()}
        assert {label for (label,) in laid.execute(types)} == labels - {migrated.ONLY_OURS}


def shape(file: Path) -> dict[tuple[str, str], list[str]]:
    """Return what a file of SQLite holds, the columns of each thing in any order."""
    with closing(sqlite3.connect(file)) as tables:
        rows = tables.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): sorted(re.split(r"[\s,]+", sql or "")) for kind, name, sql in rows}


def made(way: str, folder: Path, address: str) -> None:
    """Make the tables in a process of its own: Django's own way, or ours."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "VISAVIS_VAR": str(folder)}
    environment |= {"DATABASE_URL": address, "PYTHONPATH": f"{migrated.SOURCE}:{migrated.ROOT}"}
    run([sys.executable, "-c", MAKE, way], env=environment, cwd=migrated.ROOT, check=True)


# Django's own way takes a minute.
@pytest.mark.again
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the same in files")
def test_tables_made_with_less_drawing_are_those_that_django_makes(tmp_path: Path) -> None:
    files = {"own": tmp_path / "own.sqlite3", "sparing": tmp_path / "sparing.sqlite3"}
    for way, file in files.items():
        made(way, tmp_path, f"sqlite:///{file}")
    own, sparing = map(shape, files.values())
    assert own and own == sparing


@pytest.mark.again
@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the same on a server")
def test_on_postgresql_they_are_too(tmp_path: Path) -> None:
    found = []
    for way in ("own", "sparing"):
        with own_database.own_database(tmp_path, way) as variables:
            address = variables["DATABASE_URL"]
            with closing(psycopg.connect(address, autocommit=True)) as server:
                server.execute("DROP SCHEMA public CASCADE")
                server.execute("CREATE SCHEMA public")
            made(way, tmp_path, address)
            with closing(psycopg.connect(address)) as server:
                found.append([sorted(map(plain, server.execute(sql).fetchall())) for sql in MADE])
    own, sparing = found
    assert own[0] and own == sparing
