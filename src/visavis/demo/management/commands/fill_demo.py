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
        size = town.Size()
        parser.add_argument("--jobseekers", type=int, default=size.jobseekers)
        parser.add_argument("--vacancies", type=int, default=size.vacancies)
        parser.add_argument("--employers", type=int, default=size.employers)

    def handle(self, *args: Any, **options: Any) -> None:
        if town.is_filled():
            self.stdout.write("The town is there already.")
            return
        size = town.Size(options["jobseekers"], options["vacancies"], options["employers"])
        with progress.bar("the town's lists") as report:
            town.fill(seed=options["seed"], size=size, report=report)
        told = ", ".join(f"{number} {what}" for what, number in town.counts().items())
        self.stdout.write(f"The town is filled: {told}.")
