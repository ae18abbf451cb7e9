"""A person at a glance: what is next, what is in course, what suits, what is known and what is missing."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from visavis.introductions.enums import BOTH_SAID_YES, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.jobseekers.questions import BY_SLUG, QUESTIONS
from visavis.matches import services
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import cards
from visavis.people.models import User
from visavis.portal.desk import conditions, next_act
from visavis.portal.desk.next_act import day, hire_of
from visavis.portal.desk.people import followed
from visavis.portal.desk.words import part
from visavis.vacancies.models import Vacancy

MATCHES = 5
# What the page says of the profile; each is a question, and its answer is on the person's own row.
TOLD = ("wanted", "place", "reach", "contracts", "hours", "start", "pay", "licences")
# The first line of these answers is what was said; the others say it otherwise.
FIRST_LINE_ONLY = frozenset({"reach", "pay"})


@dataclass(frozen=True)
class Course:
    """One introduction in course, in words."""

    title: str
    employer: str
    state: str
    kind: str
    detail: str
    url: str


@dataclass(frozen=True)
class Fact:
    """One answer of the profile, and where to change it."""

    label: str
    lines: list[str]
    url: str


def with_flags(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return one of the people she follows, with the flags of the filters, else 404."""
    people = conditions.with_flags(followed(actor).filter(pk=jobseeker_id), actor)
    rows = people.select_related("user", "commune__department", "agency", "counsellor")
    found: Jobseeker = get_object_or_404(rows.prefetch_related("wishes__occupation"))
    return found


def course(rows: list[Introduction]) -> list[Course]:
    """Return her introductions in course, the latest change first."""
    return [
        Course(
            row.vacancy.title,
            row.vacancy.employer.name if row.vacancy.employer else "",
            str(row.get_state_display()),
            KINDS.get(State(row.state), "info"),
            detail(row),
            row.url,
        )
        for row in reversed(rows)
    ]


KINDS = {State.PROPOSED: "wait", State.PUT: "wait", State.AGREED: "good", State.INTERVIEW: "good"}


def detail(row: Introduction) -> str:
    """Say since when it stands so, or until when an answer may come."""
    hire = hire_of(row)
    if hire is not None and hire.disputed_at:
        return _("The two sides do not say the same of the hire.")
    if hire is not None and hire.is_pending:
        return _("Hire declared on %(day)s, not confirmed.") % {"day": day(hire.declared_at)}
    if row.state == State.PROPOSED and row.answer_by:
        return _("Answer until %(day)s.") % {"day": day(row.answer_by)}
    if row.state in BOTH_SAID_YES and row.meeting_at:
        when = date_format(localtime(row.meeting_at), "DATETIME_FORMAT")
        words = _("Meeting: %(when)s") if row.meeting_agreed_at else _("Time proposed: %(when)s")
        return words % {"when": when}
    return _("Since %(day)s.") % {"day": day(row.changed_at)}


def best(person: Jobseeker, actor: User) -> list[dict[str, Any]]:
    """Return the best five openings to propose: neither put aside nor introduced; the showing is logged."""
    aside = Opinion.objects.filter(jobseeker=person, kind=Opinion.Kind.NOT_FOR_ME).values("vacancy")
    introduced = Introduction.objects.filter(jobseeker=person).order_by().values("vacancy")
    matches = list(
        Match.objects.visible_to(actor)
        .for_jobseeker(person)
        .filter(vacancy__in=Vacancy.objects.open().order_by())
        .exclude(vacancy__in=aside)
        .exclude(vacancy__in=introduced)
        .select_related("vacancy__employer", "vacancy__commune", "vacancy__department")[:MATCHES]
    )
    services.log_showing(page="desk person", matches=matches, by=actor, jobseeker=person)
    return cards.openings(matches, Opened(person, actor), {})


def known(person: Jobseeker) -> list[Fact]:
    """Return what the profile says, by the questions that decide most."""
    told = [(slug, BY_SLUG[slug].summary(person)) for slug in TOLD]
    return [
        Fact(part(slug), lines[:1] if slug in FIRST_LINE_ONLY else lines, question_url(person, slug))
        for slug, lines in told
        if lines
    ]


def unknown(person: Jobseeker) -> list[Fact]:
    """Return the questions that have no answer yet."""
    missing = [one.slug for one in QUESTIONS if one.slug not in person.answered]
    return [Fact(part(slug), [], question_url(person, slug)) for slug in missing]


def question_url(person: Jobseeker, question: str) -> str:
    return reverse("jobseekers:person_question", kwargs={"jobseeker_id": person.pk, "question": question})


def glance(person: Jobseeker, actor: User) -> dict[str, Any]:
    """Return what the top of the page shows."""
    rows = next_act.in_course(actor, [person.pk]).get(person.pk, [])
    return {
        "person": person,
        "act": next_act.of(person, rows),
        "course": course(rows),
        "matches": best(person, actor),
        "known": known(person),
        "unknown": unknown(person),
        "total": len(QUESTIONS),
    }
