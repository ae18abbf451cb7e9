"""visavis forget: delete what is past its time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from visavis.leaving import night


class Command(BaseCommand):
    """Delete what the table of retention lets nobody keep; the night does it too."""

    help = "Delete what is past its time, of every app; who has not used an account for two years is told, then closed."

    def handle(self, *args: Any, **options: Any) -> None:
        told: dict[str, int] = {}
        failed = set()
        for some in night.forgetting():
            told[some.word] = told.get(some.word, 0) + some.rows
            if some.failed:
                failed.add(some.word)
        for word, number in told.items():
            self.stdout.write(f"{word}: {number}" + (" (it stopped: see the log)" if word in failed else ""))
        if failed:
            raise CommandError(f"Not done: {', '.join(sorted(failed))}. Run it again; the log says why.")
