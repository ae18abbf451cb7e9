"""My CV: the page, the file, who sees that it was taken, and that our own reader understands it."""

import datetime as dt
from collections import defaultdict

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.cvs import writing
from visavis.cvs.reading import structured
from visavis.cvs.reading.document import Fact
from visavis.jobseekers.models import Experience, Jobseeker, Qualification, SkillHeld, SpokenLanguageHeld
from visavis.journal.models import Entry
from visavis.people.models import User

CHOSEN = {"format": "pdf", "language": "fr", "identity": "yes"}


def test_she_takes_her_cv_in_the_format_she_chooses_under_a_name_that_says_nothing(town: Town) -> None:
    client, url = town.client("amelie"), reverse("cvs:download")
    for form, begins in (("json", b"{"), ("europass", b"<?xml"), ("pdf", b"%PDF")):
        response = client.get(url, {**CHOSEN, "format": form})
        assert response.content.startswith(begins)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert not Entry.objects.filter(thing="cv-out").exists()
    assert client.post(url, CHOSEN).status_code == 405


def test_her_cv_is_taken_by_whom_it_may_and_only_her_counsellors_copy_is_written_down(town: Town) -> None:
    url = reverse("cvs:download_of", kwargs={"jobseeker_id": town.jobseeker.pk})
    assert town.client("dario").get(url, CHOSEN).status_code == 404
    assert not Entry.objects.filter(thing="cv-out").exists()
    town.client("bruno").get(url, CHOSEN)
    entry = Entry.objects.get(thing="cv-out")
    assert (entry.actor_id, entry.person_id) == (town.people["bruno"].pk, town.jobseeker.user_id)


def test_a_wrong_choice_is_told_on_the_page(town: Town) -> None:
    for wrong in [
        {},
        {"format": "exe"},
        {"language": "xx"},
        {"identity": "maybe"},
        {"identity": "no", "own_words": "on"},
    ]:
        response = town.client("amelie").get(reverse("cvs:download"), {**CHOSEN, **wrong} if wrong else {})
        assert response["Content-Type"].startswith("text/html")
        assert 'class="errors' in response.text or "errors" in response.text


def test_the_profile_leads_to_a_light_page_which_says_which_signs_cannot_be_printed(town: Town) -> None:
    address, hers = reverse("cvs:out"), {"jobseeker_id": town.jobseeker.pk}
    assert address in town.client("amelie").get(reverse("jobseekers:profile")).text
    profile = town.client("bruno").get(reverse("jobseekers:person_profile", kwargs=hers)).text
    assert reverse("cvs:out_of", kwargs=hers) in profile
    page = town.client("amelie").get(address)
    assert len(page.content) < 14_000
    assert "ne peuvent pas être imprimés" not in page.content.decode()
    User.objects.filter(pk=town.people["amelie"].pk).update(name="Amélie \U0001fae8")
    assert "\U0001fae8. Le PDF est fait sans eux" in town.client("amelie").get(address).content.decode()


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
