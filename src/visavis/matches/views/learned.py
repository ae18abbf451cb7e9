"""The page of what the score has learned."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.matches import permissions
from visavis.matches.pages import learned_page
from visavis.people.requests import actor_of


@require_GET
def learned(request: HttpRequest) -> HttpResponse:
    """Show counsellors and heads what answers have taught: weights, how well they foresee, versions."""
    if not permissions.can_read_learning(actor_of(request)):
        raise Http404
    context = learned_page.context() | {
        "title": _("What the score has learned"),
        "back_url": reverse("matches:runs"),
        "density": "staff",
    }
    return render(request, "matches/learned.html", context)
