"""Work on scans, in the worker: a few pages at a time drawn and kept, then split, then each part filed.

Whatever stops in between is taken up where it was: pages are kept by their numbers, parts by theirs, and what a part
becomes by its own key. So nothing is lost, and nothing is there twice.
"""

import json
import logging
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction
from django.db.models import F
from django.tasks import task

from visavis.documents import files, scanning
from visavis.documents.drawing import alone
from visavis.documents.drawing.kinds import Drawn, NotDrawn
from visavis.documents.scanning import Verdict
from visavis.scans import filing, sheets, splitting
from visavis.scans.covers.meaning import Meaning, meanings_of
from visavis.scans.enums import Doubt, PartState, ScanState, Why
from visavis.scans.models import Part, Scan, ScanPage

log = logging.getLogger(__name__)

# A queue of its own: a long scan keeps nothing else waiting.
SCANS = "scans"
# So many pages are drawn in one process, and kept before the next ones are.
PAGES = 10
AT_A_TIME = 10
# A scan that ends the worker itself is not begun for ever.
MOST_TRIES = 20


class _Stopped(Exception):
    """The scan cannot be opened, and why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@task(queue_name=SCANS)
def work_on(scan_id: int) -> None:
    """Work on one scan."""
    work(scan_id)


def work(scan_id: int) -> None:
    """Draw what is not drawn of a scan, split it and file its parts; while the scanner is away, it waits."""
    mine = Scan.objects.filter(pk=scan_id, state=ScanState.RECEIVED)
    if not mine.update(tries=F("tries") + 1):
        return
    scan = mine.get()
    try:
        if scan.tries > MOST_TRIES:
            raise _Stopped(Why.DAMAGED)
        draw(scan)
    except (scanning.Away, files.Away) as away:
        log.warning("%s does not answer: scan %s waits", type(away).__module__, scan_id)
        mine.update(tries=F("tries") - 1)
        return
    except _Stopped as stopped:
        mine.update(state=ScanState.STOPPED, why=stopped.why)
        return
    split(scan)
    file_parts(scan)
    for part in sheets.waiting().filter(scan=scan).select_related("scan"):
        sheets.read_part(part)


def draw(scan: Scan) -> None:
    """Draw and keep the pages that are not there. Raises _Stopped, scanning.Away."""
    there = scan.pages.count()
    if scan.pages_in is not None and there >= scan.pages_in:
        return
    try:
        content = files.content(scan.file, person=scan.own_key)
    except (files.Lost, InvalidTag) as error:
        raise _Stopped(Why.DAMAGED) from error
    if not there:
        _look_for_viruses(content)
    while scan.pages_in is None or there < scan.pages_in:
        some = _some(scan, content, there)
        keep(scan, there, some)
        there += len(some)


def _look_for_viruses(content: bytes) -> None:
    """Ask the scanner. Raises _Stopped, scanning.Away."""
    try:
        verdict = scanning.scan(content)
    except scanning.Away as away:
        # clamd's own limit: asking again would change nothing.
        if "size limit" in str(away):
            raise _Stopped(Why.UNCHECKED) from away
        raise
    if verdict is Verdict.VIRUS:
        raise _Stopped(Why.VIRUS)


def _some(scan: Scan, content: bytes, first: int) -> Sequence[Drawn | None]:
    """Draw the next pages; where these fail, one by one, so that one broken page takes no other with it.

    Raises _Stopped when nothing at all can be drawn.
    """
    try:
        some = alone.draw_some(content, first, PAGES)
    except NotDrawn as refusal:
        return _one_by_one(scan, content, first, refusal)
    _count(scan, some.of)
    return some.pages


def _one_by_one(scan: Scan, content: bytes, first: int, refusal: NotDrawn) -> Sequence[Drawn | None]:
    if scan.pages_in is None:
        try:
            _count(scan, alone.draw_some(content, 0, 0).of)
        except NotDrawn:
            raise _Stopped(str(refusal.why)) from refusal
    drawn: list[Drawn | None] = []
    for number in range(first, min(first + PAGES, scan.pages_in or 0)):
        try:
            drawn += alone.draw_some(content, number, 1).pages
        except NotDrawn:
            drawn.append(None)
    if first == 0 and len(drawn) == scan.pages_in and not any(drawn):
        raise _Stopped(str(refusal.why))
    return drawn


def _count(scan: Scan, number: int) -> None:
    if scan.pages_in is None:
        scan.pages_in = number
        Scan.objects.filter(pk=scan.pk).update(pages_in=number)


def keep(scan: Scan, first: int, some: Sequence[Drawn | None]) -> None:
    """Keep pages: their files first, then their rows. Another worker that was faster has kept the same ones."""
    rows = [
        ScanPage(
            scan=scan,
            number=number,
            file=files.keep(one.jpeg, person=scan.own_key) if one else None,
            small=files.keep(one.small, person=scan.own_key) if one and one.small else None,
            width=one.width if one else 0,
            height=one.height if one else 0,
            is_blank=bool(one and one.is_blank),
            codes=json.dumps(one.codes) if one and one.codes else "",
        )
        for number, one in enumerate(some, first + 1)
    ]
    try:
        with transaction.atomic():
            ScanPage.objects.bulk_create(rows)
    except IntegrityError:
        log.info("pages of scan %s were kept by another worker", scan.pk)


def split(scan: Scan) -> None:
    """Put the pages into parts at their sheets, all at once, once."""
    with transaction.atomic():
        held = Scan.objects.select_for_update().get(pk=scan.pk)
        if held.state != ScanState.RECEIVED:
            return
        pages = {one.number: one for one in held.pages.select_related("scan").order_by("number")}
        if len(pages) != held.pages_in:
            return
        found = {
            one.number: meanings_of(json.loads(one.codes)) if one.codes else () for one in pages.values()
        }
        stacks = splitting.split(_seen(one, found[one.number]) for one in pages.values())
        for number, stack in enumerate(stacks, 1):
            part = _part(held, number, stack)
            part.save(force_insert=True)
            for one in stack.pages:
                page = pages[one.number]
                page.part, page.is_sheet = part, one.number in stack.sheets
        ScanPage.objects.bulk_update(pages.values(), ["part", "is_sheet"], batch_size=200)
        held.state = ScanState.SPLIT
        held.save(update_fields=["state"])


def _seen(page: ScanPage, meanings: tuple[Meaning, ...]) -> splitting.Seen:
    is_content = any(one.is_content for one in meanings)
    return splitting.Seen(page.number, meanings, page.is_blank, page.file is None, is_content)


def _part(scan: Scan, number: int, stack: splitting.Stack) -> Part:
    """Return a part, to be sorted until it is filed, with what its sheet says and why somebody has to look."""
    part = Part(scan=scan, number=number, state=PartState.TO_SORT, doubt=_doubt_of(stack))
    if part.doubt == Doubt.BLANK:
        part.state = PartState.ASIDE
    means = [one for one in stack.meanings if isinstance(one, Meaning)]
    if len(means) == 1:
        (one,) = means
        part.person_id, part.purpose = one.person, one.purpose
        part.cover_id, part.envelope_id = one.cover, one.envelope
    return part


def _doubt_of(stack: splitting.Stack) -> str:
    means = [one for one in stack.meanings if isinstance(one, Meaning)]
    if len(means) > 1:
        return Doubt.TWO
    if not means:
        broken = any(one.is_broken for one in stack.pages)
        return Doubt.BROKEN if broken else Doubt.NO_CODE if stack.content else Doubt.BLANK
    if means[0].doubt:
        return means[0].doubt
    if any(one.is_broken for one in stack.pages):
        return Doubt.BROKEN
    return "" if stack.content else Doubt.EMPTY


def file_parts(scan: Scan) -> None:
    """File the parts of which the sheet says everything. One that cannot be filed waits to be sorted."""
    rows = scan.parts.to_sort().filter(doubt="").order_by("number")
    for part in rows.select_related("scan", "person", "cover__expected", "envelope__news"):
        filing.file_by_sheet(part)


def sweep() -> int:
    """Take up what a worker that stopped has left: pages to draw, parts to file."""
    due = list(
        Scan.objects.filter(state=ScanState.RECEIVED).order_by("at").values_list("pk", flat=True)[:AT_A_TIME]
    )
    for number in due:
        work(number)
    left = Part.objects.to_sort().filter(doubt="").exclude(purpose="").values("scan")
    for scan in Scan.objects.filter(state=ScanState.SPLIT, pk__in=left)[:AT_A_TIME]:
        file_parts(scan)
    sheets.read_what_waits()
    return len(due)
