"""A person at a glance: what is next, what is in course, what suits, what is known and what is missing."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.jobseekers.answers.answer import read_together
from visavis.jobseekers.answers.lists import wish_words, wishes
from visavis.jobseekers.followed import counsellor, if_followed, person_url
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.parts import part
from visavis.jobseekers.questions import BY_SLUG, LISTS, QUESTIONS
from visavis.people import waiting
from visavis.people.course import in_course
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import Course, Urgency, Waiting
from visavis.people.waiting import with_flags as flagged
from visavis.portal.desk import next_act
from visavis.portal.desk.changed import Change

# What the page says of the profile; each is a question, and its answer is on the person's own row.
TOLD = ("wanted", "place", "reach", "contracts", "hours", "start", "pay", "conditions")
# What she has done and can do; her own words stand apart.
ABLE = ("experience", "education", "skills", "languages", "licences", "interests")
BESIDE = ("place", "contracts", "start")
# The first line of these answers is what was said; the others say it otherwise.
FIRST_LINE_ONLY = frozenset({"reach", "pay"})


@dataclass(frozen=True)
class Fact:
    """One answer of the profile, and where to change it."""

    label: str
    lines: list[str]
    url: str


@dataclass(frozen=True)
class Beside:
    """What stands beside the list when a person is opened: enough to call, and to go on."""

    person: Jobseeker
    url: str
    wishes: list[str]
    nearest: list[Waiting]
    act: Waiting
    course: list[Course]
    known: list[Fact]
    changes: list[Change]


def _person(desks: list[int], number: int, actor: int) -> QuerySet[Jobseeker]:
    people = flagged(Jobseeker.objects.filter(pk=number), counsellor(actor, desks))
    return people.select_related("user", "commune__department", "agency", "counsellor")


@cache
def _person_with(*filters: str) -> Prepared[Jobseeker]:
    """Write the question once for the filters that the apps have."""
    return Prepared(_person, unasked=1)


def with_flags(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return one of the people she follows, with the flags of the filters, else 404."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    asked = _person_with(*(one.slug for one in waiting.filters()))
    return if_followed(actor, asked.first(desks, jobseeker_id, actor.pk) if desks else None)


def known(person: Jobseeker, slugs: tuple[str, ...] = TOLD) -> list[Fact]:
    """Return what the profile says, by the questions that decide most."""
    told = [(slug, BY_SLUG[slug].summary(person)) for slug in slugs]
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
    return address("jobseekers:person_question", jobseeker_id=person.pk, question=question)


def beside(person: Jobseeker, actor: User, changes: list[Change]) -> Beside:
    """Return what stands beside the list: no list of openings, which is read on the person's page."""
    course = in_course(actor, [person])
    act = next_act.of(person, course)
    return Beside(
        person,
        person_url(person),
        [wish_words(wish) for wish in wishes(person)],
        [one for one in course.nearest(person) if one.url != act.url],
        act,
        course.told(person),
        known(person, BESIDE),
        changes,
    )


def glance(person: Jobseeker, actor: User) -> dict[str, Any]:
    """Return what the page shows above the timeline: what is next, what she can do, what suits, what is known."""
    course = in_course(actor, [person])
    act = next_act.of(person, course)
    read_together(person, LISTS)
    return waiting.glance(person, actor) | {
        "person": person,
        "act": act,
        "then": [
            one for one in course.nearest(person) if one.url != act.url and one.urgency != Urgency.NOT_LOOKING
        ],
        "course": course.told(person),
        "able": known(person, ABLE),
        "known": known(person),
        "unknown": unknown(person),
        "total": len(QUESTIONS),
    }
