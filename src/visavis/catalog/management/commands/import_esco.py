"""Import ESCO in French and English, joined to the ROME by the official crosswalk."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from visavis.catalog.imports import esco
from visavis.catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Import English labels and titles, ISCO groups and skills from a folder (or zip) of ESCO's CSV files."
    )
    label = "ESCO"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path)
        parser.add_argument("--crosswalk", type=Path, help="FR_…_mapping_esco_rome.csv")
        parser.add_argument(
            "--shrink", action="store_true", help="accept that over half of the rows are gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.run(
            lambda tell: esco.import_esco(
                options["folder"], crosswalk=options["crosswalk"], shrink=options["shrink"], tell=tell
            ),
            options,
        )
