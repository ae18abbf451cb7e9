"""Tables that were kept are those that the migrations of now would make."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests import migrated


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
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL no tables are kept in a file")
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
