"""Vacancies through a program."""

import datetime as dt

from tests import factories
from tests.api.conftest import MakeProgram, Program
from tests.personas import Town
from visavis.common import clock
from visavis.vacancies.models import Vacancy


def test_published_vacancies_need_no_token_and_a_draft_is_read_by_its_employer_only(
    town: Town, program: MakeProgram
) -> None:
    answer = program().get("/vacancies")
    assert [item["id"] for item in answer.json()["items"]] == [town.vacancy.pk]
    assert program().get(f"/vacancies/{town.vacancy.pk}").json()["title"] == "Boulanger"
    path = f"/vacancies/{town.draft.pk}"
    read = {who: program(who).get(path).status_code for who in ("visitor", "amelie", "emile", "chloe")}
    assert read == {"visitor": 404, "amelie": 404, "emile": 404, "chloe": 200}


def leafed(visitor: Program, query: str = "") -> list[int]:
    """Return what page after page lists, two at a time."""
    seen, cursor = [], ""
    while cursor is not None:
        page = visitor.get(f"/vacancies?{query}limit=2&cursor={cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    return seen


def test_a_search_keeps_what_is_asked_and_understands_what_people_write(
    town: Town, program: MakeProgram
) -> None:
    factories.VacancyFactory(title="Soudeuse", contract="temporary")
    found = program().get("/vacancies?q=soud&contract=temporary&near=26362").json()["items"]
    assert [item["title"] for item in found] == ["Soudeuse"]
    for words in ("soudeurs", "soudeusse", "welder"):
        found = program().get(f"/vacancies?q={words}").json()["items"]
        assert [item["title"] for item in found] == ["Soudeuse"], words
    answer = program().get("/vacancies?near=Xyzxyzxyz")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "near"


def test_an_employer_writes_and_publishes_a_vacancy(town: Town, program: MakeProgram) -> None:
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


def test_a_counsellor_names_the_employer(town: Town, program: MakeProgram) -> None:
    bruno = program("bruno")
    assert bruno.post("/vacancies", {}).json()["errors"][0]["field"] == "employer_name"
    assert bruno.post("/vacancies", {"employer_name": "Le Fournil"}).status_code == 409
    name = town.employer.name
    assert bruno.post("/vacancies", {"employer_name": name}).json()["employer"] == name


def test_pages_of_a_list_and_of_a_search_follow_each_other_without_a_gap_or_a_double(
    town: Town, program: MakeProgram
) -> None:
    at = clock.now()
    made = [factories.VacancyFactory(title="Soudeuse", published_at=at).pk for _ in range(5)]
    assert leafed(program(), "q=soudeur&") == sorted(made, reverse=True)
    assert sorted(leafed(program())) == sorted([*made, town.vacancy.pk])
