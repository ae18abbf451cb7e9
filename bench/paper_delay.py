"""How long a message waits for the worker: alone, while long scans are drawn, and while their words are read.

The worker is the real one (`visavis work`, with all its queues), the mail server one of the bench; a message is told by
another process, as a page does, and counts when the mail server has it. By the clock: this is what a person waits.
Give at least 200 pages: fewer are drawn before the messages are over.
"""

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from tests.ports import free_port

WITHIN_S = 900.0


class Mailbox(MessageHandler):
    """When a message for each address came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: dict[str, float] = {}

    def handle_message(self, message: Any) -> None:
        self.came.setdefault(str(message["To"]), time.monotonic())


def waited(look: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + WITHIN_S
    while not look():
        if time.monotonic() > until:
            raise TimeoutError(what)
        time.sleep(0.005)


@contextmanager
def worker(post: Controller) -> Iterator[None]:
    """Run the worker while the block does."""
    given = os.environ | {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port), "SMTP_TLS": "no"}
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "work", "--verbosity", "0"], env=given, start_new_session=True
    )
    try:
        yield
    finally:
        # What it began to read ends with it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def delays(mailbox: Mailbox, people: Iterator[Any], number: int) -> list[float]:
    """Tell people something one after the other, and return how long each message was on its way."""
    from visavis.news import services as news  # noqa: PLC0415  (Django must be set up)
    from visavis.people.enums import Role  # noqa: PLC0415

    found = []
    for turn in range(number):
        her = next(people)
        # The worker looks twice a second: not always at the same moment before it does.
        time.sleep(0.05 * (turn % 10))
        began = time.monotonic()
        news.tell(
            user=her,
            role=Role.JOBSEEKER,
            kind="arrived",
            subject=news.Subject("scan", 0, "Des papiers arrivés", "/"),
        )
        waited(lambda address=her.email: address in mailbox.came, "a message never left")  # type: ignore[misc]
        found.append(mailbox.came[her.email] - began)
    return found


def told(found: list[float]) -> dict[str, float]:
    ninth = statistics.quantiles(found, n=10, method="inclusive")[-1]
    return {
        "median s": round(statistics.median(found), 2),
        "90 % s": round(ninth, 2),
        "most s": round(max(found), 2),
    }


def delay(scans: list[bytes], number: int) -> dict[str, Any]:
    """Measure so many messages each: alone, while scans without a sheet are drawn, and while their words are read."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.operations.models import beat  # noqa: PLC0415
    from visavis.people.enums import Role  # noqa: PLC0415
    from visavis.scans import taking  # noqa: PLC0415
    from visavis.scans.enums import ScanState, Way  # noqa: PLC0415
    from visavis.scans.models import Scan, ScanPage  # noqa: PLC0415

    # Else the first sweep is a whole night, and deletes news of a scan that is none.
    beat("retention")
    people = iter([factories.UserFactory(role=Role.JOBSEEKER) for _one in range(3 * number + 3)])
    mailbox, found = Mailbox(), {}
    post = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    post.start()
    try:
        with worker(post):
            delays(mailbox, people, 3)
            found["nothing else"] = told(delays(mailbox, people, number))
            given = [taking.take(scan, way=Way.FOLDER, agency=None, by=None).scan for scan in scans]
            pages = ScanPage.objects.filter(scan__in=given)
            waited(pages.exists, "no page was drawn")
            found["scans are drawn"] = told(delays(mailbox, people, number))
            found["pages drawn by then"] = pages.count()
            split = Scan.objects.filter(pk__in=[one.pk for one in given], state=ScanState.SPLIT)
            waited(lambda: split.count() == len(given), "one was not split")
            waited(pages.filter(is_read=True).exists, "no page was read")
            found["scans are read"] = told(delays(mailbox, people, number))
            found["pages still to be read"] = pages.filter(is_read=False).count()
    finally:
        post.stop()
    return found
