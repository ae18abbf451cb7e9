"""`visavis work` killed while scans come from the folder, are drawn and filed: a program.

`python -m tests.scans.killed work`: the worker itself, with all its queues, in a process that is killed by a signal
which nobody catches, again and again; then it is left alone, and everything is counted. Once more with a careless hand,
which must be found out.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.common.at_once import IS_FULL, Found, set_up, tell
from tests.documents.killed import BY_LUCK, forked
from tests.waiting import until

KILLS = 12 if IS_FULL else 2
PAGES, SCANS = 3, 2 if IS_FULL else 1


def stacks(town: Any) -> Iterator[bytes]:
    """Yield scans of a sheet and two pages each, no two the same."""
    from tests.scans import making  # noqa: PLC0415  (Django must be set up)
    from visavis.scans.covers import making as covers  # noqa: PLC0415
    from visavis.scans.covers import printing  # noqa: PLC0415
    from visavis.scans.enums import Purpose  # noqa: PLC0415

    for who in cycle(("amelie", "gael")):
        cover = covers.make(
            person=town.people[who], purpose=Purpose.DOCUMENT, expected=None, by=town.people["bruno"]
        )
        stack = making.Stack()
        stack.lay(making.printed(printing.pdf(cover)))
        for number in range(PAGES - 1):
            stack.lay(making.letter(f"Page {number} de {who}", "Je vous envoie mon certificat de travail."))
        yield stack.pdf()


def worker() -> None:
    """Be the worker, with short waits; what it sweeps that has nothing to do with paper is left out."""
    from django.core.management import call_command  # noqa: PLC0415  (Django must be set up)

    from visavis.operations.management.commands import work as command  # noqa: PLC0415
    from visavis.scans import taking, working  # noqa: PLC0415

    command.SWEEPS = ()
    taking.RESTS_S, taking.LOOKS_EVERY_S, working.PAGES = 0.1, 1, 1
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    call_command("work", sweep_every=1, verbosity=0)


def is_over(folder: Path) -> bool:
    """Say whether nothing is left to be done: every page is filed, or lost."""
    from visavis.scans.enums import PartState, ScanState  # noqa: PLC0415  (Django must be set up)
    from visavis.scans.models import Part, Scan  # noqa: PLC0415

    if any(folder.iterdir()) or Scan.objects.exclude(state=ScanState.SPLIT).exists():
        return False
    return not Part.objects.filter(state=PartState.TO_SORT).exists()


def work(town: Any) -> Found:
    """Lay scans into the folder and kill the worker again and again; count what is there in the end.

    Whatever the machine's speed, a kill strikes a worker that has something to do: while kills are to come, the next
    scan is laid as soon as the one before is done.
    """
    from django.conf import settings  # noqa: PLC0415  (Django must be set up)
    from django.db import connections  # noqa: PLC0415

    from visavis.documents.models import Document  # noqa: PLC0415
    from visavis.documents.places import place  # noqa: PLC0415
    from visavis.news.models import News  # noqa: PLC0415
    from visavis.scans.models import Scan, ScanPage  # noqa: PLC0415

    folder = Path(settings.VISAVIS_SCANS_FROM)
    scans, laid = stacks(town), 0

    def lay() -> None:
        nonlocal laid
        (folder / f"{laid}.pdf").write_bytes(next(scans))
        laid += 1

    for _ in range(SCANS):
        lay()
    kills = 0

    def is_done(moment: threading.Event) -> bool:
        if moment.is_set() or not is_over(folder):
            return moment.is_set()
        if kills < KILLS:
            lay()
        return kills >= KILLS

    while kills < KILLS or not is_over(folder):
        with forked(worker):
            moment = threading.Event()
            if kills < KILLS:
                threading.Timer(BY_LUCK.uniform(0.8, 3.0), moment.set).start()
            until(lambda moment=moment: is_done(moment), "what was laid is neither filed nor lost")
        kills += 1
        connections.close_all()
    pages = list(ScanPage.objects.order_by("scan", "number").values_list("scan", "number"))
    papers = list(Document.objects.filter(way="paper").order_by("person"))
    there = [place().path_of(page.file).exists() for one in papers for page in one.pages.all()]
    found = {
        "kills": kills,
        "laid": laid,
        "scans": Scan.objects.count(),
        "pages": len(pages) if len(set(pages)) == len(pages) else -1,
        "documents": len(papers),
        "pages filed": len(there) if all(there) else -1,
        "told": News.objects.filter(thing="scan").count(),
        "left": len(list(folder.iterdir())),
    }
    News.objects.filter(thing="scan").delete()
    Document.objects.filter(way="paper").delete()
    Scan.objects.all().delete()
    return found


@contextmanager
def careless() -> Iterator[None]:
    """Empty the folder first, and keep what lay there when there is time."""
    from visavis.scans import taking  # noqa: PLC0415  (Django must be set up)

    def taken(path: Path, agency: Any) -> bool:
        content = path.read_bytes()
        path.unlink()
        # Others work meanwhile, and the kill comes.
        threading.Event().wait(4)
        with suppress(Exception):
            taking.take(content, way=taking.Way.FOLDER, agency=agency, by=None)
        return True

    with patch.object(taking, "_take_file", taken):
        yield


def main() -> None:
    set_up()
    from django.conf import settings  # noqa: PLC0415  (Django must be set up)

    from tests import personas  # noqa: PLC0415

    folder = Path(os.environ["VISAVIS_VAR"]) / "scanner"
    folder.mkdir()
    settings.VISAVIS_SCANS_FROM = str(folder)
    town = personas.build()
    guarded = [work(town)]
    with careless():
        tell(guarded, work(town))


if __name__ == "__main__":
    assert sys.argv[1:] == ["work"]
    main()
