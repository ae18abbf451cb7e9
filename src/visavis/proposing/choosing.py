"""Whom to propose what: people of a caseload for a vacancy, vacancies for a person, each with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.common.prepared import Prepared
from visavis.introductions.models import Introduction
from visavis.introductions.permissions import can_be_introduced, can_begin_again
from visavis.jobseekers.followed import followed, person_url
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches import services
from visavis.matches.models import Match, Opinion
from visavis.matches.models.match import Tier
from visavis.matches.pages import cards, fit, headings, wording
from visavis.matches.pages.fit import Fit
from visavis.matches.pages.headings import Heading
from visavis.matches.views.openings import served
from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

SHOWN = 30


@dataclass(frozen=True)
class Choice:
    """One line to tick: who or what, why, what was said, and why it cannot be ticked if it cannot."""

    pk: int
    title: str
    url: str
    fit: Fit
    heading: str = ""
    tier: Tier | None = None
    facts: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: str = ""
    begun: str = ""
    begun_url: str = ""
    may: bool = True


@dataclass(frozen=True)
class Already:
    """What there is already between people and vacancies."""

    opinions: dict[tuple[int, int], Opinion]
    introductions: dict[tuple[int, int], Introduction]


SAID = Prepared(lambda people, vacancies: Opinion.objects.filter(jobseeker__in=people, vacancy__in=vacancies))
BEGUN = AskedBy(
    lambda actor, people, vacancies: (
        Introduction.objects.visible_to(actor)
        .filter(jobseeker__in=people, vacancy__in=vacancies)
        .order_by("changed_at")
    )
)


def already(matches: Iterable[Match], actor: User) -> Already:
    """Read opinions and introductions of some pairs, in two queries."""
    people = sorted({match.jobseeker_id for match in matches})
    vacancies = sorted({match.vacancy_id for match in matches})
    if not people:
        return Already({}, {})
    return Already(
        {(one.jobseeker_id, one.vacancy_id): one for one in SAID(people, vacancies)},
        {(one.jobseeker_id, one.vacancy_id): one for one in BEGUN(actor, people, vacancies)},
    )


def people_for(vacancy: Vacancy, actor: User) -> list[Choice]:
    """Return the people she follows in whose list the vacancy stands, or who stand in the vacancy's."""
    rows = (
        Match.objects.visible_to(actor)
        .filter(vacancy=vacancy, jobseeker__in=followed(actor).looking())
        .select_related("jobseeker__user", "jobseeker__commune")
    )
    best = {
        match.jobseeker_id: match
        for match in sorted(rows, key=lambda one: (one.score, one.side != Match.Whose.VACANCY))
    }
    matches = fit.people_in_order(sorted(best.values(), key=lambda match: -match.score))[:SHOWN]
    services.log_showing(page="desk propose", matches=matches, by=actor, vacancy=vacancy)
    acts = [
        journal.Act(Entry.Action.READ, "named-candidate", vacancy.pk, match.jobseeker.user_id)
        for match in matches
    ]
    journal.record_all(acts, by=actor.pk)
    found, labels = already(matches, actor), wording.labels_for(match.reasons for match in matches)
    obstacle = not_here(vacancy)
    return [
        choice(match, match.jobseeker, found, labels, obstacle=obstacle, **of_person(match.jobseeker))
        for match in matches
    ]


def vacancies_for(person: Jobseeker, actor: User) -> list[Choice]:
    """Return the open vacancies of her list, best first."""
    owner = Opened(person, actor)
    matches = served(actor, owner)
    services.log_showing(page="desk propose", matches=matches, by=actor, jobseeker=person)
    found, labels = already(matches, actor), wording.labels_for(match.reasons for match in matches)
    return [
        choice(
            match,
            person,
            found,
            labels,
            obstacle=not_here(match.vacancy),
            **of_vacancy(match.vacancy),
            heading=headings.title_of(match.tier, owner),
            tier=Tier(match.tier),
        )
        for match in matches
    ]


def nothing_asked(choices: list[Choice], person: Jobseeker, actor: User) -> Heading | None:
    """Say that nothing of what she asked for is there, when something else is."""
    owner = Opened(person, actor)
    asked = headings.title_of_asked(owner)
    first = choices[0].tier if choices else None
    if not asked or first is None or first == Tier.ASKED:
        return None
    return headings.nothing_asked(asked, owner, first)


def of_person(person: Jobseeker) -> dict[str, Any]:
    channel = str(person.user.get_channel_display())
    town = person.commune.name if person.commune else ""
    return {
        "pk": person.pk,
        "title": person.user.name,
        "url": person_url(person),
        "facts": [line for line in (town, channel) if line],
    }


def of_vacancy(vacancy: Vacancy) -> dict[str, Any]:
    employer = vacancy.employer.name if vacancy.employer else ""
    lines = (employer, facts.place(vacancy), facts.contract(vacancy), facts.hours(vacancy))
    return {
        "pk": vacancy.pk,
        "title": vacancy.title,
        "url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
        "facts": [line for line in lines if line],
    }


def not_here(vacancy: Vacancy) -> str:
    """Say why a vacancy cannot be proposed to anybody, if so."""
    if can_be_introduced(vacancy):
        return ""
    return _("This employer does not answer here: one applies where the vacancy was published.")


def choice(
    match: Match, person: Jobseeker, found: Already, labels: wording.Labels, *, obstacle: str, **shown: Any
) -> Choice:
    """Return one line with its reasons, and what there is already."""
    pair = (match.jobseeker_id, match.vacancy_id)
    begun, said = found.introductions.get(pair), found.opinions.get(pair)
    words, url = obstacle, ""
    if begun is not None:
        words = _("Already introduced: %(state)s.") % {"state": str(begun.get_state_display()).lower()}
        url = begun.url
    return Choice(
        **cards.fitting(match, person, wording.told(match.reasons, labels)),
        said=str(said.get_kind_display()) if said else "",
        begun=words,
        begun_url=url,
        may=not obstacle and (begun is None or can_begin_again(begun)),
        **shown,
    )
