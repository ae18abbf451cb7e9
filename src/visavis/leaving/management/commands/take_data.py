"""visavis take_data: for who asks by letter, or has no page here that gives it; the same file as everybody's."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from visavis.leaving import services, taking


class Command(BaseCommand):
    """Write all that is kept of a person into a file, as the journal tells her. Make sure who asks."""

    help = (
        "Write all that is kept of a person, by the number, e-mail or phone of the account, into a ZIP: a page to "
        "read or print, a file for programs, and the documents as they came."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the account's number, e-mail or phone (+33…)")
        parser.add_argument(
            "--to", type=Path, required=True, metavar="FILE", help="a file that is not there yet"
        )
        parser.add_argument(
            "--by", default="", help="who hands it over: a number, an e-mail; nobody when left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = services.account_of(options["who"])
        by = services.account_of(options["by"]) if options["by"] else None
        if user is None or (options["by"] and by is None):
            raise CommandError("No account has this number or address.")
        path: Path = options["to"]
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}. Nothing was taken.") from error
        try:
            with translation.override(user.language), os.fdopen(opened, "wb") as file:
                for piece in taking.all_of(user, by=by):
                    file.write(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self.stdout.write(
            f"All that is kept of account {user.pk} is in {path}. Print data.html out of it for a letter, hand it "
            "over, then delete it: it is as private as the person's file."
        )
