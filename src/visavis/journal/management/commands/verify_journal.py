"""visavis verify_journal: say whether the journal is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from visavis.journal import services
from visavis.journal.models import Entry


class Command(BaseCommand):
    """Read the whole chain; exit 1 and name the first broken entries when it was rewritten."""

    help = "Check that no entry of the journal was changed or taken out."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = services.broken_links()
        if broken:
            shown = ", ".join(str(number) for number in broken[:10])
            raise CommandError(f"{len(broken)} entries do not follow from the one before: {shown}")
        self.stdout.write(f"The journal is whole: {Entry.objects.count()} entries.")
