"""visavis turn_keys: a new key for the installation; what the former one wrapped is wrapped anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.common import progress
from visavis.vault import ring, turning


class Command(BaseCommand):
    """Draw a new key into the ring and wrap every person's key with it; stopped, it goes on when it is run again."""

    help = (
        "Wrap people's keys by the newest key of the ring; --new draws one first, --contacts makes the marks of "
        "e-mails and phones anew instead, --drop then takes the former keys out of the file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new", action="store_true", help="draw a new key first (not where keys are given)"
        )
        parser.add_argument(
            "--contacts", action="store_true", help="the keys of marks, not those that encrypt"
        )
        parser.add_argument(
            "--drop", action="store_true", help="take the former keys away when nothing needs them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        purpose = "contacts" if options["contacts"] else "data"
        if (options["new"] or options["drop"]) and ring.is_given(purpose):
            name = "VISAVIS_CONTACT_KEYS" if options["contacts"] else "VISAVIS_DATA_KEYS"
            raise CommandError(
                f"The keys come from {name}: change that, restart, then run this without options."
            )
        if options["new"]:
            ring.add(purpose)
        turn = turning.mark_anew if options["contacts"] else turning.wrap_anew
        with progress.bar("turned") as tell:
            number = turn(tell)
        self.stdout.write(f"{number} turned to key {ring.writing(purpose).name}.")
        if options["drop"]:
            if turning.waiting(purpose):
                raise CommandError("Some still need a former key: run it again.")
            self.stdout.write(f"{ring.drop(purpose)} former keys taken out of {ring.file_of(purpose)}.")
