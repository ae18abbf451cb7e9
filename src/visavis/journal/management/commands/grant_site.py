"""visavis grant_site: let the site's role use the tables, and change none of them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

# What only grows: the site's role adds rows, and deletes those that the guard lets go.
ONLY_GROWS = ("journal_entry", "journal_link", "matches_showing")


class Command(BaseCommand):
    """Grant a PostgreSQL role what the site needs; run it as the owner of the tables, after each `migrate`.

    The role owns nothing: it cannot take the guard of the journal down, truncate or change a table.
    """

    help = "Grant the site's PostgreSQL role what it needs, and no more. Run after migrate, as the owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role of DATABASE_URL on the site and its workers")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles: the folder's owner may do everything. Use PostgreSQL.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, current_user = rolname FROM pg_roles WHERE rolname = %s", [role])
            found = cursor.fetchone()
            if found is None:
                raise CommandError(f"There is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '…' first.")
            if found[0] or found[1]:
                raise CommandError(
                    f"{role} is a superuser or the owner itself: the guard would not hold. Give another role."
                )
            name = connection.ops.quote_name(role)
            for sql in grants(name):
                cursor.execute(sql)
        self.stdout.write(
            f"{role} may read and write rows. It owns nothing, and the journal only grows for it."
        )


def grants(name: str) -> list[str]:
    """Return the statements that give a role, quoted, its rights, and take back what the journal refuses."""
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE UPDATE, TRUNCATE ON {', '.join(ONLY_GROWS)} FROM {name}",
    ]
