"""visavis forget: delete what is past its time."""

from typing import Any

from django.core.management.base import BaseCommand

from visavis.matches.making import forgetting


class Command(BaseCommand):
    """Delete what the table of retention lets nobody keep; the night's run does it too."""

    help = "Delete what is past its time: journal, rankings shown, runs, sessions."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in forgetting.forget().items():
            self.stdout.write(f"{name}: {number} deleted")
