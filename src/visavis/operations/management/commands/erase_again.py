"""visavis erase_again: after a restore that was not `visavis restore`, erase again whom the site erased since."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.operations.saving import restoring


class Command(BaseCommand):
    """Read the list of who was erased, and erase each whom the database holds again."""

    help = "After PostgreSQL itself was brought back to a moment: erase again whom the site erased after it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", required=True, help="the moment the database is of, 2026-11-27T10:00:00+01:00"
        )
        parser.add_argument("--erased", type=Path, default=Path(settings.VISAVIS_ERASED), help="the list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            since = dt.datetime.fromisoformat(options["since"])
        except ValueError as error:
            raise CommandError("Write the moment as 2026-11-27T10:00:00+01:00.") from error
        if since.tzinfo is None:
            raise CommandError("Say the time zone too: 2026-11-27T10:00:00+01:00.")
        again = restoring.erase_again((options["erased"],), since)
        self.stdout.write(f"{again} people who were erased since are erased again.")
