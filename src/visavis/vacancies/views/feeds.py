"""What the feeds brought, and what fell back or was refused."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.vacancies import permissions
from visavis.vacancies.feeds import reasons
from visavis.vacancies.models import FeedRun, FeedRunNote, FeedUpload
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
        "density": "staff",
    }
    return render(request, "vacancies/feeds.html", context)


@require_GET
def run(request: SignedIn, run_id: int) -> HttpResponse:
    """Show one run, its notes filtered by reason."""
    allow(permissions.can_read_feeds(request.user))
    run = get_object_or_404(FeedRun.objects.select_related("feed"), pk=run_id)
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
