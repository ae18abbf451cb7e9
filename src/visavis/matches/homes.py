"""What lists and opinions show on the home pages, and on a person's page at the desk."""

from typing import Any

from django.http import HttpRequest

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.introductions.models import Introduction
from visavis.jobseekers.away import away
from visavis.jobseekers.followed import counsellor, followed
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.matches import hidden, services
from visavis.matches.models import Opinion, Run
from visavis.matches.pages import cards, headings, introducing, returning, unlocking
from visavis.matches.pages.headings import Heading
from visavis.matches.views.openings import OPINIONS, answered_in, put_aside, served
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.people.waiting import App
from visavis.vacancies.models import Vacancy

CARDS = 5
SAID_LAST = 8

OWN = Prepared(
    lambda user, day: (
        Jobseeker.objects.filter(user=user).with_presence(day).select_related("user", "commune", "counsellor")
    )
)
DONE_WITH = Prepared(
    lambda person: (
        Opinion.objects.filter(jobseeker=person, kind=Opinion.Kind.NOT_FOR_ME)
        .values_list("vacancy", flat=True)
        .union(Introduction.objects.filter(jobseeker=person).order_by().values_list("vacancy", flat=True))
    )
)
"""The vacancies put aside, or met already."""

SAID = Prepared(
    lambda actor, desks: (
        Opinion.objects.filter(jobseeker__in=followed(counsellor(actor, desks)))
        .order_by("-said_at")
        .values_list("pk", flat=True)[:SAID_LAST]
    )
)
SAID_IN_WORDS = Prepared(
    lambda numbers: (
        Opinion.objects.filter(pk__in=numbers)
        .select_related("jobseeker__user", "vacancy")
        .only("kind", "reason", "said_at", "jobseeker__user__name", "vacancy__title")
        .order_by("-said_at")
    )
)


OPEN = Prepared(lambda: Vacancy.objects.open().order_by().values_list("pk", flat=True))
LAST_RUN = Prepared(lambda: Run.objects.filter(scope=Run.Scope.EVERYBODY, state=Run.State.DONE)[:1])


class Homes(App):
    """The best openings of a person, what was said last, when lists were made."""

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        if role == Role.JOBSEEKER:
            return hers(actor_of(request), answered_in(request))
        if role == Role.COUNSELLOR:
            return {"said": said_last(actor_of(request))}
        if role == Role.HEAD:
            return {"vacancies": OPEN.count(), "last_run": LAST_RUN.first()}
        return {}

    def glance(self, person: Jobseeker, actor: User) -> dict[str, Any]:
        return {"headings": best(person, actor)}


def hers(actor: User, answered: int | None) -> dict[str, Any]:
    """Return her five best openings; `answered` is one just answered, which stays where it stood."""
    profile = OWN.first(actor.pk, clock.today())
    if profile is None:
        return {"profile": None}
    opinions = {opinion.vacancy_id: opinion for opinion in OPINIONS(profile.pk)}
    owner = Opened(profile, actor)
    matches = served(actor, owner, put_aside(opinions.values(), answered))[:CARDS]
    services.log_showing(page="home", matches=matches, by=actor, jobseeker=profile)
    shown = introducing.mark_openings(cards.openings(matches, owner, opinions, answered), matches, owner)
    for card in shown:
        card["url"] += returning.came(returning.HOME.items())
    return {
        "profile": profile,
        "away": away(profile),
        "taken_down": hidden.taken_down(profile),
        "headings": headings.of_list(shown, matches, owner),
        "one_answer": unlocking.one_answer(owner, matches),
        "kept": sum(opinion.kind == Opinion.Kind.KEPT for opinion in opinions.values()),
    }


def best(person: Jobseeker, actor: User) -> list[Heading]:
    """Return the best five openings, neither put aside nor introduced, under headings; the showing is logged."""
    owner = Opened(person, actor)
    matches = served(actor, owner, DONE_WITH(person.pk))[:CARDS]
    services.log_showing(page="desk person", matches=matches, by=actor, jobseeker=person)
    return headings.of_list(cards.openings(matches, owner, {}), matches, owner)


def said_last(actor: User) -> list[Opinion]:
    """Return the last opinions of the people she accompanies."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    last = SAID(actor.pk, desks) if desks else []
    return SAID_IN_WORDS(last) if last else []
