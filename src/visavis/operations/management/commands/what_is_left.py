"""visavis what_is_left: what is kept of one person, by her account's number, before and after she is erased.

With her words (name, e-mail, phone, a sentence of hers), a line each, it also looks for them everywhere.
"""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.common import clock, keeping
from visavis.common.keeping import Erased
from visavis.operations import remains
from visavis.operations.promises.of_time import erased_numbers
from visavis.operations.saving import backup, stores
from visavis.people.models import User
from visavis.vault.models import PersonKey


class Command(BaseCommand):
    """List what is left by the table of retention; exit 1 where something should have gone."""

    help = "List what is kept of a person, by the number of her account; of who was erased: what is left, until when."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the number of the account")
        parser.add_argument(
            "--words",
            metavar="FILE",
            help="look for these words too, a line each, in tables, files and logs; - reads them from the input",
        )
        parser.add_argument(
            "--look-in",
            type=Path,
            action="append",
            default=[],
            metavar="FOLDER",
            help="another folder of files or logs to look into; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number: int = options["number"]
        is_there, is_erased = User.objects.filter(pk=number).exists(), number in erased_numbers()
        self.stdout.write(
            f"Account {number}: {'there' if is_there else 'not there'}, {'' if is_erased else 'not '}erased."
        )
        wrong = 0
        for one in keeping.kept():
            for rows in one.tables:
                if callable(rows.person) and not is_there:
                    self.stdout.write(
                        f"  {one.what}: perhaps rows by a number that leads nowhere, kept {one.until}"
                    )
                    continue
                found = len(rows.of(number))
                if not found:
                    continue
                stays = is_there or one.erased is Erased.BY_TIME
                wrong += not stays
                label = "" if stays else "SHOULD HAVE GONE: "
                self.stdout.write(f"  {label}{rows.model._meta.label}: {found} rows, kept {one.until}")
        has_key = PersonKey.objects.filter(pk=number).exists()
        wrong += has_key and not is_there
        self.stdout.write(
            f"  her key: {'there' if has_key else 'erased: what is sealed of her opens nowhere'}"
        )
        self.stdout.write(
            f"  backups: {backups()}, each thrown away after {backup.KEPT_FOR.days} days, none with her key"
        )
        if is_erased:
            self.stdout.write("  the file of who was erased: her number, so that no backup brings her back")
        if options["words"]:
            found = self.look_for(words_of(options["words"]), options["look_in"])
            wrong += 0 if is_there else found
        if wrong:
            sys.exit(1)

    def look_for(self, words: list[str], more: list[Path]) -> int:
        """Tell where words of hers stand, by their line, and what nobody has looked at; return how many places."""
        places = remains.folders(more)
        found = [*remains.in_tables(words), *remains.in_files(places, words)]
        for one in found:
            said = f"word {one.word}, {one.times} times" if one.word else "look there yourself"
            self.stdout.write(f"  FOUND: {one.where}: {said}")
        looked = ", ".join(str(one) for one in places)
        self.stdout.write(
            f"  {len(words)} words looked for in every table and in {looked}: {len(found)} places"
        )
        for place in remains.NOT_LOOKED_AT:
            self.stdout.write(f"  not looked at: {place}")
        return len(found)


def words_of(place: str) -> list[str]:
    """Read the words, a line each. Raises CommandError where there are none long enough to be hers alone."""
    try:
        text = sys.stdin.read() if place == "-" else Path(place).read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{place} cannot be read: {error.strerror}") from error
    words = [one.strip() for one in text.splitlines() if one.strip()]
    if not words or any(len(one) < remains.SHORTEST for one in words):
        raise CommandError(f"Give words of {remains.SHORTEST} letters at least, a line each.")
    return words


def backups() -> str:
    """Say how many backups there are, or that nobody can say."""
    if not settings.VISAVIS_BACKUP_TO:
        return "none that VISAVIS_BACKUP_TO names"
    try:
        return str(backup.lying(settings.VISAVIS_BACKUP_TO, clock.now())[0])
    except stores.NoStore as refusal:
        return f"not counted ({refusal})"
