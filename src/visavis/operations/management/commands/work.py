"""visavis work: do the jobs, and see to it that none is forgotten.

A database that goes away ends nothing: every part waits and takes up again by itself. What was in hand then is begun
again by the sweep, as after a kill.
"""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from visavis.appointments import services as appointments
from visavis.appointments import telling as reminding
from visavis.appointments.busy import services as busy
from visavis.appointments.earlier import offering
from visavis.appointments.inviting import sweep as inviting
from visavis.casefiles.endings import sweep as endings
from visavis.common import away, reaching
from visavis.counter import services as counter
from visavis.cvs import checks
from visavis.documents import looking
from visavis.documents import words as pages
from visavis.introductions import flow, hidden
from visavis.jobseekers import telling as accompanying
from visavis.journal import seals
from visavis.live import services as live
from visavis.mailboxes import moving
from visavis.mailboxes.mail import fetching, filing
from visavis.mandates import services as mandates
from visavis.matches import hidden as answered
from visavis.matches.making import runs
from visavis.matches.making.tasks import CHANGES
from visavis.noticing import telling
from visavis.operations import planning, retention, unreached
from visavis.operations.models import SWEEP_FAILED, beat
from visavis.people import outgoing
from visavis.scans import taking, words, working
from visavis.searches.alerts import rounds
from visavis.searches.index import writing
from visavis.traces import periods
from visavis.vacancies import fetching as feeds
from visavis.vacancies.feeds import uploads
from visavis.vault.checks import refuse_other_keys
from visavis.webhooks import sending

# Each queue has a thread of its own, so that what is short does not wait for what is long.
QUEUES = ("default", CHANGES, outgoing.MESSAGES, feeds.FEEDS, working.SCANS)
# How often a worker looks; how long a part waits after a failure; how long what is in hand may take at the end
# (the unit's TimeoutStopSec is longer).
LOOKS_EVERY_S, AGAIN_S, STOP_S = 0.5, 3, 50
# Codes that did not leave are looked at this often.
CODES_EVERY_S = 5
SWEEPS: tuple[Callable[[], object], ...] = (
    runs.sweep, flow.sweep, hidden.close_behind, answered.tell_behind, moving.return_unanswered, uploads.sweep,
    feeds.sweep, writing.catch_up, rounds.sweep, periods.prepare, seals.sweep, telling.sweep,
    retention.sweep, planning.look, looking.sweep, live.sweep,
    appointments.free_what_is_over, reminding.remind, inviting.sweep, offering.sweep, busy.sweep,
    mandates.sweep, counter.sweep, unreached.sweep, endings.sweep, accompanying.sweep,
)  # fmt: skip
# What asks a mail server for what came waits for it alone; what lies here already does not.
BESIDE: tuple[Sequence[Callable[[], object]], ...] = (
    (fetching.fetch,), (filing.file_what_waits,), (working.sweep,), (words.read_what_waits, pages.read_what_waits),
)  # fmt: skip

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run a worker of django-tasks-db for each queue, and the sweep of what is due or stuck."""

    help = "Do the jobs: lists when something changes and every night, deadlines of introductions, new openings told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sweep-every", type=int, default=60, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verbosity"] == 0:
            for name in ("django_tasks_db", "django.tasks"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        refuse_other_keys()
        reaching.guard()
        # Beside the first jobs: it starts a reader and waits for what that says.
        threading.Thread(target=checks.say_what_stays, name="confinement", daemon=True).start()
        # This thread only waits from here on.
        connections.close_all()
        over = threading.Event()
        workers = [worker_of(queue) for queue in QUEUES]
        stop_when_told(over, workers)
        parts = [
            threading.Thread(target=work_until, args=(over, worker), name=queue, daemon=True)
            for queue, worker in zip(QUEUES, workers, strict=True)
        ]
        parts += [
            threading.Thread(target=sweep_until, args=(over, *one), name="sweep", daemon=True)
            for one in sweeps(options["sweep_every"])
        ]
        for part in parts:
            part.start()
        over.wait()
        until = time.monotonic() + STOP_S
        for part in parts:
            part.join(max(0.0, until - time.monotonic()))


def sweeps(every_s: int) -> list[tuple[int, Sequence[Callable[[], object]]]]:
    """Return what is swept how often: each in a thread of its own, with a connection of its own."""
    return [
        (every_s, (*SWEEPS, seen)),
        *((every_s, some) for some in BESIDE),
        (CODES_EVERY_S, (outgoing.sweep,)),
        (sending.LOOKS_EVERY_S, (sending.send_due,)),
        (taking.LOOKS_EVERY_S, (taking.look_into_folder,)),
    ]


def stop_when_told(over: threading.Event, workers: Sequence[Worker]) -> None:
    """Finish what is in hand at the first signal, leave at once at the second."""

    def stop(number: int, frame: FrameType | None) -> None:
        if over.is_set():
            sys.exit(1)
        for worker in workers:
            worker.running = False
        over.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)


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
        except Exception as error:  # noqa: BLE001  (told to the log: the part goes on)
            tell(error, f"the worker of {', '.join(worker.queue_names)}")
            over.wait(AGAIN_S)
        finally:
            close_old_connections()


def sweep_until(over: threading.Event, every_s: int, some: Sequence[Callable[[], object]]) -> None:
    """Sweep now and then; soon again where the database was away."""
    while True:
        wait_s = min(every_s, AGAIN_S) if sweep_all(some) else every_s
        if over.wait(wait_s):
            return


def sweep_all(some: Sequence[Callable[[], object]]) -> bool:
    """Sweep one after the other, each whatever became of those before; return whether the database was away.

    Where it lets nobody in, the others would only find the same: the round ends.
    """
    failed = []
    for sweep in some:
        if (error := failure(sweep)) is not None:
            failed.append(error)
            if away.is_away(error) and connection.connection is None:
                break
    were_away = [away.is_away(error) for error in failed]
    if not all(were_away):
        failure(partial(beat, SWEEP_FAILED))
    return any(were_away)


def failure(sweep: Callable[[], object]) -> Exception | None:
    """Sweep, and return what it failed with, told to the log; a connection that was lost is put away."""
    try:
        sweep()
    except Exception as error:  # noqa: BLE001  (told to the log: the part goes on)
        tell(error, f"the sweep of {sweep.__module__}")
        return error
    finally:
        close_old_connections()
    return None


def seen() -> None:
    """Say that the worker was at work."""
    beat("worker")


def tell(error: Exception, part: str) -> None:
    """Tell the log why a part waits: in a line where the database is away."""
    if away.is_away(error):
        log.warning("%s waits for the database: %s", part, type(error.__cause__ or error).__qualname__)
    else:
        log.error("%s failed; it goes on", part, exc_info=error)
