"""The list as data for the site's window: a device re-orders it alone, and tells nobody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from visavis.catalog.models import OccupationInterest
from visavis.jobseekers import opened
from visavis.matches import services
from visavis.matches.models import Match, Opinion
from visavis.matches.views.openings import served
from visavis.people.requests import actor_of
from visavis.vacancies import facts


@require_GET
def shortlist(request: HttpRequest) -> HttpResponse:
    """Give the openings that the page of the list shows, in its order: nothing in them depends on the companion.

    It leaves the trace that the page leaves, under the same name: who reads it cannot tell one from the other.
    """
    owner, actor = opened.file(request, None, "openings"), actor_of(request)
    opinions = {opinion.vacancy_id: opinion for opinion in owner.jobseeker.opinions.all()}
    matches = served(
        actor, owner, {one for one, said in opinions.items() if said.kind == Opinion.Kind.NOT_FOR_ME}
    )
    services.log_showing(page="openings", matches=matches, by=actor, jobseeker=owner.jobseeker)
    likes = interests_of({match.vacancy.occupation_id for match in matches if match.vacancy.occupation_id})
    held = {approved.interest_id for approved in owner.jobseeker.interests.all()}
    return JsonResponse(
        {"openings": [told(match, likes, held) for match in matches]},
        json_dumps_params={"ensure_ascii": False},
    )


def interests_of(occupations: set[str]) -> dict[str, list[str]]:
    """Return the interests that go with each occupation, as the catalogue says."""
    found: dict[str, list[str]] = {}
    pairs = OccupationInterest.objects.filter(occupation__in=occupations).order_by("interest")
    for occupation, interest in pairs.values_list("occupation", "interest"):
        found.setdefault(occupation, []).append(interest)
    return found


def told(match: Match, likes: dict[str, list[str]], held: set[str]) -> dict[str, Any]:
    """Return one opening; `counted` are those of its occupation's interests that its score knows from her file."""
    vacancy = match.vacancy
    asked = likes.get(vacancy.occupation_id or "", [])
    return {
        "title": vacancy.title,
        "employer": vacancy.employer.name if vacancy.employer else "",
        "place": facts.place(vacancy),
        "address": settings.SITE_URL + reverse("matches:opening", kwargs={"vacancy_id": vacancy.pk}),
        "interests": asked,
        "counted": [code for code in asked if code in held],
        "tier": int(match.tier),
        "score": round(match.score, 4),
    }
