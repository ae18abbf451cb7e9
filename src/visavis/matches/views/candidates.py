"""Who suits a vacancy: reasons first, no identity before both said yes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.introductions.permissions import works_for
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.journal.services import Act
from visavis.matches import permissions, services
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import cards, fit, introducing
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.vacancies.models import Vacancy

AT_ONCE = 10


@dataclass(frozen=True)
class Listed:
    """The people who suit a vacancy, as this reader may see them."""

    cards: list[dict[str, Any]]
    shows_names: bool


@require_GET
def candidates(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Show the best ten; a counsellor reads the names of the people she follows, an employer none."""
    actor = actor_of(request)
    vacancy = get_object_or_404(permissions.vacancies_with_candidates(actor).with_card(), pk=vacancy_id)
    shown = listed(vacancy, by=actor)
    context = {
        "title": _("People who suit this vacancy"),
        "vacancy": vacancy,
        "candidates": shown.cards,
        "shows_names": shown.shows_names,
        "may_ask": works_for(actor, vacancy),
        "is_desk": actor.has_role(Role.COUNSELLOR),
        "back_url": cards.vacancy_url(vacancy),
        "density": "staff",
    }
    return render(request, "matches/candidates.html", context)


def listed(vacancy: Vacancy, *, by: User) -> Listed:
    """Return the best ten for who may see them, and write down that they were shown and read."""
    said_no = Opinion.objects.filter(vacancy=vacancy, kind=Opinion.Kind.NOT_FOR_ME).values("jobseeker")
    places = Match.objects.visible_to(by).for_vacancy(vacancy).exclude(jobseeker__in=said_no)
    people = places.select_related("jobseeker")
    matches = fit.people_in_order(people)[:AT_ONCE]
    prefetch_related_objects(matches, "jobseeker__experiences", "jobseeker__skills_held__skill")
    services.log_showing(page="candidates", matches=matches, by=by, vacancy=vacancy)
    names = permissions.names_shown(by, [match.jobseeker_id for match in matches])
    journal.record_all(
        [Act(Entry.Action.READ, "candidate", vacancy.pk, match.jobseeker.user_id) for match in matches],
        by=by.pk,
    )
    wanted_by = set(
        Opinion.objects.filter(vacancy=vacancy, kind=Opinion.Kind.INTERESTED).values_list(
            "jobseeker", flat=True
        )
    )
    shown = cards.candidates(matches, names, wanted_by)
    return Listed(introducing.mark_candidates(shown, matches, vacancy, by), shows_names=bool(names))
