"""Look at what came, in the worker: the scanner first, then each page drawn anew. Only then can anybody open it."""

import logging

from cryptography.exceptions import InvalidTag
from django.db.models import F
from django.tasks import task

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move
from visavis.documents import files, going, scanning, telling
from visavis.documents.arriving import partials
from visavis.documents.drawing import alone
from visavis.documents.drawing.kinds import MOST_BYTES, MOST_PAGES, Drawn, NotDrawn
from visavis.documents.enums import Act, Side, State, Why
from visavis.documents.models import Document
from visavis.documents.scanning import Verdict
from visavis.documents.services import Ledger, keep_files, keep_pages

log = logging.getLogger(__name__)

AT_A_TIME = 20
# A file that ends the worker itself is not looked at for ever.
MOST_TRIES = 5


@task()
def look_at(document_id: int) -> None:
    """Look at one document."""
    look(document_id)


def look(document_id: int) -> None:
    """Scan and draw one document, once whoever else looks; what the scanner cannot answer now waits."""
    mine = Document.objects.filter(pk=document_id, state=State.RECEIVED)
    if not mine.update(tries=F("tries") + 1):
        return
    row = mine.select_related("person").first()
    if row is None:
        return
    try:
        try:
            drawn, why = _drawn(row), ""
        except _Unsafe as refusal:
            drawn, why = [], refusal.why
        _keep(row, drawn, why)
    except (scanning.Away, files.Away) as away:
        log.warning("%s does not answer: document %s waits", type(away).__module__, document_id)
        mine.update(tries=F("tries") - 1)


class _Unsafe(Exception):
    """It cannot be opened, and why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _drawn(row: Document) -> list[Drawn]:
    """Return the pages of all its files in order. Raises _Unsafe, scanning.Away."""
    pages: list[Drawn] = []
    if row.tries > MOST_TRIES:
        raise _Unsafe(Why.HUGE)
    for original in row.originals.order_by("number"):
        try:
            data = files.content(original.file, person=row.person_id)
        except (files.Lost, InvalidTag) as error:
            raise _Unsafe(Why.DAMAGED) from error
        if len(data) > MOST_BYTES:
            raise _Unsafe(Why.HUGE)
        if scanning.scan(data) is Verdict.VIRUS:
            raise _Unsafe(Why.VIRUS)
        try:
            pages += alone.draw(data)
        except NotDrawn as refusal:
            raise _Unsafe(str(refusal.why)) from refusal
    if not pages or len(pages) > MOST_PAGES:
        raise _Unsafe(Why.HUGE if pages else Why.DAMAGED)
    return pages


def _keep(row: Document, drawn: list[Drawn], why: str) -> None:
    """Keep the pages, and say that it is there to be checked, or why it cannot be opened."""
    kept = [keep_files(one, row.person_id) for one in drawn]
    with acts.acting(Ledger) as ledger:
        held = acts.read_anew(Document.objects.select_related("person"), row.pk)
        if held.state != State.RECEIVED:
            return
        if why:
            ledger.step(held, Move(Act.STOP, Side.SERVICE, State.UNSAFE), why=why)
            telling.tell(held, Act.STOP)
            return
        keep_pages(held, drawn, kept)
        ledger.step(held, Move(Act.DRAW, Side.SERVICE, State.TO_CHECK))


def sweep() -> int:
    """Look at what nobody has looked at: a worker that stopped, a scanner that was away; then throw old files away."""
    waits = Document.objects.filter(state=State.RECEIVED).order_by("at").values_list("pk", flat=True)
    due = list(waits[:AT_A_TIME])
    for number in due:
        look(number)
    partials.sweep()
    files.sweep()
    going.tell()
    return len(due)
