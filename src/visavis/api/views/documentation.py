"""The documentation, drawn by us from the service's own description: nothing is fetched from elsewhere."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.api import openapi as describing
from visavis.api import problems, reading, words
from visavis.api.gate import gate
from visavis.api.scopes import GRAVE, GRAVE_DAYS, Scope


@gate
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description as JSON, in the language that the program asks for."""
    if request.method != "GET":
        raise problems.Problem(problems.NO_METHOD, headers={"Allow": "GET"})
    return JsonResponse(describing.schema(), json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Say how to begin: a token, a first request, limits, errors; then the operations, a page for each part."""
    made = describing.schema()
    context = {
        "title": _("The service for programs"),
        "groups": [
            {
                "url": reverse("api:docs_group", kwargs={"group": name}),
                "label": _(label),
                "rows": reading.rows(made, name),
            }
            for name, label in words.GROUPS.items()
        ],
        "root": f"{settings.SITE_URL}{reverse('api:list_vacancies').removesuffix('vacancies')}",
        "scopes": [(str(scope), scope.label, scope in GRAVE) for scope in Scope],
        "grave_days": GRAVE_DAYS,
        "per_token": settings.VISAVIS_API_PER_TOKEN,
        "per_address": settings.VISAVIS_API_PER_ADDRESS,
    }
    return render(request, "api/docs.html", context)


@login_not_required
@require_GET
def group(request: HttpRequest, group: str) -> HttpResponse:
    """Show the operations of one part: parameters, what is sent, what is answered, errors."""
    if group not in words.GROUPS:
        raise Http404
    context: dict[str, Any] = {
        "title": _(words.GROUPS[group]),
        "operations": reading.operations(describing.schema(), group),
        "back_url": reverse("api:docs"),
    }
    return render(request, "api/docs_group.html", context)


@login_not_required
@require_GET
def errors(request: HttpRequest) -> HttpResponse:
    """Show every kind of problem; each one's `type` leads here."""
    context = {"title": _("Errors"), "kinds": problems.KINDS, "back_url": reverse("api:docs")}
    return render(request, "api/errors.html", context)
