"""visavis backup: database and files, sealed for a key that is elsewhere; people's keys apart."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.common.errors import Refused
from visavis.operations.saving import backup, drill, sealing


class Command(BaseCommand):
    """Make a backup and throw away those of more than 35 days."""

    help = "Make a sealed backup of the database and the files; people's keys go to a folder of their own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", default=settings.VISAVIS_BACKUP_TO, help="folder of the backups, or s3://bucket/folder"
        )
        parser.add_argument(
            "--keys-to",
            default=settings.VISAVIS_BACKUP_KEYS_TO,
            help="folder of people's keys, apart, or s3://…",
        )
        parser.add_argument(
            "--recipient", default=settings.VISAVIS_BACKUP_RECIPIENT, help="public key of age"
        )
        parser.add_argument(
            "--draw-key", metavar="FILE", help="write a private key there, print the public one, stop"
        )

        parser.add_argument(
            "--drill", action="store_true", help="and bring it back into a database thrown away at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["draw_key"]:
                self.stdout.write(sealing.draw_key(Path(options["draw_key"])))
                return
            if not options["to"] or not options["keys_to"] or not options["recipient"]:
                raise CommandError(
                    "Say --to, --keys-to and --recipient, or set them: docs/operations.md, Backup."
                )
            places = {name: str(options[name]) for name in ("to", "keys_to")}
            if options["drill"]:
                drill.monthly(**places, recipient=options["recipient"], report=self.stdout.write)
                return
            made = backup.save(**places, recipients=[options["recipient"]], report=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The backup was not made: {error.strerror} ({error.filename}).") from error
        self.stdout.write(f"{made} is whole.")
