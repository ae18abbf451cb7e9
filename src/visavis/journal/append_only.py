"""Tables that only grow: the database refuses to change a row, or to delete one before its time.

A trigger, not `save()`: `.update()`, raw SQL and a psql session are refused alike. Deleting is
allowed once a row is older than the retention, so that the law's limit can be kept.
"""

from collections.abc import Callable, Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table}
       BEGIN SELECT RAISE(ABORT, '{table} only grows: a row cannot be changed'); END""",
    """CREATE TRIGGER {table}_never_shrinks BEFORE DELETE ON {table}
       WHEN OLD.at > datetime('now', '-{months} months')
       BEGIN SELECT RAISE(ABORT, '{table} only grows: a row is kept {months} months'); END""",
]
SQLITE_BACK = ["DROP TRIGGER IF EXISTS {table}_never_changes", "DROP TRIGGER IF EXISTS {table}_never_shrinks"]
SQLITE_REPLACED = """CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
       WHEN EXISTS (SELECT 1 FROM {table} WHERE {meets})
       BEGIN SELECT RAISE(ABORT, '{table} only grows: a row cannot be replaced'); END"""
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '{months} months' THEN RETURN OLD; END IF;
         RAISE EXCEPTION '{table} only grows: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
       FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
    """CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
       FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER IF EXISTS {table}_rows ON {table}",
    "DROP TRIGGER IF EXISTS {table}_whole ON {table}",
    "DROP FUNCTION IF EXISTS {table}_refuse()",
]

type Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


def statements(vendor: str, *, back: bool) -> list[str]:
    """Return the SQL that raises the guard on a database, or takes it down."""
    if vendor == "postgresql":
        return POSTGRESQL_BACK if back else POSTGRESQL
    return SQLITE_BACK if back else SQLITE


def only_grows(table: str, *, months: int) -> migrations.RunPython:
    """Return the migration step that guards a table with an `at` column."""

    def step(*, back: bool) -> Step:
        def run(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
            for sql in statements(editor.connection.vendor, back=back):
                editor.execute(sql.format(table=table, months=months), params=None)

        return run

    return migrations.RunPython(step(back=False), step(back=True))


def never_replaced(table: str, *, keys: Sequence[str]) -> migrations.RunPython:
    """Return the migration step that stops SQLite's INSERT OR REPLACE, which deletes without a trigger.

    `keys` are the columns by which a row may meet another. PostgreSQL has no such words.
    """

    def raised(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            meets = " OR ".join(f"{key} = NEW.{key}" for key in keys)
            editor.execute(SQLITE_REPLACED.format(table=table, meets=meets), params=None)

    def lowered(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_replaced", params=None)

    return migrations.RunPython(raised, lowered)


def lowered(table: str, *, months: int) -> migrations.RunPython:
    """Return the migration step that takes the guard down before a table is changed, to be raised after."""
    raised = only_grows(table, months=months)
    if raised.reverse_code is None:
        raise AssertionError("a guard that cannot be taken down")
    return migrations.RunPython(raised.reverse_code, raised.code)
