"""File a part of a scan: into a person's letterbox, into her documents, or as cards for her counsellor; and undo it.

What a part becomes has a key made of its number and of how often it was filed: filed twice, it is there once.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.documents import files
from visavis.documents import services as documents
from visavis.documents.as_pdf import pdf_of
from visavis.documents.drawing.kinds import Drawn
from visavis.documents.enums import Kind, State
from visavis.documents.enums import Way as DocumentWay
from visavis.documents.models import Document, Expected
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes import paper
from visavis.mailboxes.models import Message, Thread
from visavis.mailboxes.telling import THING as THREAD
from visavis.people.models import User
from visavis.scans import sheets, telling
from visavis.scans.enums import Doubt, PartState, Purpose
from visavis.scans.models import Part, ScanPage

log = logging.getLogger(__name__)

SPACE = uuid.UUID("6d0d9a76-2a0b-4c51-9f55-7d2f6d8e5a10")
# A file that hangs on a message holds at most so much.
MOST_OF_A_FILE = 10_000_000


class Sorted(Refused):
    """A colleague was faster."""

    words = _("A colleague has sorted these pages already. Here is where they are.")


class Nothing(Refused):
    """No page was chosen."""

    words = _("Tick at least one page that something stands on.")


class TooLate(Refused):
    """It was filed longer ago than a day, or somebody has worked on it since."""

    words = _("This was filed more than a day ago, or somebody has worked on it. Speak with the counsellor.")


@dataclass(frozen=True)
class Where:
    """Where a part goes: whose it is, what it is, for which request or thread."""

    person: User
    purpose: Purpose
    expected: Expected | None = None
    thread: Thread | None = None


def file_by_sheet(part: Part) -> bool:
    """File a part as its sheet says; what cannot be is left in the tray. Say whether it is filed."""
    where = where_of(part)
    if where is None:
        Part.objects.filter(pk=part.pk, state=PartState.TO_SORT).update(doubt=Doubt.UNKNOWN)
        return False
    try:
        file(part=part, where=where, by=part.scan.by)
    except Refused as refusal:
        log.warning("part %s cannot be filed: %s", part.pk, type(refusal).__name__)
        Part.objects.filter(pk=part.pk, state=PartState.TO_SORT, doubt="").update(doubt=Doubt.CLOSED)
        return False
    return True


def where_of(part: Part) -> Where | None:
    """Return where the sheet of a part says that it goes."""
    if part.person is None or not part.purpose:
        return None
    expected = part.cover.expected if part.cover else None
    thread = None
    if part.envelope is not None:
        news = part.envelope.news
        if part.purpose == Purpose.DOCUMENT:
            expected = Expected.objects.filter(pk=news.thing_id, person=part.person).first()
        elif news.thing == THREAD:
            thread = Thread.objects.filter(pk=news.thing_id, person=part.person).first()
    return Where(part.person, Purpose(part.purpose), expected, thread)


def file(*, part: Part, where: Where, by: User | None, pages: Sequence[int] = ()) -> Part:
    """File a part, or only some of its pages by their numbers: the others stay to be sorted. She is told, once a scan.

    Raises Sorted, Nothing, and what the documents and the letterbox refuse.
    """
    with transaction.atomic():
        row = _held(part)
        if pages:
            _cut(row, pages)
        content = [one for one in row.pages.select_related("scan").order_by("number") if _is_content(one)]
        if not content:
            raise Nothing
        row.turn += 1
        row.person, row.purpose = where.person, where.purpose
        row.thing_id, row.before = _put(row, where, content, by)
        row.state, row.doubt = PartState.FILED, ""
        row.filed_at, row.filed_by = clock.now(), by
        row.save()
        act = journal.Act(Entry.Action.CHANGED, "scan-part", row.pk, where.person.pk, note=where.purpose)
        journal.record(act, by=by.pk if by else None)
        telling.tell(row)
    return row


def _is_content(page: ScanPage) -> bool:
    return page.file is not None and not page.is_blank and not page.is_sheet


def _held(part: Part) -> Part:
    row = Part.objects.select_for_update().filter(pk=part.pk, state=PartState.TO_SORT).first()
    if row is None:
        raise Sorted
    row.scan = part.scan
    return row


def _cut(row: Part, chosen: Sequence[int]) -> None:
    """Leave the pages that were not chosen in a part of their own, to be sorted."""
    there = set(row.pages.values_list("number", flat=True))
    if not there & set(chosen):
        raise Nothing
    rest = there - set(chosen)
    if not rest:
        return
    last = row.scan.parts.order_by("-number").values_list("number", flat=True).first() or 0
    other = Part.objects.create(
        scan=row.scan, number=last + 1, state=PartState.TO_SORT, doubt=row.doubt or Doubt.NO_CODE
    )
    ScanPage.objects.filter(part=row, number__in=rest).update(part=other)


def _put(
    row: Part, where: Where, content: Sequence[ScanPage], by: User | None
) -> tuple[int | None, dict[str, object]]:
    """Make the document or the message; return its number, and how the thread was before."""
    key = uuid.uuid5(SPACE, f"{row.pk}|{row.turn}")
    if where.purpose == Purpose.CARDS:
        return None, {}
    drawn = [
        Drawn(files.content(one.file, person=row.scan.own_key), one.width, one.height)
        for one in content
        if one.file is not None
    ]
    if where.purpose == Purpose.DOCUMENT:
        kind = Kind(where.expected.kind) if where.expected else Kind.OTHER
        sent = documents.Sent((), kind, key, expected=where.expected, way=DocumentWay.PAPER)
        return documents.take_pages(person=where.person, sent=sent, pages=drawn, by=by).pk, {}
    pdfs = [pdf_of([(one.jpeg, one.width, one.height) for one in some]) for some in _in_files(drawn)]
    put = paper.put(person=where.person, pdfs=pdfs, pages=len(drawn), key=key.hex, thread=where.thread, by=by)
    return put.message.pk, put.before


def _in_files(drawn: Sequence[Drawn]) -> list[list[Drawn]]:
    """Deal pages into files that are small enough."""
    some: list[list[Drawn]] = [[]]
    size = 0
    for one in drawn:
        if some[-1] and size + len(one.jpeg) > MOST_OF_A_FILE:
            some.append([])
            size = 0
        some[-1].append(one)
        size += len(one.jpeg)
    return some


def set_aside(*, part: Part, by: User) -> None:
    """Put pages aside that are for nobody here. Raises Sorted."""
    with transaction.atomic():
        row = _held(part)
        row.state, row.filed_at, row.filed_by = PartState.ASIDE, clock.now(), by
        row.save(update_fields=["state", "filed_at", "filed_by"])
        journal.record(journal.Act(Entry.Action.CHANGED, "scan-part", row.pk, note="aside"), by=by.pk)


def note_entered(*, part: Part, by: User) -> None:
    """Note that the answers of a sheet of cards are in the file; what the machine read goes. Raises Sorted."""
    if not Part.objects.unentered().filter(pk=part.pk).update(thing_id=part.pk):
        raise Sorted
    sheets.forget(part)
    act = journal.Act(Entry.Action.CHANGED, "scan-part", part.pk, part.person_id, note="entered")
    journal.record(act, by=by.pk)


def note_answered(*, part: Part, by: User) -> None:
    """Note that what an employer wrote is entered where it belongs; the pages stay with the scan. Raises Sorted."""
    with transaction.atomic():
        row = _held(part)
        row.state, row.doubt, row.purpose = PartState.FILED, "", ""
        row.filed_at, row.filed_by = clock.now(), by
        row.save()
        act = journal.Act(Entry.Action.CHANGED, "scan-part", row.pk, row.person_id, note="answered")
        journal.record(act, by=by.pk)


def can_take_back(part: Part) -> bool:
    """Say whether a part can still be taken back into the tray."""
    return part.state in {PartState.FILED, PartState.ASIDE} and part.is_fresh


def take_back(*, part: Part, by: User) -> Part:
    """Take a part back into the tray, out of where it was filed. Raises TooLate, and what the letterbox refuses."""
    with transaction.atomic():
        row = Part.objects.select_for_update().get(pk=part.pk)
        if not can_take_back(row):
            raise TooLate
        if row.state == PartState.FILED:
            _take_out(row, by)
            telling.tell_no_more(row)
            sheets.forget(row)
        act = journal.Act(Entry.Action.CHANGED, "scan-part", row.pk, row.person_id, note="taken-back")
        journal.record(act, by=by.pk)
        row.state, row.doubt = PartState.TO_SORT, Doubt.TAKEN_BACK
        row.thing_id, row.filed_at, row.filed_by, row.before = None, None, None, {}
        row.save()
    return row


def _take_out(row: Part, by: User) -> None:
    if row.purpose == Purpose.DOCUMENT:
        document = Document.objects.filter(pk=row.thing_id or 0).first()
        if document is None or document.state != State.TO_CHECK:
            raise TooLate
        documents.take_out(document=document, by=by)
    elif row.purpose == Purpose.MESSAGE:
        message = Message.objects.filter(pk=row.thing_id or 0).first()
        if message is None:
            raise TooLate
        paper.take_back(message=message, before=row.before, by=by)
