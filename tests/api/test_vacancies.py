"""Vacancies through a program."""

import datetime as dt

import pytest

from tests import agreed, factories
from tests.api.conftest import MakeProgram, Program
from tests.personas import Town
from visavis.api.profile_answers import KINDS
from visavis.common import clock
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal.models import Entry
from visavis.vacancies.models import Vacancy


def test_published_vacancies_need_no_token_and_are_found_by_what_people_write(
    town: Town, program: MakeProgram
) -> None:
    answer = program().get("/vacancies")
    assert [item["id"] for item in answer.json()["items"]] == [town.vacancy.pk]
    assert program().get(f"/vacancies/{town.vacancy.pk}").json()["title"] == "Boulanger"
    path = f"/vacancies/{town.draft.pk}"
    read = {who: program(who).get(path).status_code for who in ("visitor", "amelie", "emile", "chloe")}
    assert read == {"visitor": 404, "amelie": 404, "emile": 404, "chloe": 200}
    factories.VacancyFactory(title="Soudeuse", contract="temporary")
    found = program().get("/vacancies?q=soud&contract=temporary&near=26362").json()["items"]
    assert [item["title"] for item in found] == ["Soudeuse"]
    for words in ("soudeurs", "soudeusse", "welder"):
        found = program().get(f"/vacancies?q={words}").json()["items"]
        assert [item["title"] for item in found] == ["Soudeuse"], words
    answer = program().get("/vacancies?near=Xyzxyzxyz")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "near"


def leafed(visitor: Program, query: str = "") -> list[int]:
    """Return what page after page lists, two at a time."""
    seen, cursor = [], ""
    while cursor is not None:
        page = visitor.get(f"/vacancies?{query}limit=2&cursor={cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    return seen


def test_a_counsellor_names_the_employer_who_writes_and_publishes_a_vacancy(
    town: Town, program: MakeProgram
) -> None:
    chloe = program("chloe")
    number = chloe.post("/vacancies", {}).json()["id"]
    versions = {
        one["question"]: one["version"] for one in chloe.get(f"/vacancies/{number}/answers").json()["answers"]
    }
    work = chloe.put(f"/vacancies/{number}/answers/work", {"version": versions["work"], "name": "Pâtissier"})
    place = chloe.put(
        f"/vacancies/{number}/answers/place",
        {"version": versions["place"], "place": "Valence", "hours_min": "35"},
    )
    assert (work.status_code, place.status_code) == (200, 200)
    closes = (clock.today() + dt.timedelta(days=30)).isoformat()
    published = chloe.post(f"/vacancies/{number}/publish", {"closes_on": closes})
    assert (published.status_code, published.json()["state"]) == (200, "open")
    closed = chloe.post(f"/vacancies/{number}/close", {"is_filled": True})
    assert closed.json()["state"] == "filled"
    bruno = program("bruno")
    assert bruno.post("/vacancies", {}).json()["errors"][0]["field"] == "employer_name"
    assert bruno.post("/vacancies", {"employer_name": "Le Fournil"}).status_code == 409
    name = town.employer.name
    assert bruno.post("/vacancies", {"employer_name": name}).json()["employer"] == name


def test_each_answer_can_be_sent_back_as_it_is_read(town: Town, program: MakeProgram) -> None:
    chloe, path = program("chloe"), f"/vacancies/{town.draft.pk}/answers"
    factories.SkillFactory()
    for one in chloe.get(path).json()["answers"]:
        sent = dict(one["data"])
        answer = chloe.put(f"{path}/{one['question']}", {"version": one["version"], **sent})
        assert answer.status_code == 200, (one, answer.json())
        assert answer.json()["data"] == one["data"]


def test_every_skill_and_language_is_kept_and_no_stale_or_foreign_answer(
    town: Town, program: MakeProgram
) -> None:
    chloe, path = program("chloe"), f"/vacancies/{town.draft.pk}"
    version = chloe.get(f"{path}/answers").json()["answers"][4]["version"]
    sent = {
        "essential": ["Pétrir la pâte"],
        "wished": ["Sourire"],
        "languages": [{"language": code, "level": 3} for code in ("en", "fr", "de", "es")],
    }
    kept = chloe.put(f"{path}/answers/person", {"version": version, **sent}).json()["data"]
    assert {row["language"] for row in kept["languages"]} == {"en", "fr", "de", "es"}
    assert (kept["essential"], kept["wished"]) == (["Pétrir la pâte"], ["Sourire"])
    answer = chloe.put(f"{path}/answers/work", {"version": "old", "name": "Autre"})
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (409, "stale")
    assert Vacancy.objects.get(pk=town.draft.pk).title == "Brouillon"
    refused = chloe.post(f"{path}/close", {"is_filled": True})
    assert refused.status_code == 409
    assert refused.json()["detail"] == "This vacancy is not open: there is nothing to close."
    emile = program("emile")
    assert emile.post(f"/vacancies/{town.vacancy.pk}/close", {"is_filled": True}).status_code == 404
    assert emile.get(f"/vacancies/{town.vacancy.pk}/answers").status_code == 404


def test_pages_of_a_list_and_of_a_search_follow_each_other_without_a_gap_or_a_double(
    town: Town, program: MakeProgram
) -> None:
    at = clock.now()
    made = [factories.VacancyFactory(title="Soudeuse", published_at=at).pk for _ in range(5)]
    assert leafed(program(), "q=soudeur&") == sorted(made, reverse=True)
    assert sorted(leafed(program())) == sorted([*made, town.vacancy.pk])


# A jobseeker's own data, and her counsellor's reading of it -------------------------------------------


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


def test_her_counsellor_reads_whom_he_follows_and_who_answered_nothing_writes_her_first_answer(
    town: Town, program: MakeProgram
) -> None:
    assert [one["id"] for one in program("bruno").get("/people").json()["items"]] == [town.jobseeker.pk]
    assert [one["id"] for one in program("dario").get("/people").json()["items"]] == [town.other_jobseeker.pk]
    program("bruno").get(f"/people/{town.jobseeker.pk}/profile")
    (reading,) = Entry.objects.readings().about(town.people["amelie"].pk)
    assert (reading.actor_id, reading.thing) == (town.people["bruno"].pk, "profile")
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
