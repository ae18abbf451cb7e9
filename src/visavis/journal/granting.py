"""What the site's role may do where another role owns the tables: it writes rows, and takes no guard down."""

from django.db import connection, transaction

from visavis.common.errors import Refused

# What only grows: the site's role adds rows, and deletes those that the guard lets go.
ONLY_GROWS = ("journal_entry", "journal_link", "matches_showing")


class NoRole(Refused):
    """The role cannot be granted anything; the message says why, and what to do."""


def grant(role: str) -> None:
    """Let a role of PostgreSQL use the tables as the site does, and no more. Raises NoRole."""
    if connection.vendor != "postgresql":
        raise NoRole("SQLite has no roles: the folder's owner may do everything. Use PostgreSQL.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, current_user = rolname FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise NoRole(f"There is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '…' first.")
        if found[0] or found[1]:
            raise NoRole(
                f"{role} is a superuser or the owner itself: the guard would not hold. Give another role."
            )
        name = connection.ops.quote_name(role)
        for sql in (
            f"GRANT USAGE ON SCHEMA public TO {name}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
            f"REVOKE UPDATE, TRUNCATE ON {', '.join(ONLY_GROWS)} FROM {name}",
        ):
            cursor.execute(sql)
