"""What a counsellor has to tell people by phone, by letter or at the counter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services, wording
from visavis.news.models import News
from visavis.news.post import letters
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
    rows = list(News.objects.to_do_by(actor).select_related("user__jobseeker").order_by("at", "pk")[:SHOWN])
    seen = {(row.thing, row.thing_id): row.user_id for row in rows}
    if seen:
        journal.record_all(
            [journal.Act(Entry.Action.READ, *about, person) for about, person in seen.items()], by=actor.pk
        )
    context = {
        "title": _("To tell by phone, by letter or at the counter"),
        "rows": [
            {"news": row, "words": wording.said_aloud(row), "url": wording.entered_at(row)} for row in rows
        ],
        "letters": letters.waiting(actor).count(),
        "density": "staff",
    }
    return render(request, "news/to_tell.html", context)


@require_POST
def told(request: PersonRequest, news_id: int) -> HttpResponse:
    """Note that the person was told."""
    actor = counsellor(request)
    row = get_object_or_404(News.objects.of_followed(actor), pk=news_id)
    services.note_told(news=row, by=actor)
    messages.success(request, _("Noted: the person knows."))
    return redirect("news:to_tell")
