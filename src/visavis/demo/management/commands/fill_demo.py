"""visavis fill_demo: fill a town, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from visavis.common import progress
from visavis.demo import town


class Command(BaseCommand):
    """Fill the town unless it is there."""

    help = "Fill the database with invented people, employers and vacancies, unless it has any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2016)

    def handle(self, *args: Any, **options: Any) -> None:
        if town.is_filled():
            self.stdout.write("The town is there already.")
            return
        with progress.bar("the town's lists") as report:
            town.fill(seed=options["seed"], report=report)
        told = ", ".join(f"{number} {what}" for what, number in town.counts().items())
        self.stdout.write(f"The town is filled: {told}.")
