"""visavis turn_keys: a new key for the installation; what the former one wrapped is wrapped anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.common import progress
from visavis.vault import ring, turning

# As long as the longest request may run.
STILL_RUNNING_S = 60
TURNS = {"data": turning.wrap_anew, "contacts": turning.mark_anew, "secret": turning.seal_anew}


class Command(BaseCommand):
    """Draw a new key into the ring and wrap every person's key with it; stopped, it goes on when it is run again."""

    help = (
        "Wrap people's keys and seal what waits to leave by the newest key of the ring; --new draws one first, "
        "--contacts makes the marks of e-mails and phones anew instead, --secret seals anew what VISAVIS_SECRET_KEY "
        "seals, --drop then takes the former keys out of the file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new", action="store_true", help="draw a new key first (not where keys are given)"
        )
        parser.add_argument(
            "--contacts", action="store_true", help="the keys of marks, not those that encrypt"
        )
        parser.add_argument(
            "--secret",
            action="store_true",
            help="what the secret key seals: second factors, programs, permits",
        )
        parser.add_argument(
            "--drop", action="store_true", help="take the former keys away when nothing needs them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        purpose = "contacts" if options["contacts"] else "secret" if options["secret"] else "data"
        if (options["new"] or options["drop"]) and (name := given_by(purpose)):
            raise CommandError(
                f"The keys come from {name}: change that, restart, then run this without options."
            )
        if options["new"]:
            ring.add(purpose)
        turn = TURNS[purpose]
        with progress.bar("turned") as tell:
            number = turn(tell)
            if options["new"] and options["drop"]:
                # Whoever began before the key was drawn has ended by then.
                time.sleep(STILL_RUNNING_S)
                number += turn(tell)
        to = "the secret key" if options["secret"] else f"key {ring.writing(purpose).name}"
        self.stdout.write(f"{number} turned to {to}.")
        if options["drop"]:
            if turning.waiting(purpose):
                raise CommandError("Some still need a former key: run it again.")
            self.stdout.write(f"{ring.drop(purpose)} former keys taken out of {ring.file_of(purpose)}.")


def given_by(purpose: str) -> str:
    """Return the variable that gives the keys of a purpose, empty where a file of ours holds them."""
    if purpose == "secret":
        return "VISAVIS_SECRET_KEY"
    return (
        {"data": "VISAVIS_DATA_KEYS", "contacts": "VISAVIS_CONTACT_KEYS"}[purpose]
        if ring.is_given(purpose)
        else ""
    )
