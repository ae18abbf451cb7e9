"""Bring the full text of openings up to date, or write it anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from visavis.searches.index import writing


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="write everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        number = writing.rebuild() if options["anew"] else writing.catch_up()
        self.stdout.write(f"{number} openings were written into the full text.")
