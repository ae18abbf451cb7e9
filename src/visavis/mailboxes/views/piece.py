"""What hangs on a message: given out as a PDF of drawn pages, and never as it came."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from visavis.documents import as_pdf, files
from visavis.documents.models import Document
from visavis.documents.views.away import reads_files
from visavis.journal import services as journal
from visavis.mailboxes import paper
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.mail.parsing import parse
from visavis.mailboxes.models import Message, Thread
from visavis.people.requests import PersonRequest


@require_GET
@reads_files
def piece(request: PersonRequest, thread_id: int, number: int, place: int) -> HttpResponse:
    """Give out one piece of one message: the pages of its document, or the letter that was scanned here."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=thread_id)
    message = get_object_or_404(Message, thread=thread, number=number, voice=Voice.THEIRS)
    content = _of_document(message, place) or _of_paper(message, place)
    if not content:
        raise Http404
    note = f"piece-{place}"
    journal.read("message", message.pk, by=request.user.pk, person_id=thread.person_id, note=note)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="piece-{number}-{place}.pdf"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _of_document(message: Message, place: int) -> bytes:
    """Return the drawn pages of the document that a piece became; nothing before it was looked at."""
    if not 0 < place <= len(message.pieces) or len(message.pieces[place - 1]) < 4:
        return b""
    document = Document.objects.filter(form=message.pieces[place - 1][3]).first()
    if document is None or not document.is_open or document.person_id != message.thread.person_id:
        return b""
    try:
        return as_pdf.of_document(document)
    except files.Lost:
        return b""


def _of_paper(message: Message, place: int) -> bytes:
    """Return pages of paper, which were drawn before they hung here."""
    incoming = message.incoming.filter(box=paper.BOX).first()
    parts = parse(incoming.raw()).parts if incoming is not None else ()
    return parts[place - 1].content if 0 < place <= len(parts) else b""
