"""What hangs on a message that came by e-mail: given out as a file, never shown as a page."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from visavis.journal import services as journal
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.mail import filing
from visavis.mailboxes.mail.kinds import TAKEN
from visavis.mailboxes.mail.parsing import parse
from visavis.mailboxes.models import Message, Thread
from visavis.people.requests import PersonRequest


@require_GET
def piece(request: PersonRequest, thread_id: int, number: int, place: int) -> HttpResponse:
    """Give out one piece of one message, if it is of a kind that can be opened here."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=thread_id)
    message = get_object_or_404(Message, thread=thread, number=number, voice=Voice.THEIRS)
    incoming = message.incoming.first()
    parts = parse(incoming.raw()).parts if incoming is not None else ()
    if not 0 < place <= len(parts):
        raise Http404
    part = parts[place - 1]
    if not filing.is_taken(part.type, len(part.content)):
        raise Http404
    note = f"piece-{place}"
    journal.read("message", message.pk, by=request.user.pk, person_id=thread.person_id, note=note)
    answer = HttpResponse(part.content, content_type=part.type)
    answer["Content-Disposition"] = f'attachment; filename="piece-{number}-{place}{TAKEN[part.type]}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
