"""What paper costs: a thousand letters made and typeset, and scanned pages drawn, split and filed, then read.

    python -m bench.paper [--letters 1000] [--pages 200] [--read 20] [--messages 0] [--json FILE]

Seconds are of the processor, of this process and of those it starts: the clock of a busy machine says nothing. Only how
long a message waits while a scan of so many pages is drawn and read (`paper_delay.py`) is by the clock.
"""

import argparse
import json
import os
import resource
import tempfile
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import paper_delay
from bench.machine import machine

LINES = ["Je travaille depuis cinq ans comme aide-soignante à Valence."] * 20
OF_A_SCAN = 50


def spent() -> float:
    """Return the seconds of processor that this process and its children took."""
    each = (resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


def most_mb() -> dict[str, int]:
    """Return the most memory held, in MB, by this process and by any that it started."""
    mine, others = (
        resource.getrusage(one).ru_maxrss for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"worker": mine // 1024, "apart": others // 1024}


def letters(number: int) -> dict[str, Any]:
    """Make so many letters in one batch, and typeset them."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.news import services as news  # noqa: PLC0415
    from visavis.news.models import Envelope  # noqa: PLC0415
    from visavis.news.post import letters as post  # noqa: PLC0415
    from visavis.news.post import printing  # noqa: PLC0415
    from visavis.people.enums import Channel, Role  # noqa: PLC0415

    agency = factories.AgencyFactory()
    clerk = factories.UserFactory(role=Role.COUNSELLOR, role__organisation=agency.organisation)
    for _one in range(number):
        her = factories.UserFactory(
            role=Role.JOBSEEKER, channel=Channel.POST, postal_address="1 rue Neuve\n26000 Valence"
        )
        factories.JobseekerFactory(user=her, agency=agency, counsellor=clerk)
        subject = news.Subject("scan", 0, "Des papiers arrivés", "/")
        news.tell(user=her, role=Role.JOBSEEKER, kind="arrived", subject=subject)
    began = spent()
    batch = post.make(form=uuid.uuid4(), by=clerk)
    made = printing.pdf(batch)
    return {
        "letters": Envelope.objects.filter(batch=batch).count(),
        "seconds": round(spent() - began, 1),
        "MB of PDF": round(len(made) / 1e6, 1),
    }


def stack(sheet: bytes, seed: int) -> bytes:
    """Return a scan with a sheet before every fifth page."""
    from tests.scans import making  # noqa: PLC0415  (in a process of its own)

    laid, cover, page = making.Stack(), making.printed(sheet), making.letter(*LINES)
    for place in range(OF_A_SCAN):
        laid.lay(page if place % 5 else cover, making.Feed(grain=8 + seed % 7))
    return laid.pdf()


def heap(pages: int, seed: int = 0) -> bytes:
    """Return a scan without a sheet."""
    from tests.scans import making  # noqa: PLC0415  (in a process of its own)

    laid, page = making.Stack(), making.letter(*LINES)
    for _page in range(pages):
        laid.lay(page, making.Feed(grain=12 + seed))
    return laid.pdf()


def scans(number: int, read: int) -> dict[str, Any]:
    """Lay stacks in one process, and take them in in another, which does nothing else: its memory is the worker's."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.people.enums import Role  # noqa: PLC0415
    from visavis.scans.covers import making as covers  # noqa: PLC0415
    from visavis.scans.covers import printing  # noqa: PLC0415
    from visavis.scans.enums import Purpose  # noqa: PLC0415

    agency = factories.AgencyFactory()
    her = factories.UserFactory(role=Role.JOBSEEKER)
    factories.JobseekerFactory(user=her, agency=agency)
    cover = covers.make(person=her, purpose=Purpose.DOCUMENT, expected=None, by=her)
    sheet = printing.pdf(cover)
    stacks = number // OF_A_SCAN
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        some = [*elsewhere.map(stack, [sheet] * stacks, range(stacks))]
        unsorted = elsewhere.submit(heap, read).result()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        return worker.submit(taken_in, some, unsorted, read).result()


def taken_in(some: list[bytes], unsorted: bytes, read: int) -> dict[str, Any]:
    """Take scans in, then one without a sheet, whose words are read."""
    import django  # noqa: PLC0415  (a process of its own)

    django.setup()
    from visavis.scans import taking, words, working  # noqa: PLC0415  (Django is set up first)
    from visavis.scans.enums import PartState, Way  # noqa: PLC0415
    from visavis.scans.models import Part  # noqa: PLC0415

    began = spent()
    numbers = [taking.take(one, way=Way.FOLDER, agency=None, by=None).scan.pk for one in some]
    for scan_id in numbers:
        working.work(scan_id)
    without = spent() - began
    began = spent()
    other = taking.take(unsorted, way=Way.FOLDER, agency=None, by=None).scan
    working.work(other.pk)
    words.read_what_waits()
    with_words = spent() - began
    pages = len(some) * OF_A_SCAN
    return {
        "pages": pages,
        "parts filed": Part.objects.filter(scan__in=numbers, state=PartState.FILED).count(),
        "pages a minute, without words": round(60 * pages / without),
        "pages read": read,
        "pages a minute, with words": round(60 * read / with_words),
        "most MB": most_mb(),
    }


def measured(asked: argparse.Namespace) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    found = {"scans": scans(asked.pages, asked.read), "letters": letters(asked.letters)}
    if asked.messages:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
            stacks = asked.pages // OF_A_SCAN
            long = [*elsewhere.map(heap, [OF_A_SCAN] * stacks, range(stacks))]
        found["a message waits, while"] = paper_delay.delay(long, asked.messages)
    return found | {"seconds by the clock": round(time.monotonic() - began)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--read", type=int, default=20)
    parser.add_argument("--messages", type=int, default=0)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VISAVIS_VAR": folder, "VISAVIS_LOG_LEVEL": "ERROR", "VISAVIS_DEBUG": "yes"}
        found = measured(asked)
    told = json.dumps({"machine": machine(), **found}, indent=2)
    print(told)
    if asked.json:
        asked.json.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
