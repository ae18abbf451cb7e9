"""visavis work: do the jobs, and see to it that none is forgotten."""

import logging
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from visavis.introductions import flow
from visavis.matches.making import runs
from visavis.traces import periods
from visavis.vacancies.feeds import uploads

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run the worker of django-tasks-db, and beside it the sweep that starts again what is due or stuck."""

    help = "Do the jobs: lists of matches when something changes, and every night; the deadlines of introductions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sweep-every", type=int, default=60, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        over = threading.Event()
        sweeper = threading.Thread(target=sweep_until, args=(over, options["sweep_every"]), daemon=True)
        sweeper.start()
        try:
            call_command("db_worker", verbosity=options["verbosity"])
        finally:
            over.set()


def sweep_until(over: threading.Event, every_s: int) -> None:
    """Sweep now and then; a failed sweep is told and tried again."""
    while True:
        try:
            runs.sweep()
            flow.sweep()
            uploads.sweep()
            periods.prepare()
        except Exception:
            log.exception("the sweep failed; it is tried again in %s s", every_s)
        finally:
            close_old_connections()
        if over.wait(every_s):
            return
