"""visavis verify_journal: say whether the journal is whole."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from visavis.journal import chain, keys, seals, witnesses
from visavis.journal.models import Entry


class Command(BaseCommand):
    """Read the whole chain and the seals kept outside; exit 1 and say what was changed, cut or emptied."""

    help = "Check that no entry of the journal was changed or taken out, and that its end was not cut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seals",
            type=Path,
            action="append",
            metavar="FILE",
            help="seals kept elsewhere, as well as those of VISAVIS_JOURNAL_SEALS; may be repeated",
        )
        parser.add_argument(
            "--key", action="append", default=[], metavar="HEX", help="believe only seals by this public key"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        told: list[str] = []
        files = [Path(settings.VISAVIS_JOURNAL_SEALS), *(options["seals"] or [])]
        all_found: list[str] = []
        for file in files:
            found = seals.kept_in(file)
            all_found += found
            if not found:
                told.append(f"{file} holds no seal: whether the end was cut cannot be told by it.")
            told += [f"{file}: {one}" for one in seals.faults(found, options["key"])]
        told += witnesses.told(all_found)
        chain.link(everything=True)
        broken = chain.broken()
        if broken:
            shown = ", ".join(str(one) for one in broken[:10])
            told.append(f"{len(broken)} entries are not as they were written, or are gone: {shown}")
        if told:
            raise CommandError("\n".join(told))
        public = keys.public_keys()[0].public_bytes_raw().hex()
        self.stdout.write(
            f"The journal is whole: {Entry.objects.count()} entries, {len(all_found)} seals by the key {public}."
        )
