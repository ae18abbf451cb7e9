"""Who suits a vacancy: reasons first, no identity before both said yes."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common.prepared import Prepared
from visavis.introductions.permissions import works_for
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.journal.services import Act
from visavis.matches import permissions, services
from visavis.matches.models import Match, MatchList, Opinion, Run
from visavis.matches.pages import cards, fit, introducing
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.vacancies.models import Vacancy

AT_ONCE = 10

VACANCY = AskedBy(
    lambda actor, number: permissions.vacancies_with_candidates(actor).with_card().filter(pk=number)
)
OPINIONS = Prepared(
    lambda vacancy: Opinion.objects.filter(vacancy=vacancy).order_by().values_list("jobseeker", "kind")
)
# What cards and the log read of the people of a list.
PEOPLE = Prepared(
    lambda numbers: Jobseeker.objects.filter(pk__in=numbers).only("user", "version", "answered")
)


@dataclass(frozen=True)
class Listed:
    """The people who suit a vacancy, as this reader may see them."""

    cards: list[dict[str, Any]]
    shows_names: bool


@require_GET
def candidates(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Show the best ten; a counsellor reads the names of the people she follows, an employer none."""
    actor = actor_of(request)
    vacancy = VACANCY.first(actor, vacancy_id)
    if vacancy is None:
        raise Http404
    shown = listed(vacancy, by=actor)
    context = {
        "title": _("People who suit this vacancy"),
        "vacancy": vacancy,
        "candidates": shown.cards,
        "is_sought": not shown.cards and is_sought(vacancy),
        "shows_names": shown.shows_names,
        "may_ask": works_for(actor, vacancy),
        "is_desk": actor.has_role(Role.COUNSELLOR),
        "back_url": cards.vacancy_url(vacancy),
        "density": "staff",
    }
    return render(request, "matches/candidates.html", context)


def is_sought(vacancy: Vacancy) -> bool:
    """Say whether the list of a vacancy is being made, or soon will be."""
    return Run.objects.filter(vacancy=vacancy, state__in=(Run.State.DUE, Run.State.RUNNING)).exists()


def listed(vacancy: Vacancy, *, by: User) -> Listed:
    """Return the best ten of a vacancy whose candidates the reader may see; note that they were shown and read."""
    said = dict(OPINIONS(vacancy.pk))
    said_no = {person for person, kind in said.items() if kind == Opinion.Kind.NOT_FOR_ME}
    matches = fit.people_in_order(places(vacancy, said_no))[:AT_ONCE]
    services.log_showing(page="candidates", matches=matches, by=by, vacancy=vacancy)
    names = permissions.names_shown(by, [match.jobseeker_id for match in matches])
    # Others in the list after a change of the vacancy are others that were read.
    numbers = [match.jobseeker_id for match in matches]
    journal.listed("candidates", by=by.pk, shown=len(numbers), asked=(vacancy.pk, *numbers))
    acts = [
        Act(
            Entry.Action.READ,
            "named-candidate" if match.jobseeker_id in names else "candidate",
            vacancy.pk,
            match.jobseeker.user_id,
        )
        for match in matches
    ]
    journal.record_all(acts, by=by.pk)
    wanted_by = {person for person, kind in said.items() if kind == Opinion.Kind.INTERESTED}
    shown = cards.candidates(matches, names, wanted_by)
    return Listed(introducing.mark_candidates(shown, matches, vacancy, by), shows_names=bool(names))


def places(vacancy: Vacancy, said_no: Container[int]) -> list[Match]:
    """Return the places of a vacancy's list, best first, but for those of people who said no."""
    kept = MatchList.of_vacancy(vacancy)
    found = kept.places({one for one in kept.numbers if one not in said_no}) if kept else []
    people = {one.pk: one for one in PEOPLE([place.jobseeker_id for place in found])} if found else {}
    for place in found:
        place.jobseeker = people[place.jobseeker_id]
    return found
