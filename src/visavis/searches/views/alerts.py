"""The searches of which somebody is told what is new: hers, and those of whom one acts for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.opened import Opened
from visavis.searches.alerts import services, telling
from visavis.searches.forms import AlertForm
from visavis.searches.found import Opening
from visavis.searches.models import Alert
from visavis.searches.pages import asking
from visavis.searches.pages.asking import query
from visavis.searches.pages.cards import cards
from visavis.vacancies.models import Vacancy

THING = "search"


@require_GET
def listed(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """List her searches, with what was told last and how to stop or change each."""
    owner = opened.file(request, jobseeker_id, THING)
    rows = Alert.objects.visible_to(owner.by).filter(user=owner.jobseeker.user_id)
    context = {
        "title": _("Searches that tell of new openings"),
        "owner": owner,
        "rows": [shown(row, owner) for row in rows],
        "search_url": owner.url_of("searches:jobs"),
        "is_by_hand": services.is_by_hand(owner.jobseeker.user),
    }
    return render(request, "searches/alerts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show what would be kept of a search, and keep it."""
    owner = opened.file(request, jobseeker_id, THING)
    person = owner.jobseeker.user
    asked = asking.read(dict(request.GET.lists()), has_profile=True).asked
    form = AlertForm(request.POST or None, is_by_hand=services.is_by_hand(person))
    row = Alert(user=person, params=[list(pair) for pair in asked.params()])
    if request.method == "POST" and form.is_valid():
        try:
            services.make(user=person, asked=asked, rhythm=form.cleaned_data["rhythm"], by=owner.by)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("This search is kept. You are told when something new comes."))
        return redirect(owner.url_of("searches:alerts"))
    context = {
        "title": _("Be told of new openings"),
        "owner": owner,
        "search": telling.title_of(row),
        "filters": asking.told(asked),
        "form": form,
        "back_url": owner.url_of("searches:jobs") + query(asked),
    }
    return render(request, "searches/alert_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, alert_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Show what was new last, or stop, begin again, change or remove the search."""
    owner = opened.file(request, jobseeker_id, THING)
    hers = Alert.objects.visible_to(owner.by).filter(user=owner.jobseeker.user_id).select_related("user")
    row = get_object_or_404(hers, pk=alert_id)
    if request.method == "POST":
        if act := ACTS.get(request.POST.get("do", "")):
            messages.success(request, act(row, owner))
        else:
            messages.error(
                request, _("We did not understand this. Nothing was changed: please choose again.")
            )
        return redirect(owner.url_of("searches:alerts"))
    rows = Vacancy.objects.visible_to(owner.by).open().with_card().in_bulk(row.told)
    context = {
        "title": _("New openings for “%(search)s”") % {"search": telling.title_of(row)},
        "owner": owner,
        "row": shown(row, owner),
        "openings": cards([Opening(rows[pk]) for pk in row.told if pk in rows], owner.by, owner),
        "gone": sum(pk not in rows for pk in row.told),
        "back_url": owner.url_of("searches:alerts"),
    }
    return render(request, "searches/alert.html", context)


def stop(row: Alert, owner: Opened) -> str:
    services.stop(alert=row, by=owner.by)
    return _("Stopped: no more messages about this search. It is kept, to begin again.")


def remove(row: Alert, owner: Opened) -> str:
    services.remove(alert=row, by=owner.by)
    return _("This search is removed.")


def change(rhythm: Alert.Rhythm) -> Callable[[Alert, Opened], str]:
    def changed(row: Alert, owner: Opened) -> str:
        services.change(alert=row, rhythm=rhythm, by=owner.by)
        return _("Kept: %(rhythm)s.") % {"rhythm": str(row.get_rhythm_display()).lower()}

    return changed


ACTS: dict[str, Callable[[Alert, Opened], str]] = {
    "stop": stop,
    "remove": remove,
    "daily": change(Alert.Rhythm.DAILY),
    "weekly": change(Alert.Rhythm.WEEKLY),
}


def shown(row: Alert, owner: Opened) -> dict[str, Any]:
    """Return one search in words, with its addresses."""
    return {
        "alert": row,
        "name": telling.title_of(row),
        "filters": asking.told(row.asked),
        "url": owner.url_of("searches:alert", alert_id=row.pk),
        "search_url": owner.url_of("searches:jobs") + query(row.asked),
        "told": len(row.told),
    }
