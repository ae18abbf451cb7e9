"""Import the catalogue and the communes that the project ships."""

from typing import Any

from visavis.catalog.imports import shipped
from visavis.catalog.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import the occupations, titles, skills, interests and all communes that the project ships."
    label = "starter"

    def handle(self, *args: Any, **options: Any) -> None:
        self.run(lambda tell: shipped.import_starter(tell=tell), options)
