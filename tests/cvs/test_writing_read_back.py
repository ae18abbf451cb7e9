"""A CV that we write as fields is understood by our own reader."""

import datetime as dt

import pytest

from tests import factories
from tests.personas import Town
from visavis.cvs import writing
from visavis.cvs.reading import structured
from visavis.cvs.reading.document import Fact
from visavis.jobseekers.models import (
    Experience,
    Jobseeker,
    Qualification,
    SkillHeld,
    SpokenLanguageHeld,
)

WAYS = {
    "json": (writing.json_resume, structured.read_json_resume),
    "europass": (writing.europass, structured.read_europass),
}


@pytest.fixture(params=WAYS)
def facts(request: pytest.FixtureRequest, town: Town) -> list[Fact]:
    """Write Amélie's CV and read it back."""
    who = town.jobseeker
    Experience.objects.create(
        jobseeker=who, title="Boulangère <de nuit>", employer="Fournil & fils",
        starts_on=dt.date(2019, 3, 1), ends_on=dt.date(2023, 11, 30),
    )  # fmt: skip
    Experience.objects.create(
        jobseeker=who, title="Vendeuse", starts_on=dt.date(2024, 1, 1), starts_in_year_only=True,
        is_current=True,
    )  # fmt: skip
    Qualification.objects.create(jobseeker=who, name="CAP boulanger", level=3, year=2007)
    SkillHeld.objects.create(jobseeker=who, skill=factories.SkillFactory(), level=4)
    SpokenLanguageHeld.objects.create(jobseeker=who, language="ar", level=4)
    who.licences = ["B", "BE"]
    who.save()
    who = Jobseeker.objects.select_related("user", "commune__department").get(pk=who.pk)
    write, read = WAYS[request.param]
    return read(write(who, identity=True, language="fr")).facts


def of(facts: list[Fact], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def test_the_jobs_are_the_same(facts: list[Fact]) -> None:
    assert {(job.name, job.employer, job.start, job.end, job.is_current) for job in of(facts, "job")} == {
        ("Boulangère <de nuit>", "Fournil & fils", "2019-03", "2023-11", False),
        ("Vendeuse", "", "2024", "", True),
    }


def test_the_diploma_is_the_same(facts: list[Fact]) -> None:
    assert [(study.name, study.level, study.year) for study in of(facts, "study")] == [
        ("CAP boulanger", 3, 2007)
    ]


def test_skills_licences_and_town_are_the_same(facts: list[Fact]) -> None:
    assert [skill.name for skill in of(facts, "skill")] == ["Pétrir la pâte"]
    assert {licence.code for licence in of(facts, "licence")} == {"B", "BE"}
    assert [place.name for place in of(facts, "place")] == ["Valence"]


@pytest.mark.parametrize("facts", ["json"], indirect=True)
def test_the_languages_are_the_same(facts: list[Fact]) -> None:
    assert [(spoken.code, spoken.level) for spoken in of(facts, "language")] == [("ar", 4)]
