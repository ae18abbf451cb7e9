"""Import the ROME from its official files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from visavis.catalog.imports import rome
from visavis.catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import the ROME, v3 or 4.0, from a folder (or zip archive) of the official unix_*.csv files."
    label = "ROME"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--shrink", action="store_true", help="accept that over half of the rows are gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.run(
            lambda tell: rome.import_rome(options["folder"], shrink=options["shrink"], tell=tell), options
        )
