"""Import postcodes and coordinates from La Poste's official file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from visavis.catalog.imports import communes
from visavis.catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Complete the communes from La Poste's base-officielle-codes-postaux.csv."
    label = "communes"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        self.run(lambda tell: communes.import_communes(options["file"], tell=tell), options)
