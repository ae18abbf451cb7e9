"""Numbers in the order of the commits.

SQLite writes one transaction at a time, so that numbers are seen in order. PostgreSQL gives them before the commit: a
lower one may be seen after a higher one, when whoever follows has gone past it. There the number is given at the very
end, under one lock, and whoever listens is woken.
"""

from typing import Any

from django.db import migrations

# As the words below say it; the number of the lock is nobody else's.
CHANNEL = "visavis_live"
AT_THE_COMMIT = """
CREATE FUNCTION live_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.id := -NEW.id;
  RETURN NEW;
END $$;
CREATE FUNCTION live_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7001016);
  UPDATE live_bulletin SET id = nextval(pg_get_serial_sequence('live_bulletin', 'id')) WHERE id = NEW.id;
  PERFORM pg_notify('visavis_live', '');
  RETURN NULL;
END $$;
CREATE TRIGGER live_before BEFORE INSERT ON live_bulletin FOR EACH ROW EXECUTE FUNCTION live_before();
CREATE CONSTRAINT TRIGGER live_number AFTER INSERT ON live_bulletin DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION live_number();
"""
BACK = """
DROP TRIGGER live_number ON live_bulletin; DROP TRIGGER live_before ON live_bulletin;
DROP FUNCTION live_number(); DROP FUNCTION live_before();
"""


def at_the_commit() -> migrations.RunPython:
    """Return the step of a migration that numbers rows at the commit, where the database needs it."""
    return migrations.RunPython(_on_postgresql(AT_THE_COMMIT), _on_postgresql(BACK))


def _on_postgresql(sql: str) -> Any:
    def run(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(sql, params=None)

    return run
