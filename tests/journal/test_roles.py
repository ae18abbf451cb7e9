"""On PostgreSQL: the site's role cannot take the guard down, and nobody who writes waits for another."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from tests.journal.test_append_only import entry
from visavis.journal import checks, services
from visavis.journal.models import Entry
from visavis.operations.saving import restoring

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
]
ROLE = "site_of_the_test"


@pytest.fixture(autouse=True)
def only_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles and one writer")


@pytest.fixture
def site() -> str:
    """A role that is granted what the site needs; the test's rollback takes it away."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
    call_command("grant_site", ROLE)
    return ROLE


@contextmanager
def as_role(role: str) -> Iterator[CursorWrapper]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
        try:
            yield cursor
        finally:
            cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "ALTER TABLE journal_link DISABLE TRIGGER journal_link_rows",
        "DROP TRIGGER journal_entry_rows ON journal_entry",
        "CREATE OR REPLACE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "SET session_replication_role = replica",
        "TRUNCATE journal_entry",
        "UPDATE journal_entry SET note = ''",
        "DELETE FROM journal_entry",
        "DROP TABLE journal_entry",
    ],
)
def test_the_role_of_the_site_cannot_rewrite(site: str, sql: str) -> None:
    written = entry()
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner|only grows")
    with as_role(site) as cursor, refused, transaction.atomic():
        cursor.execute(sql)
    assert Entry.objects.get(pk=written.pk).is_whole()


def test_the_role_of_the_site_can_work_and_is_not_warned(site: str) -> None:
    with as_role(site):
        assert not checks.owns_the_journal()
        entry()
    assert checks.owns_the_journal()
    assert "visavis.W011" in {one.id for one in checks.guards_hold(None, ["default"])}
    with as_role(site):
        assert "visavis.W011" not in {one.id for one in checks.guards_hold(None, ["default"])}


def test_a_role_that_owns_nothing_brings_no_backup_back(site: str, tmp_path: Path) -> None:
    """And whoever does grants it what came back."""
    assert restoring.owns_tables()
    with as_role(site), pytest.raises(restoring.NotOwner, match="/etc/visavis/owner"):
        restoring.restore(folder=tmp_path, keys_from=tmp_path, identity=tmp_path)


def test_a_role_that_owns_everything_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="superuser or the owner"):
        call_command("grant_site", owner)
    with pytest.raises(CommandError, match="There is no role"):
        call_command("grant_site", "nobody_by_this_name")


def test_a_long_act_keeps_nobody_from_signing_in() -> None:
    """Red with a lock held until the commit: the second writer would wait for the first."""
    signed_in: list[Any] = []

    def sign_in() -> None:
        try:
            with transaction.atomic():
                connection.cursor().execute("SET LOCAL lock_timeout = '5s'")
                signed_in.append(services.record(services.Act("signed-in", "account"), by=1))
                transaction.set_rollback(True)
        except DatabaseError as error:
            signed_in.append(error)
        finally:
            connection.close()

    entry()
    other = threading.Thread(target=sign_in)
    other.start()
    other.join(timeout=30)
    assert [type(one) for one in signed_in] == [Entry]
