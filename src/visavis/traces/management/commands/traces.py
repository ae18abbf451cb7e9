"""visavis traces: make the quarters, their keys and their figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from visavis.traces import counting, periods
from visavis.traces.models import Period


class Command(BaseCommand):
    """What the night does for private reports, and how far each quarter is."""

    help = "Make this quarter and the next with their keys, count reports, write what may be published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now", action="store_true", help="make this quarter's figures even when few reports came since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counting.by_night()
        current = periods.current()
        if options["now"] and current:
            counting.publish(current)
        for period in Period.objects.all():
            state = "closed" if period.is_closed else "open"
            figures = period.figures.count()
            self.stdout.write(
                f"{period}: {state}, {period.counted} reports counted, {figures} figures published"
            )
