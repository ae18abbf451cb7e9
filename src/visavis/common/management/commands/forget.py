"""visavis forget: delete what is past its time."""

from typing import Any

from django.core.management.base import BaseCommand

from visavis.common import keeping


class Command(BaseCommand):
    """Delete what the table of retention lets nobody keep; the night's run does it too."""

    help = "Delete what is past its time, of every app."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in keeping.forget().items():
            self.stdout.write(f"{name}: {number} deleted")
