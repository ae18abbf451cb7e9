"""Take a scan: sealed and on the disk first, its row next, and only then is it gone from where it came.

From the scanner's folder a file is taken once it rests: a file that grows, or has just changed, is still being copied.
"""

import logging
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.documents import files
from visavis.documents.drawing.kinds import kind_of
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.scans.enums import Way
from visavis.scans.models import Scan
from visavis.vault import keys
from visavis.vault.numbers import drawn

log = logging.getLogger(__name__)

MOST_BYTES = 60_000_000
# A file has to stay as it is for so long before it is taken, and is looked at again after that.
RESTS_S, LOOKS_EVERY_S = 10.0, 5
AT_A_TIME = 20
# Called with the number of a scan, once its row is kept.
AFTER_TAKING = Listeners[int]()


class NotTaken(Refused):
    """What was given cannot be a scan; the words say what to give instead."""


@dataclass(frozen=True)
class Taken:
    """A scan, and whether it was here before."""

    scan: Scan
    is_known: bool


def take(content: bytes, *, way: Way, agency: Agency | None, by: User | None) -> Taken:
    """Keep a scan, whole; the same scan again is the one that is there. Raises NotTaken, OSError."""
    check(content)
    mark = digest(content)
    known = Scan.objects.filter(digest=mark).first()
    if known is not None:
        return Taken(known, is_known=True)
    row = Scan(pk=drawn(Scan), digest=mark, size=len(content), way=way, agency=agency, by=by)
    row.file = files.keep(content, person=row.own_key)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            journal.record(
                journal.Act(Entry.Action.CREATED, "scan", row.pk, note=way), by=by.pk if by else None
            )
            AFTER_TAKING.call(row.pk)
    except IntegrityError:
        # The same scan at the same time: one is kept, the key of the other seals nothing.
        keys.erase(row.own_key)
        return Taken(Scan.objects.get(digest=mark), is_known=True)
    return Taken(row, is_known=False)


def check(content: bytes) -> None:
    """Say at once what cannot be taken. Raises NotTaken."""
    if not content:
        raise NotTaken(_("The file is empty. Scan the pages again."))
    if len(content) > MOST_BYTES:
        raise NotTaken(_("The scan is larger than 60 MB. Scan fewer pages at once, or in grey."))
    if kind_of(content) is None:
        raise NotTaken(_("This is no scan: give a PDF, a TIFF or a photo."))


def digest(content: bytes) -> str:
    return salted_hmac("visavis.scans", content, algorithm="sha256").hexdigest()


@dataclass
class Folder:
    """What was seen in the scanner's folder: each file with its size and time, and since when it is as it is."""

    seen: dict[Path, tuple[int, int, float]]
    refused: set[tuple[Path, int, int]]


FOLDER = Folder({}, set())


def look_into_folder() -> int:
    """Take what rests in the scanner's folder; return how many files were taken. What is no scan is left there."""
    if not settings.VISAVIS_SCANS_FROM:
        return 0
    try:
        resting = list(_resting(Path(settings.VISAVIS_SCANS_FROM)))
    except OSError as error:
        log.warning("the scanner's folder cannot be read: %s", error.strerror)
        return 0
    return sum(_take_file(path, agency) for path, agency in resting[:AT_A_TIME])


def _resting(folder: Path) -> Iterator[tuple[Path, Agency | None]]:
    """Return the files that have not changed for a while; in a folder named by its number, those of an agency."""
    now, there = time.monotonic(), set()
    agencies = {str(one.pk): one for one in Agency.objects.order_by("pk")}
    alone = next(iter(agencies.values())) if len(agencies) == 1 else None
    for path, facts in sorted(_files(folder, agencies)):
        there.add(path)
        as_is = (facts.st_size, facts.st_mtime_ns)
        before = FOLDER.seen.get(path)
        if before is None or before[:2] != as_is:
            FOLDER.seen[path] = (*as_is, now)
        elif now - before[2] >= RESTS_S and facts.st_size and (path, *as_is) not in FOLDER.refused:
            yield path, alone if path.parent == folder else agencies.get(path.parent.name)
    for gone in FOLDER.seen.keys() - there:
        del FOLDER.seen[gone]


def _files(folder: Path, agencies: dict[str, Agency]) -> Iterator[tuple[Path, os.stat_result]]:
    """Return the usual files of the folder and of its folders that are named by an agency's number; no links."""
    for one in [folder, *(folder / name for name in agencies)]:
        if not one.is_dir():
            if one == folder:
                raise FileNotFoundError(2, "No such folder")
            continue
        for entry in os.scandir(one):
            facts = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(facts.st_mode) and not entry.name.startswith("."):
                yield Path(entry.path), facts


def _take_file(path: Path, agency: Agency | None) -> bool:
    """Take one file, then delete it where it came from; one that changed while it was read is left."""
    try:
        facts = path.stat(follow_symlinks=False)
        content = path.read_bytes() if facts.st_size <= MOST_BYTES else b""
        again = path.stat(follow_symlinks=False)
        if (facts.st_size, facts.st_mtime_ns) != (again.st_size, again.st_mtime_ns):
            return False
        taken = take(content, way=Way.FOLDER, agency=agency, by=None)
        path.unlink()
    except NotTaken:
        FOLDER.refused.add((path, facts.st_size, facts.st_mtime_ns))
        return False
    except OSError as error:
        log.warning("a scan could not be taken from its folder: %s", error.strerror)
        return False
    return not taken.is_known


def left_over() -> int:
    """Return how many files lie in the scanner's folder that are no scans, or that nobody takes. Raises OSError."""
    agencies = {str(one.pk): one for one in Agency.objects.order_by("pk")}
    before = clock.now().timestamp() - 600
    return sum(
        facts.st_mtime < before for _path, facts in _files(Path(settings.VISAVIS_SCANS_FROM), agencies)
    )
