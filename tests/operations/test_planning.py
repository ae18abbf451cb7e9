"""SQLite is told to look at its rows, so that it plans well after a table was written anew."""

from collections.abc import Iterator

import pytest
from django.db import connection

from visavis.operations import planning

pytestmark = pytest.mark.django_db

# As a migration writes a table anew: the rows are copied, and nothing is known of the copy.
WRITTEN_ANEW = (
    "CREATE TABLE written (a)",
    "INSERT INTO written SELECT value FROM json_each('[1, 2, 3]')",
    "CREATE INDEX written_by_a ON written (a)",
)


def is_known() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'written'")
        return bool(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write a table of which nothing is known."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks by itself")
    monkeypatch.setattr(planning, "_looked_at", [])
    with connection.cursor() as cursor:
        for words in WRITTEN_ANEW:
            cursor.execute(words)
        yield
        cursor.execute("DROP TABLE written")


def test_a_table_written_anew_is_looked_at_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "monotonic", lambda: 10.0)
    assert not is_known()
    planning.look()
    assert is_known()
    monkeypatch.setattr(planning, "LOOK", "no longer asked")
    planning.look()
    monkeypatch.setattr(planning, "monotonic", lambda: 10.0 + planning.EVERY_S)
    with pytest.raises(Exception, match="no"):
        planning.look()
