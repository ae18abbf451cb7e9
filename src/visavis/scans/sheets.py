"""Have the ticks of answer sheets read, in the worker, and keep what was read until her counsellor enters it.

What a page says of itself is looked up once more: only pages of this very file and edition are read for it.
"""

import json
import logging

from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from visavis.documents import files
from visavis.jobseekers import agreed
from visavis.jobseekers.cards import marked, read
from visavis.jobseekers.cards.deck import Deck, deck, editions
from visavis.jobseekers.cards.marked import Marked
from visavis.jobseekers.cards.read import PageRead
from visavis.jobseekers.cards.ticks import alone
from visavis.jobseekers.cards.ticks.kinds import Asked
from visavis.jobseekers.models import Jobseeker
from visavis.scans.models import Part, ScanPage, SheetReading

log = logging.getLogger(__name__)

# A sweep reads so many sheets; the next one goes on.
AT_A_TIME = 10
# Of one part so many pages are read: a sheet that went through several times.
MOST_PAGES = 12


def waiting() -> QuerySet[Part]:
    """Find the answer sheets that nobody has entered and of which nothing is read."""
    return Part.objects.unentered().filter(reading__isnull=True, person__isnull=False)


def read_what_waits() -> int:
    """Read sheets that wait, a few at a time; return how many."""
    rows = list(waiting().select_related("scan").order_by("pk")[:AT_A_TIME])
    for part in rows:
        read_part(part)
    return len(rows)


def read_part(part: Part) -> None:
    """Read the pages of one part and keep what was read, also that nothing could be: it is not tried again."""
    file = Jobseeker.objects.filter(user=part.person_id or 0).values_list("pk", flat=True).first()
    pages = [
        (page, said)
        for page in part.pages.select_related("scan").order_by("number")
        if (said := said_on(page)) is not None and said.file == file
    ][:MOST_PAGES]
    edition = pages[0][1].edition if pages else ""
    whole = deck(edition) if edition in editions() else None
    try:
        found = seen([(page, said) for page, said in pages if said.edition == edition], whole)
    except files.Away as away:
        log.warning("%s does not answer: part %s waits to be read", type(away).__module__, part.pk)
        return
    row = SheetReading(part=part, person_id=part.person_id, edition=edition, pages=read.plain(found))
    try:
        with transaction.atomic():
            # Somebody may have entered it, or taken it back, meanwhile.
            if Part.objects.unentered().select_for_update().filter(pk=part.pk, person=part.person_id).first():
                row.save(force_insert=True)
    except IntegrityError:
        log.info("part %s was read by another worker", part.pk)


def said_on(page: ScanPage) -> Marked | None:
    """Return what the one code of ours on a page says; nothing where two do not say the same."""
    texts = json.loads(page.codes) if page.codes and page.file else []
    said = {found for text in texts if (found := marked.read(text)) is not None}
    return said.pop() if len(said) == 1 else None


def words_on(part: Part) -> str | None:
    """Return the number of the words on the pages of a sheet, the least certain of several; None where no code is."""
    file = Jobseeker.objects.filter(user=part.person_id or 0).values_list("pk", flat=True).first()
    said = [
        found for page in part.pages.order_by("number") if (found := said_on(page)) and found.file == file
    ]
    numbers = sorted(
        {one.words for one in said}, key=lambda number: (number != "", agreed.language_of(number))
    )
    return numbers[0] if numbers else None


def seen(pages: list[tuple[ScanPage, Marked]], whole: Deck | None) -> list[PageRead]:
    """Read pages. Of a file that is lost, another layout or an unknown edition nothing is read."""
    wanted: list[tuple[bytes, Asked] | None] = []
    for page, said in pages:
        asked = read.asked(said, whole) if whole else None
        wanted.append((content, asked) if asked and (content := jpeg(page)) else None)
    found = iter(alone.read([one for one in wanted if one is not None]))
    return [
        PageRead(said.page, page.number, next(found) if one is not None else None)
        for (page, said), one in zip(pages, wanted, strict=True)
    ]


def jpeg(page: ScanPage) -> bytes:
    try:
        return files.content(page.file, person=page.scan.own_key) if page.file else b""
    except (files.Lost, InvalidTag):
        return b""


def forget(part: Part) -> None:
    """Throw away what was read: the sheet is entered, or lies in the tray again."""
    SheetReading.objects.filter(part=part).delete()
