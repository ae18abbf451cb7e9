"""A jobseeker's own data through her program, and her counsellor's reading of it."""

import pytest

from tests import agreed, factories
from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.api.profile_answers import KINDS
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal.models import Entry


def test_every_question_of_the_profile_has_its_operation_and_she_reads_every_answer_of_hers(
    town: Town, program: MakeProgram
) -> None:
    assert list(KINDS) == [slug for slug in BY_SLUG if slug in KINDS]
    assert set(KINDS) == set(BY_SLUG)
    answers = program("amelie").get("/profile").json()["answers"]
    assert [one["question"] for one in answers] == list(BY_SLUG)
    place = next(one for one in answers if one["question"] == "place")
    assert place["words"] == ["Valence (Drôme)"]


SENT = {
    "wanted": {"wishes": [{"typed": "boulangère", "occupation": None}]},
    "experience": {"nothing": True},
    "education": {"level": 4, "diplomas": [{"name": "CAP", "year": 2010}]},
    "skills": {"skills": [{"code": "S0001", "level": 3}]},
    "languages": {"languages": [{"language": "fr", "level": 6}, {"language": "en", "level": 2}]},
    "licences": {"licences": ["B"], "nothing": False},
    "place": {"place": "Valence", "code": "26362"},
    "reach": {"unit": "km", "distance": 20, "transport": "car"},
    "contracts": {"contracts": ["permanent"], "nothing": False},
    "hours": {"kind": "between", "least": 20, "most": "30.5"},
    "start": {"kind": "now"},
    "pay": {"amount": "12.50", "unit": "hour"},
    "conditions": {"conditions": [], "nothing": True},
    "interests": {"interests": ["interest:diy"], "nothing": False},
    "about": {"about": "Je pétris depuis toujours."},
}


@pytest.mark.parametrize("slug", SENT)
def test_an_answer_is_kept_and_can_be_sent_back_as_it_is_read(
    town: Town, program: MakeProgram, slug: str
) -> None:
    factories.OccupationFactory()
    factories.SkillFactory()
    factories.InterestFactory()
    amelie, path = program("amelie"), f"/profile/answers/{slug}"
    answers = amelie.get("/profile").json()["answers"]
    version = next(one["version"] for one in answers if one["question"] == slug)
    read: dict[str, str] = {}
    if slug == "interests":
        # A yes without the words that were read is refused.
        refused = amelie.put(path, {"version": version, **SENT[slug]})
        assert refused.status_code == 422
        assert "Read it, then keep your answer again." in str(refused.json()["errors"])
        assert not town.jobseeker.interests.exists()
        read = agreed.read("en")
    kept = amelie.put(path, {"version": version, **SENT[slug], **read})
    assert kept.status_code == 200, kept.json()
    assert kept.json()["words"]
    again = amelie.put(path, {"version": kept.json()["version"], **without_jobs(kept.json()["data"])})
    assert again.json() == kept.json()


def without_jobs(data: dict[str, object]) -> dict[str, object]:
    """Jobs are sent one by one."""
    return {name: value for name, value in data.items() if name != "jobs"}


def test_a_job_is_added_changed_and_removed_by_nobody_else(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    job = amelie.post("/profile/jobs", {"title": "Vendeuse", "start_year": 2019, "end_year": 2021}).json()
    sent = {"title": "Vendeuse en boulangerie", "version": job["version"]}
    changed = amelie.put(f"/profile/jobs/{job['id']}", sent)
    assert (changed.status_code, changed.json()["title"]) == (200, "Vendeuse en boulangerie")
    assert amelie.put(f"/profile/jobs/{job['id']}", sent).status_code == 409
    gael = program("gael")
    assert gael.delete(f"/profile/jobs/{job['id']}").status_code == 404
    assert gael.put(f"/profile/jobs/{job['id']}", sent).status_code == 404
    assert amelie.delete(f"/profile/jobs/{job['id']}").status_code == 204
    assert not Experience.objects.exists()


def test_her_counsellor_lists_whom_he_follows_and_his_reading_is_in_the_journal(
    town: Town, program: MakeProgram
) -> None:
    assert [one["id"] for one in program("bruno").get("/people").json()["items"]] == [town.jobseeker.pk]
    assert [one["id"] for one in program("dario").get("/people").json()["items"]] == [town.other_jobseeker.pk]
    program("bruno").get(f"/people/{town.jobseeker.pk}/profile")
    (reading,) = Entry.objects.readings().about(town.people["amelie"].pk)
    assert (reading.actor_id, reading.thing) == (town.people["bruno"].pk, "profile")


def test_who_has_answered_nothing_reads_an_empty_profile_and_writes_her_first_answer(
    town: Town, program: MakeProgram
) -> None:
    town.jobseeker.delete()
    amelie = program("amelie")
    first = amelie.get("/profile").json()["answers"][-1]
    assert not Jobseeker.objects.filter(user=town.people["amelie"]).exists()
    amelie.put("/profile/answers/about", {"version": first["version"], "about": "Bonjour."})
    assert Jobseeker.objects.get(user=town.people["amelie"]).about == "Bonjour."
    # An answer changed meanwhile is kept.
    stale = amelie.put("/profile/answers/about", {"version": first["version"], "about": "second"})
    assert stale.status_code == 409
    assert Jobseeker.objects.get(user=town.people["amelie"]).about == "Bonjour."
