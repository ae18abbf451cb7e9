"""Lists of openings with their reasons, the people who suit a vacancy, and opinions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from visavis.api import callers, cursors, showing
from visavis.api.declaring import operation
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.matches import MatchesPage, MatchList, MatchOut, OpinionIn, OpinionOut, ReasonOut
from visavis.api.shapes.vacancies import CandidateOut, CandidatesOut
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.matches import permissions, services
from visavis.matches.making import ranking
from visavis.matches.models import Match, Opinion
from visavis.matches.models.match import MatchQuerySet
from visavis.matches.pages import fit, wording
from visavis.matches.pages.fit import Fit
from visavis.matches.views import candidates
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

router = Router(tags=["matches"])
READ = Scope.MATCHES_READ


@operation(router.get, "/matches", scope=READ)
def list_matches(request: HttpRequest, asked: Query[MatchList]) -> MatchesPage:
    """List one's openings, best first, without those put aside; or those of which one said `show`."""
    return listed(request, own(request), asked)


@operation(router.get, "/matches/{int:vacancy_id}", scope=READ)
def read_match(request: HttpRequest, vacancy_id: Id) -> MatchOut:
    """Read why an opening is in one's list."""
    return one(request, own(request), vacancy_id)


@operation(router.put, "/matches/{int:vacancy_id}/opinion", scope=Scope.OPINIONS_WRITE)
def say_opinion(request: HttpRequest, vacancy_id: Id, sent: OpinionIn) -> OpinionOut:
    """Say what one thinks of an opening, in place of what one said before."""
    actor = callers.of(request).user
    vacancy = get_object_or_404(Vacancy.objects.visible_to(actor), pk=vacancy_id)
    said = services.say(
        jobseeker=own(request), vacancy=vacancy, kind=sent.kind, reason=sent.reason or "", by=actor
    )
    return opinion(said)


@operation(router.delete, "/matches/{int:vacancy_id}/opinion", scope=Scope.OPINIONS_WRITE, status=204)
def unsay_opinion(request: HttpRequest, vacancy_id: Id) -> HttpResponse:
    """Take back what one said of an opening."""
    actor = callers.of(request).user
    vacancy = get_object_or_404(Vacancy.objects.visible_to(actor), pk=vacancy_id)
    services.unsay(jobseeker=own(request), vacancy=vacancy, by=actor)
    return HttpResponse(status=204)


@operation(router.get, "/people/{int:person_id}/matches", scope=Scope.PEOPLE_READ)
def list_person_matches(request: HttpRequest, person_id: Id, asked: Query[MatchList]) -> MatchesPage:
    """List the openings of a person one follows; that is in the journal."""
    return listed(request, followed(request, person_id), asked)


@operation(router.get, "/people/{int:person_id}/matches/{int:vacancy_id}", scope=Scope.PEOPLE_READ)
def read_person_match(request: HttpRequest, person_id: Id, vacancy_id: Id) -> MatchOut:
    """Read why an opening is in the list of a person one follows; that is in the journal."""
    return one(request, followed(request, person_id), vacancy_id)


@operation(router.get, "/vacancies/{int:vacancy_id}/candidates", scope=Scope.CANDIDATES_READ)
def list_candidates(request: HttpRequest, vacancy_id: Id) -> CandidatesOut:
    """List the people who suit a vacancy, best first. An employer reads no name; each reading is in the journal."""
    actor = callers.of(request).user
    vacancy = get_object_or_404(permissions.vacancies_with_candidates(actor).with_card(), pk=vacancy_id)
    shown = candidates.listed(vacancy, by=actor).cards
    return CandidatesOut(items=[candidate(place, card) for place, card in enumerate(shown, start=1)])


def own(request: HttpRequest) -> Jobseeker:
    people = permissions.people_with_openings(callers.of(request).user).select_related("user", "commune")
    return get_object_or_404(people, user=callers.of(request).user)


def followed(request: HttpRequest, person_id: int) -> Jobseeker:
    """Return a person one follows, or 404; reading her list is in the journal."""
    actor = callers.of(request).user
    people = permissions.people_with_openings(actor).exclude(user=actor).select_related("user", "commune")
    jobseeker = get_object_or_404(people, pk=person_id)
    journal.read("openings", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    return jobseeker


def matches_of(jobseeker: Jobseeker, by: User) -> MatchQuerySet:
    """Return her list, of the vacancies that are open today."""
    found = Match.objects.visible_to(by).for_jobseeker(jobseeker).filter(vacancy__in=Vacancy.objects.open())
    return found.select_related(
        "vacancy__employer", "vacancy__commune", "vacancy__department", "vacancy__occupation"
    )


def listed(request: HttpRequest, jobseeker: Jobseeker, asked: MatchList) -> MatchesPage:
    actor, show, limit = callers.of(request).user, asked.show, asked.limit
    said = {row.vacancy_id: row for row in jobseeker.opinions.all()}
    kinds = {show} if show else {Opinion.Kind.NOT_FOR_ME}
    named = [vacancy_id for vacancy_id, row in said.items() if row.kind in kinds]
    found = matches_of(jobseeker, actor)
    found = found.filter(vacancy__in=named) if show else found.exclude(vacancy__in=named)[: ranking.SERVED]
    first = cursors.number(asked.cursor) if asked.cursor else 0
    rows = fit.openings_in_order(found, jobseeker)[first:]
    shown = rows[:limit]
    services.log_showing(page="api openings", matches=shown, by=actor, jobseeker=jobseeker)
    following = cursors.write(first + limit) if len(rows) > limit else None
    return MatchesPage(items=in_shape(shown, said, jobseeker), next_cursor=following)


def one(request: HttpRequest, jobseeker: Jobseeker, vacancy_id: int) -> MatchOut:
    actor = callers.of(request).user
    match = get_object_or_404(matches_of(jobseeker, actor), vacancy=vacancy_id)
    services.log_showing(page="api opening", matches=[match], by=actor, jobseeker=jobseeker)
    said = {row.vacancy_id: row for row in jobseeker.opinions.filter(vacancy=vacancy_id)}
    return in_shape([match], said, jobseeker)[0]


def claimed(found: Fit) -> dict[str, object]:
    return {"level": found.code, "words": found.words, "chance": found.chance}


def in_shape(matches: list[Match], said: dict[int, Opinion], jobseeker: Jobseeker) -> list[MatchOut]:
    labels = wording.labels_for(match.reasons for match in matches)
    return [
        filled(
            MatchOut,
            match,
            tier=match.tier.name.lower(),
            **claimed(fit.of_match(match, jobseeker)),
            reasons=[
                ReasonOut(
                    part=reason["part"],
                    kind=reason["kind"],
                    weight=reason["logit"],
                    sentence=wording.say(reason, labels),
                )
                for reason in match.reasons
            ],
            opinion=opinion(said[match.vacancy_id]) if match.vacancy_id in said else None,
            vacancy=showing.brief(match.vacancy),
        )
        for match in matches
    ]


def opinion(said: Opinion) -> OpinionOut:
    return filled(OpinionOut, said)


def candidate(place: int, card: dict[str, Any]) -> CandidateOut:
    """Return a card of the page without its link: a name only where the page shows one."""
    return CandidateOut.model_validate({**card, **claimed(card["fit"]), "place": place})
