"""visavis audit_privacy: ask the installation that runs whether each promise is kept."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from visavis.common import clock
from visavis.operations.promises import of_people, of_secrecy, of_time
from visavis.operations.promises.promise import Held, answers

PROMISES = (*of_time.PROMISES, *of_secrecy.PROMISES, *of_people.PROMISES)


class Command(BaseCommand):
    """Say of each promise whether it is kept, and by which evidence; exit 1 when one is broken."""

    help = (
        "Ask the database and the settings whether what the pages promise of people's data holds."
        " Changes nothing but links of the journal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="the same for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        found = answers(PROMISES)
        if options["json"]:
            rows = [
                {
                    "code": one.code,
                    "says": one.says,
                    "page": one.page,
                    "held": answer.held,
                    "evidence": answer.evidence,
                }
                for one, answer in found
            ]
            self.stdout.write(json.dumps({"at": clock.now().isoformat(), "promises": rows}, indent=1))
        else:
            for one, answer in found:
                self.stdout.write(
                    f"{answer.held.upper():<14} {one.says} ({one.page})\n{'':<15}{answer.evidence}"
                )
            held = [answer.held for _one, answer in found]
            self.stdout.write(
                f"{len(held)} promises: {held.count(Held.KEPT)} kept, {held.count(Held.BROKEN)} broken,"
                f" {held.count(Held.UNSEEN)} not looked at."
            )
        if any(answer.held is Held.BROKEN for _one, answer in found):
            sys.exit(1)
