"""A caseload to look at."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.casefiles import marking
from visavis.casefiles.enums import Colour
from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Hire, Introduction
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.journal.services import Act, record
from visavis.people.models import User
from visavis.unreached.models import Unreached
from visavis.vacancies.models import Vacancy

type Person = Callable[..., Jobseeker]
type Introduced = Callable[..., Introduction]


@pytest.fixture
def baking(db: None) -> Occupation:
    """The work of the town's vacancy."""
    return factories.OccupationFactory()


@pytest.fixture
def person(town: Town, baking: Occupation) -> Person:
    """Make somebody whom Bruno follows, who wants to bake and lives in Valence."""

    def make(name: str, by: str = "bruno", *, wish: bool = True, **fields: Any) -> Jobseeker:
        agency = town.agency if by == "bruno" else town.other_agency
        user_fields = {key: fields.pop(key) for key in ("email", "phone", "channel") if key in fields}
        user: User = factories.UserFactory(name=name, role="jobseeker", **user_fields)
        made: Jobseeker = factories.JobseekerFactory(
            user=user, agency=agency, counsellor=town.people[by], **fields
        )
        if wish:
            WantedOccupation.objects.create(jobseeker=made, occupation=baking, typed="pain", position=1)
        return made

    return make


@pytest.fixture
def introduced(town: Town) -> Introduced:
    """Put an introduction where a test wants it, without the way there."""

    def make(person: Jobseeker, vacancy: Vacancy | None = None, **fields: Any) -> Introduction:
        now = clock.now()
        state = fields.pop("state", State.PROPOSED)
        fields = {"origin": Side.COUNSELLOR} | fields
        if state != State.PROPOSED:
            fields = {"jobseeker_yes_at": now, "put_at": now} | fields
        if state in (State.AGREED, State.INTERVIEW, State.HIRED):
            fields = {"employer_yes_at": now} | fields
        if state == State.HIRED:
            fields = {"closed_at": now} | fields
        return Introduction.objects.create(
            jobseeker=person, vacancy=vacancy or town.vacancy, state=state, **fields
        )

    return make


@pytest.fixture
def hired() -> Callable[..., Hire]:
    """Declare a hire on an introduction."""

    def make(row: Introduction, **fields: Any) -> Hire:
        terms = {"kind": "permanent", "starts_on": dt.date(2026, 1, 5), "declared_side": Side.EMPLOYER}
        return Hire.objects.create(introduction=row, vacancy=row.vacancy, **(terms | fields))

    return make


def marks(colour: Colour | None) -> Callable[..., None]:
    """Let Bruno mark Zita's file, or want to be reminded of her today; and Max otherwise."""

    def scene(town: Town, person: Person, introduced: Introduced) -> None:
        other = Colour.GOOD if colour == Colour.BAD else Colour.BAD
        days = {"Zita": 0, "Max": 1}
        for name in days:
            chosen = colour if name == "Zita" or colour is None else other
            day = clock.today() + dt.timedelta(days=days[name]) if colour is None else None
            marking.put(person=person(name).user, wanted=marking.Wanted(chosen, day), by=town.people["bruno"])

    return scene


def changed_since(town: Town, person: Person, introduced: Introduced) -> None:
    """Let Bruno look at three files; then Zita changes hers, he himself Max's, and of Nina nothing changes."""
    for name, by in (("Zita", None), ("Max", "bruno"), ("Nina", "")):
        made = person(name)
        assert town.client("bruno").get(reverse("portal:desk_person", args=[made.pk])).status_code == 200
        if by != "":
            who = town.people[by] if by else made.user
            record(Act("changed", "profile", made.pk, made.user_id, "pay"), by=who.pk)
    unseen = person("Ulla")
    record(Act("changed", "profile", unseen.pk, unseen.user_id, "pay"), by=unseen.user_id)


def not_reached(town: Town, person: Person, introduced: Introduced) -> None:
    """Let nothing reach Zita; Max was, and Nina is looked for again next week."""
    since = clock.now() - dt.timedelta(weeks=9)
    closed = {"closed_at": clock.now(), "outcome": "reached"}
    later = {"rests_until": clock.today() + dt.timedelta(days=7)}
    for name, more in (("Zita", {}), ("Max", closed), ("Nina", later)):
        Unreached.objects.create(person=person(name).user, cause="nothing", since=since, **more)


MARKED = {f"marked-{one.value}": marks(one) for one in Colour} | {
    "reminder": marks(None),
    "changed": changed_since,
    "unreached": not_reached,
}
