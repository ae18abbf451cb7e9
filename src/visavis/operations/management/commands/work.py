"""visavis work: do the jobs, and see to it that none is forgotten."""

import logging
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from visavis.introductions import flow, hidden
from visavis.journal import seals
from visavis.mailboxes import moving
from visavis.mailboxes.mail import fetching, filing
from visavis.matches.making import runs
from visavis.matches.making.tasks import CHANGES
from visavis.noticing import telling
from visavis.operations import planning, retention
from visavis.operations.models import beat
from visavis.searches.alerts import rounds
from visavis.searches.index import writing
from visavis.traces import periods
from visavis.vacancies.feeds import uploads

# How often the worker of what changes looks, and how long it is waited for when the process ends.
LOOKS_EVERY_S, STOP_S = 0.5, 5

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run the worker of django-tasks-db, and beside it one for what changes and the sweep of what is due or stuck."""

    help = "Do the jobs: lists when something changes and every night, deadlines of introductions, new openings told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sweep-every", type=int, default=60, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        over = threading.Event()
        threading.Thread(target=sweep_until, args=(over, options["sweep_every"]), daemon=True).start()
        worker = worker_of(CHANGES)
        changes = threading.Thread(target=work_until, args=(over, worker), name="changes", daemon=True)
        changes.start()
        try:
            call_command("db_worker", verbosity=options["verbosity"])
        finally:
            over.set()
            worker.running = False
            changes.join(STOP_S)


def worker_of(queue: str, *, batch: bool = False) -> Worker:
    """Return a worker that does only what waits in one queue; with `batch`, until nothing does."""
    return Worker(
        queue_names=[queue],
        excluded_queue_names=[],
        interval=LOOKS_EVERY_S,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )


def work_until(over: threading.Event, worker: Worker) -> None:
    """Do what waits until the process ends; a failure is told and the worker goes on."""
    while not over.is_set():
        try:
            worker.run()
        except Exception:
            log.exception("the worker of what changes failed; it goes on in %s s", STOP_S)
            over.wait(STOP_S)
        finally:
            close_old_connections()


def sweep_until(over: threading.Event, every_s: int) -> None:
    """Sweep now and then; a failed sweep is told and tried again."""
    while True:
        try:
            runs.sweep()
            flow.sweep()
            hidden.close_behind()
            moving.return_unanswered()
            fetching.fetch()
            filing.file_what_waits()
            uploads.sweep()
            writing.catch_up()
            rounds.sweep()
            periods.prepare()
            seals.sweep()
            telling.sweep()
            retention.sweep()
            planning.look()
            beat("worker")
        except Exception:
            log.exception("the sweep failed; it is tried again in %s s", every_s)
        finally:
            close_old_connections()
        if over.wait(every_s):
            return
