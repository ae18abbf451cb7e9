"""visavis grant_site: let the site's role use the tables, and change none of them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.journal.granting import NoRole, grant


class Command(BaseCommand):
    """Grant a PostgreSQL role what the site needs; run it as the owner of the tables, after each `migrate`.

    The role owns nothing: it cannot take the guard of the journal down, truncate or change a table.
    """

    help = "Grant the site's PostgreSQL role what it needs, and no more. Run after migrate, as the owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role of DATABASE_URL on the site and its workers")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        try:
            grant(role)
        except NoRole as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{role} may read and write rows. It owns nothing, and the journal only grows for it."
        )
