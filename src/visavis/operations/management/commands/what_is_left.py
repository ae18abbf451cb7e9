"""visavis what_is_left: what is kept of one person, by her account's number, before and after she is erased."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from visavis.common import clock, keeping
from visavis.common.keeping import Erased
from visavis.operations.promises.of_time import erased_numbers
from visavis.operations.saving import backup, stores
from visavis.people.models import User
from visavis.vault.models import PersonKey


class Command(BaseCommand):
    """List what is left by the table of retention; exit 1 where somebody was erased and something should have gone."""

    help = "List what is kept of a person, by the number of her account; of who was erased: what is left, until when."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the number of the account")

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
        if wrong:
            sys.exit(1)


def backups() -> str:
    """Say how many backups there are, or that nobody can say."""
    if not settings.VISAVIS_BACKUP_TO:
        return "none that VISAVIS_BACKUP_TO names"
    try:
        return str(backup.lying(settings.VISAVIS_BACKUP_TO, clock.now())[0])
    except stores.NoStore as refusal:
        return f"not counted ({refusal})"
