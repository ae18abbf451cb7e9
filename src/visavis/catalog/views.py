"""Occupations to look up, and suggestions while one types."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.catalog.forms import OccupationSearch
from visavis.catalog.models import Occupation
from visavis.catalog.places import search_communes
from visavis.catalog.sheets import sheet
from visavis.catalog.skills import search_skills
from visavis.catalog.titles import LONGEST_TYPED, search_occupations

SHOWN = 20
SUGGESTED = 8


def language() -> str:
    return get_language() or "fr"


@require_GET
def occupations(request: HttpRequest) -> HttpResponse:
    """Search occupations by any title."""
    whole = request.GET.get("q", "").strip()
    typed = whole[:LONGEST_TYPED]
    context = {
        "title": _("Occupations"),
        "form": OccupationSearch({"q": typed} if typed else None),
        "typed": typed,
        "found": search_occupations(typed, language=language(), limit=SHOWN) if typed else [],
        "read": LONGEST_TYPED if len(whole) > LONGEST_TYPED else None,
    }
    return render(request, "catalog/occupations.html", context)


@require_GET
def occupation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one occupation in the reader's language."""
    one = get_object_or_404(Occupation.objects.select_related("domain", "parent"), pk=code.upper())
    context = {
        "title": one.label,
        "sheet": sheet(one, language()),
        "back_url": reverse("catalog:occupations"),
    }
    return render(request, "catalog/occupation.html", context)


@require_GET
def suggest_occupations(request: HttpRequest) -> JsonResponse:
    found = search_occupations(typed(request), language=language(), limit=SUGGESTED)
    return suggestions([(one.occupation.code, one.title, one.occupation.label) for one in found])


@require_GET
def suggest_skills(request: HttpRequest) -> JsonResponse:
    found = search_skills(typed(request), language=language(), limit=SUGGESTED)
    return suggestions([(one.code, one.label, "") for one in found])


@login_not_required
@require_GET
def suggest_communes(request: HttpRequest) -> JsonResponse:
    found = search_communes(typed(request), limit=SUGGESTED)
    return suggestions([(one.code, one.name, one.department.name) for one in found])


def typed(request: HttpRequest) -> str:
    """Return what is asked, cut where searches stop reading."""
    return request.GET.get("q", "").strip()[:LONGEST_TYPED]


def suggestions(found: list[tuple[str, str, str]]) -> JsonResponse:
    """Answer as the combobox reads: value, label and a hint that is not the label again."""
    results = [
        {"value": value, "label": label, "hint": hint if hint != label else ""}
        for value, label, hint in found
    ]
    return JsonResponse({"results": results})
