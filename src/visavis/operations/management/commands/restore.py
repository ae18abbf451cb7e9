"""visavis restore: bring a backup back, or only try whether it could be (--drill)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.common.errors import Refused
from visavis.operations.models import beat
from visavis.operations.saving import backup, drill, restoring, stores


class Command(BaseCommand):
    """Bring a backup back into the present database, which must be empty; or into one thrown away at once."""

    help = "Bring a backup back. With --drill: into a database that is thrown away at once, to see that it can be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "place", help="a backup, or the folder of all: then the newest; or s3://bucket/folder"
        )
        parser.add_argument("--identity", type=Path, required=True, help="private key of age")
        parser.add_argument("--keys-from", default=settings.VISAVIS_BACKUP_KEYS_TO)
        parser.add_argument("--over", action="store_true", help="write over the people that are there")
        parser.add_argument(
            "--drill", action="store_true", help="into a database that is thrown away at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["keys_from"]:
            raise CommandError("Say --keys-from: the folder in which people's keys are kept.")
        places = (str(options["place"]), str(options["keys_from"]))
        try:
            if options["drill"]:
                drill.try_it(
                    places[0], keys_from=places[1], identity=options["identity"], report=self.stdout.write
                )
                beat("drill")
                return
            self.restore(*places, options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def restore(self, place: str, keys_place: str, options: dict[str, Any]) -> None:
        """Bring the backup back, or the newest of a folder of them."""
        named = {"prefix": backup.PREFIX, "last": backup.LIST}
        with stores.brought(place, **named) as folder, stores.brought(keys_place, **named) as keys_from:
            chosen = folder
            if not (folder / backup.LIST).exists():
                whole = backup.all_in(folder)
                if not whole:
                    raise CommandError(f"There is no whole backup in {place}.")
                chosen = whole[-1]
            restoring.restore(
                folder=chosen,
                keys_from=keys_from,
                identity=options["identity"],
                over=options["over"],
                report=self.stdout.write,
            )
        self.stdout.write("It is back. Now: visavis verify_journal, then start the site.")
