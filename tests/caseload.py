"""A caseload to look at."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.personas import Town
from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Hire, Introduction
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.people.models import User
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
