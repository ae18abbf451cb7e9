"""A CV that we write as fields is understood by our own reader."""

import datetime as dt
from collections import defaultdict

import pytest

from tests import factories
from tests.personas import Town
from visavis.cvs import writing
from visavis.cvs.reading import structured
from visavis.cvs.reading.document import Fact
from visavis.jobseekers.models import Experience, Jobseeker, Qualification, SkillHeld, SpokenLanguageHeld

WAYS = {
    "json": (writing.json_resume, structured.read_json_resume),
    "europass": (writing.europass, structured.read_europass),
}


@pytest.mark.parametrize("form", WAYS)
def test_what_is_written_is_read_back_the_same(form: str, town: Town) -> None:
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
    write, read = WAYS[form]
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in read(write(who, identity=True, language="fr")).facts:
        facts[fact.kind].append(fact)
    assert {(job.name, job.employer, job.start, job.end, job.is_current) for job in facts["job"]} == {
        ("Boulangère <de nuit>", "Fournil & fils", "2019-03", "2023-11", False),
        ("Vendeuse", "", "2024", "", True),
    }
    studies = [(study.name, study.level, study.year) for study in facts["study"]]
    assert studies == [("CAP boulanger", 3, 2007)]
    assert [skill.name for skill in facts["skill"]] == ["Pétrir la pâte"]
    assert {licence.code for licence in facts["licence"]} == {"B", "BE"}
    assert [place.name for place in facts["place"]] == ["Valence"]
    if form == "json":
        assert [(spoken.code, spoken.level) for spoken in facts["language"]] == [("ar", 4)]
