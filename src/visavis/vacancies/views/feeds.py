"""What the feeds brought, and what fell back or was refused."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.vacancies import falls, permissions
from visavis.vacancies.feeds import reasons
from visavis.vacancies.models import FeedAddress, FeedFall, FeedRun, FeedRunNote, FeedUpload
from visavis.vacancies.views.request import SignedIn, allow

A_PAGE = 50


@require_GET
def feeds(request: SignedIn) -> HttpResponse:
    """List the last runs."""
    allow(permissions.can_read_feeds(request.user))
    runs = FeedRun.objects.select_related("feed").annotate(note_count=Count("notes")).order_by("-pk")
    page = Paginator(runs, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Vacancies from elsewhere"),
        "page_obj": page,
        "uploads": FeedUpload.objects.visible_to(request.user).waiting()[:A_PAGE],
        "addresses": FeedAddress.objects.all(),
        "decides": permissions.can_have_feeds_fetched(request.user),
        "density": "staff",
    }
    return render(request, "vacancies/feeds.html", context)


@require_GET
def run(request: SignedIn, run_id: int) -> HttpResponse:
    """Show one run, its notes filtered by reason."""
    allow(permissions.can_read_feeds(request.user))
    run = get_object_or_404(FeedRun.objects.select_related("feed", "fall"), pk=run_id)
    counts = list(run.notes.values_list("reason").annotate(n=Count("pk")).order_by("-n", "reason"))
    reason = request.GET.get("reason", "")
    notes = run.notes.filter(reason=reason) if reason in dict(counts) else run.notes.all()
    page = Paginator(notes.order_by("pk"), A_PAGE).get_page(request.GET.get("page"))
    here = reverse("vacancies:feed_run", kwargs={"run_id": run.pk})
    filters = [("", _("Everything"), sum(count for _code, count in counts))]
    filters += [(code, reasons.sentence(code), count) for code, count in counts]
    context = {
        "title": _("Feed %(name)s, run %(number)s") % {"name": run.feed.name, "number": run.pk},
        "run": run,
        "filters": [
            {
                "url": f"{here}?reason={code}" if code else here,
                "label": label,
                "count": count,
                "is_current": code == reason,
            }
            for code, label, count in filters
        ],
        "page_obj": page,
        "notes": [(note, reasons.sentence(note.reason)) for note in page],
        "refused": FeedRunNote.Kind.REFUSED,
        "back_url": reverse("vacancies:feeds"),
        "density": "staff",
    }
    return render(request, "vacancies/feed_run.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def fall(request: SignedIn, run_id: int) -> HttpResponse:
    """Show what a run would close of a source that fell, and take the yes or the no."""
    allow(permissions.can_read_feeds(request.user))
    fall = get_object_or_404(FeedFall.objects.select_related("run__feed"), run_id=run_id)
    if request.method == "POST" and request.POST.get("do") in {"close", "keep"}:
        is_yes = request.POST["do"] == "close"
        try:
            closed = falls.answer(fall=fall, is_yes=is_yes, by=request.user)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, said(closed) if is_yes else _("Nothing was closed."))
        return redirect("vacancies:feed_run", run_id=run_id)
    gone = fall.gone.select_related("employer", "commune").order_by("title", "pk")
    page = Paginator(gone, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Close what “%(name)s” no longer brings?") % {"name": fall.run.feed.name},
        "fall": fall,
        "is_open": fall.answer == FeedFall.Answer.WAITING,
        "page_obj": page,
        "back_url": reverse("vacancies:feed_run", kwargs={"run_id": run_id}),
        "density": "staff",
    }
    return render(request, "vacancies/feed_fall.html", context)


def said(closed: int) -> str:
    return ngettext("%(n)s vacancy was closed.", "%(n)s vacancies were closed.", closed) % {"n": closed}
