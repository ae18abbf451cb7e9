"""An introduction read and answered by who holds the letter that told of it, without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from visavis.common.errors import Refused
from visavis.introductions import on_paper, permissions
from visavis.introductions.enums import Side
from visavis.introductions.forms import ActForm, form_for
from visavis.introductions.services import Moved, NotNow
from visavis.introductions.views.acting import act_asked, perform
from visavis.introductions.views.answering import SEEN, Answering
from visavis.introductions.views.page import context_of, done
from visavis.journal import services as journal
from visavis.news.models import News


def page(request: HttpRequest, news: News, url: str) -> HttpResponse:
    """Show where it stands to whom the letter was written, for that side alone, and do what is answered."""
    found = _answering(news)
    if request.method != "POST":
        if found.reader == Side.EMPLOYER:
            journal.read(
                "introduction", found.row.pk, by=found.actor.pk, person_id=found.row.jobseeker.user_id
            )
        return _shown(request, found, url)
    act = act_asked(request.POST.get("act", ""))
    if act is None:
        return redirect(url)
    form = form_for(act, found.side, found.row, request.POST)
    if not form.is_valid():
        return _shown(request, found, url, form.again(found.row, str(Moved())) if form.page_is_odd else form)
    try:
        perform(found, form)
    except Refused as refusal:
        fresh = _answering(news)
        stale = isinstance(refusal, Moved | NotNow)
        return _shown(request, fresh, url, form.again(fresh.row, str(refusal)), status=409 if stale else 200)
    messages.success(request, done(act))
    return redirect(url if SEEN.first(found.actor, found.row.pk) else "news:by_code")


def _answering(news: News) -> Answering:
    """Return the introduction before the side to which the letter was written, else 404."""
    side = on_paper.reader_of(news)
    row = SEEN.first(news.user, news.thing_id)
    if row is None or side not in permissions.sides_of(news.user, row):
        raise Http404
    return Answering(row, news.user, side, [side], side)


def _shown(
    request: HttpRequest, found: Answering, url: str, form: ActForm | None = None, status: int = 200
) -> HttpResponse:
    context = context_of(found, form) | {
        "url": url,
        "back_url": "",
        "is_by_letter": True,
        "done_url": reverse("news:by_code_done"),
    }
    return render(request, "introductions/by_letter.html", context, status=status)
