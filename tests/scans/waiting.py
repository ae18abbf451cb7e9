"""`visavis work` while a scan is drawn and its words are read, both without end: a program.

`python -m tests.scans.waiting behind`: the worker itself, with all its queues, in a process in which drawing and
reading wait until they are let go. Meanwhile a message must leave, and paper with a sheet be filed. Once more with a
careless hand, behind whose reading everything waits: it must be found out.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.common.at_once import Found, set_up, tell
from tests.documents.killed import forked
from tests.waiting import until

FOLDER = Path(os.environ.get("VISAVIS_VAR", "."))
DRAWING, READING = "drawing", "reading"
# Bounds that only a failure reaches; the careless hand reaches the second three times.
STARTS_WITHIN_S, LEAVES_WITHIN_S, CARELESS_S = 240.0, 120.0, 8.0


def held(name: str) -> None:
    """Say that it is begun, and wait until it is let go."""
    (FOLDER / name).touch()
    waited(lambda: (FOLDER / f"{name}-goes-on").exists(), 2 * STARTS_WITHIN_S)


def waited(look: Callable[[], bool], within_s: float) -> bool:
    try:
        return until(look, "it is not seen", within_s=within_s)
    except pytest.fail.Exception:
        return False


def worker() -> None:
    """Be the worker, with short waits; what it sweeps that has nothing to do with paper is left out."""
    from django.core.management import call_command  # noqa: PLC0415  (Django must be set up)

    from visavis.documents.drawing import alone as drawing  # noqa: PLC0415
    from visavis.documents.reading import alone as reading  # noqa: PLC0415
    from visavis.documents.reading.text import Read  # noqa: PLC0415
    from visavis.operations.management.commands import work as command  # noqa: PLC0415

    draw, command.SWEEPS = drawing.draw_some, ()

    def draw_held(*of: Any) -> Any:
        held(DRAWING)
        return draw(*of)

    def read_held(pages: list[bytes]) -> list[Read]:
        held(READING)
        return [Read("")] * len(pages)

    with (
        patch.object(drawing, "draw_some", draw_held),
        patch.object(reading, "words_of", read_held),
        patch.object(reading, "is_possible", lambda: True),
    ):
        call_command("work", sweep_every=1, verbosity=0)


def behind(town: Any, leaves_within_s: float = LEAVES_WITHIN_S) -> Found:
    """Give a scan, tell somebody something while it is drawn and while it is read; then more paper comes."""
    from django.db import connections  # noqa: PLC0415  (Django must be set up)

    from tests.scans import making  # noqa: PLC0415
    from visavis.documents.models import Document  # noqa: PLC0415
    from visavis.news import services as news  # noqa: PLC0415
    from visavis.news.models import News  # noqa: PLC0415
    from visavis.people.enums import Role  # noqa: PLC0415
    from visavis.scans.models import Scan  # noqa: PLC0415

    her = town.people["amelie"]

    def give(stack: Any) -> None:
        from visavis.scans import taking  # noqa: PLC0415

        taking.take(stack.pdf(), way=taking.Way.DROPPED, agency=town.agency, by=town.people["rosa"])

    def leaves() -> bool:
        subject = news.Subject("scan", 0, "Des papiers arrivés", "/")
        told = news.tell(user=her, role=Role.JOBSEEKER, kind="arrived", subject=subject)
        sent = News.objects.filter(pk=told.pk, state=News.State.SENT)
        return waited(sent.exists, leaves_within_s)

    for name in (DRAWING, READING):
        (FOLDER / name).unlink(missing_ok=True)
        (FOLDER / f"{name}-goes-on").unlink(missing_ok=True)
    unsorted = making.Stack()
    unsorted.lay(making.letter("Madame, Monsieur, voici mon attestation."))
    found: Found = {}
    connections.close_all()
    with forked(worker):
        give(unsorted)
        found["drawn"] = waited((FOLDER / DRAWING).exists, STARTS_WITHIN_S)
        found["a message left while it was drawn"] = leaves()
        (FOLDER / f"{DRAWING}-goes-on").touch()
        found["read"] = waited((FOLDER / READING).exists, STARTS_WITHIN_S)
        found["a message left while it was read"] = leaves()
        give(with_sheet(town))
        filed = Document.objects.filter(way="paper", person=her)
        found["paper was filed while it was read"] = waited(filed.exists, leaves_within_s)
        connections.close_all()
    Document.objects.filter(way="paper").delete()
    News.objects.filter(thing="scan").delete()
    Scan.objects.all().delete()
    return found


def with_sheet(town: Any) -> Any:
    """Lay a page behind a sheet."""
    from tests.scans import making  # noqa: PLC0415  (Django must be set up)
    from visavis.scans.covers import making as covers  # noqa: PLC0415
    from visavis.scans.covers import printing  # noqa: PLC0415
    from visavis.scans.enums import Purpose  # noqa: PLC0415

    cover = covers.make(
        person=town.people["amelie"], purpose=Purpose.DOCUMENT, expected=None, by=town.people["bruno"]
    )
    stack = making.Stack()
    stack.lay(making.printed(printing.pdf(cover)))
    stack.lay(making.letter("Je vous envoie mon certificat de travail."))
    return stack


@contextmanager
def careless() -> Iterator[None]:
    """Send messages in the queue of scans, and read the words of a scan before it is split."""
    from visavis.news import services as news  # noqa: PLC0415  (Django must be set up)
    from visavis.scans import words, working  # noqa: PLC0415

    split = working.split

    def read_first(scan: Any) -> None:
        words.read(list(scan.pages.all()))
        split(scan)

    with ExitStack() as stack:
        stack.enter_context(patch.object(news, "send_news", news.send_news.using(queue_name=working.SCANS)))
        stack.enter_context(patch.object(working, "split", read_first))
        yield


def main() -> None:
    set_up()
    from django.test import override_settings  # noqa: PLC0415  (Django must be set up)

    from tests import personas  # noqa: PLC0415
    from visavis.operations.management.commands.work import QUEUES  # noqa: PLC0415

    town = personas.build()
    # As the site has it: jobs wait for the worker.
    queues = {"BACKEND": "visavis.common.numbers.NumberedBackend", "QUEUES": list(QUEUES)}
    with override_settings(TASKS={"default": queues}):
        guarded = [behind(town)]
        with careless():
            tell(guarded, behind(town, CARELESS_S))


if __name__ == "__main__":
    assert sys.argv[1:] == ["behind"]
    main()
