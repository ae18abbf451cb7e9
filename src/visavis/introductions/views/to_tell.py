"""What a counsellor has to tell people by phone, by letter or at the counter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from visavis.introductions import telling, waiting, wording
from visavis.introductions.models import Telling
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest

SHOWN = 50


def counsellor(request: PersonRequest) -> User:
    if not request.user.has_role(Role.COUNSELLOR):
        raise Http404
    return request.user


@require_GET
def to_tell(request: PersonRequest) -> HttpResponse:
    """List whom to call, and what to say; that each was read is in the journal."""
    actor = counsellor(request)
    waits = Telling.objects.to_do_by(actor)
    rows = list(waits.select_related("user", "introduction__vacancy").order_by("at", "pk")[:SHOWN])
    people = {row.introduction_id: row.user_id for row in rows}
    if people:
        journal.record_all(
            [journal.Act(Entry.Action.READ, "introduction", pk, person) for pk, person in people.items()],
            by=actor.pk,
        )
    context = {
        "title": _("To tell by phone, by letter or at the counter"),
        "rows": [
            {
                "telling": row,
                "words": wording.said_aloud(row.news),
                "url": waiting.url_of(row.introduction),
                "vacancy": row.introduction.vacancy.title,
            }
            for row in rows
        ],
        "number": waits.count(),
        "density": "staff",
    }
    return render(request, "introductions/to_tell.html", context)


@require_POST
def told(request: PersonRequest, telling_id: int) -> HttpResponse:
    """Note that the person was told."""
    actor = counsellor(request)
    row = get_object_or_404(Telling.objects.of_followed(actor), pk=telling_id)
    telling.note_told(telling=row, by=actor)
    messages.success(request, _("Noted: the person knows."))
    return redirect("introductions:to_tell")
