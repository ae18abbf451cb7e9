"""How the lists are made: when, how far, and again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.matches import permissions
from visavis.matches.making.runs import ask_for_everybody
from visavis.matches.models import Edition, Run
from visavis.people.requests import actor_of


@require_http_methods(["GET", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Show the last runs; a POST has every list made anew."""
    if not permissions.can_start_runs(actor_of(request)):
        raise Http404
    if request.method == "POST":
        ask_for_everybody()
        messages.success(request, _("All lists are being made anew. Yesterday’s stay until then."))
        return redirect("matches:runs")
    edition = (
        Edition.objects.filter(is_served=True, served_at__isnull=False).exclude(engine_version="").first()
    )
    context = {
        "title": _("How the lists are made"),
        "edition": edition,
        "percent": round(100 * edition.strength) if edition else 0,
        "lost": 100 * edition.lost if edition else 0,
        "most_lost": 100 * edition.most_lost if edition else 0,
        "runs": Run.objects.select_related("jobseeker", "vacancy")[:20],
        "running": _running(),
        "density": "staff",
    }
    return render(request, "matches/runs.html", context)


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Answer the fragment that shows how far the present run is."""
    if not permissions.can_start_runs(actor_of(request)):
        raise Http404
    return render(request, "matches/progress.html", {"running": _running()})


def _running() -> Run | None:
    return Run.objects.filter(scope=Run.Scope.EVERYBODY, state__in=[Run.State.DUE, Run.State.RUNNING]).first()
