"""Fill the service's database: python -m tests.faults.people prints the sessions of people who are signed in."""

import json
import sys

import django

PEOPLE = 6
KEEP = {
    "sqlite": ["CREATE TRIGGER faults_keep AFTER DELETE ON people_outgoing BEGIN"
               " INSERT INTO faults_gone VALUES (OLD.id, OLD.handed_at IS NOT NULL); END"],
    "postgresql": ["CREATE FUNCTION faults_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                   " INSERT INTO faults_gone VALUES (OLD.id, OLD.handed_at IS NOT NULL); RETURN OLD; END $$",
                   "CREATE TRIGGER faults_keep AFTER DELETE ON people_outgoing FOR EACH ROW"
                   " EXECUTE FUNCTION faults_keep()"],
}  # fmt: skip


def fill() -> list[str]:
    """Make the tables, people, and a table that keeps of each message whether it was handed over."""
    from django.core.management import call_command  # noqa: PLC0415  (Django must be set up)
    from django.db import connection  # noqa: PLC0415

    from tests import factories, migrated  # noqa: PLC0415
    from tests.personas import signed_in  # noqa: PLC0415

    migrated.read_or_make(lambda: call_command("migrate", verbosity=0))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE faults_gone (id bigint, was_handed boolean)")
        for sql in KEEP[connection.vendor]:
            cursor.execute(sql)
    agency = factories.AgencyFactory()
    return [signed_in(factories.JobseekerFactory(agency=agency).user) for _one in range(PEOPLE)]


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(fill()) + "\n")
