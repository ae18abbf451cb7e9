"""An employer writes a vacancy on the site, question after question, or from a text."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog.models import OccupationSkill
from visavis.common import clock
from visavis.vacancies import services
from visavis.vacancies.models import Employer, Vacancy

pytestmark = pytest.mark.django_db


def url(name: str, vacancy: Vacancy, **more: str) -> str:
    return reverse(f"vacancies:{name}", kwargs={"vacancy_id": vacancy.pk, **more})


def version(town: Town, vacancy: Vacancy, question: str) -> str:
    page = town.client("chloe").get(url("question", vacancy, question=question))
    return str(page.context["form"]["version"].value())


@pytest.mark.database
def test_five_questions_make_an_open_vacancy(town: Town) -> None:
    factories.TitleFactory()
    chloe = town.client("chloe")
    begun = chloe.post(reverse("vacancies:new"))
    vacancy = Vacancy.objects.order_by("-pk")[0]
    assert begun.headers["Location"] == url("question", vacancy, question="work")
    answers = [
        ("work", {"name": "Boulanger de nuit"}),
        ("occupation", {"occupation": "D1102"}),
        (
            "place",
            {"place": "Valence", "hours_min": "35", "conditions": ["night"], "starts_on": "2027-01-04"},
        ),
        ("contract", {"contract": "permanent", "pay_low": "2 100,50", "pay_period": "month"}),
        (
            "person",
            {
                "essential": "Pétrir la pâte\nServir",
                "experience_months": "12",
                "licences": ["B"],
                "language_1": "en",
                "level_1": "4",
            },
        ),
        ("words", {"description": "Une petite équipe.", "positions": "2"}),
    ]
    factories.SkillFactory()
    following = {
        "work": "occupation",
        "occupation": "place",
        "place": "contract",
        "contract": "person",
        "person": "words",
    }
    for slug, data in answers:
        sent = chloe.post(
            url("question", vacancy, question=slug), {**data, "version": version(town, vacancy, slug)}
        )
        then = (
            url("question", vacancy, question=following[slug]) if slug in following else url("check", vacancy)
        )
        assert sent.headers.get("Location") == then, sent.context and sent.context["form"].errors
    closes = clock.today() + dt.timedelta(days=60)
    chloe.post(url("check", vacancy), {"closes_on": closes.isoformat()})
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.closes_on) == (Vacancy.State.OPEN, closes)
    assert (vacancy.title, vacancy.occupation_id, vacancy.occupation_from) == (
        "Boulanger de nuit",
        "D1102",
        "confirmed",
    )
    assert (vacancy.commune_id, vacancy.latitude, vacancy.conditions) == ("26362", 44.9333, ["night"])
    assert (float(vacancy.hours_min or 0), float(vacancy.hours_max or 0)) == (35, 35)
    assert (str(vacancy.pay_min_hour), vacancy.pay_said["low"]) == ("13.85", "2100.5")
    assert [(s.skill_id, s.typed) for s in vacancy.skills_asked.all()] == [("S0001", ""), (None, "Servir")]
    assert [(one.language, one.level) for one in vacancy.languages_asked.all()] == [("en", 4)]
    assert (vacancy.experience_months, vacancy.licences, vacancy.positions) == (12, ["B"], 2)


def test_the_skills_that_the_work_often_needs_can_be_ticked(town: Town) -> None:
    skill = factories.SkillFactory()
    OccupationSkill.objects.create(
        occupation=town.draft.occupation, skill=skill, is_essential=True, source="starter"
    )
    seen = version(town, town.draft, "person")
    data = {"usual": ["S0001"], "essential": "Servir", "wished": "Pétrir la pâte", "version": seen}
    town.client("chloe").post(url("question", town.draft, question="person"), data)
    rows = [(row.skill_id, row.typed, row.is_essential) for row in town.draft.skills_asked.all()]
    assert rows == [("S0001", "", True), (None, "Servir", True)]


def test_a_town_spelt_nearly_right_is_answered_with_the_right_name(town: Town) -> None:
    page = town.client("chloe").post(url("question", town.draft, question="place"), {"place": "Valense"})
    assert "Valence (26)" in page.context["form"].errors["place"][0]


def test_as_many_things_are_said_to_be_missing_as_are_named(town: Town) -> None:
    chloe = town.client("chloe")
    chloe.post(reverse("vacancies:paste"), {"text": "x"})
    written = Vacancy.objects.latest("pk")
    page = chloe.get(url("check", written)).content.decode()
    assert "Il manque 2 choses" in page


def test_nothing_but_a_title_and_a_place_is_asked(town: Town) -> None:
    chloe = town.client("chloe")
    for slug in ("occupation", "place", "contract", "person", "words"):
        sent = chloe.post(
            url("question", town.draft, question=slug), {"version": version(town, town.draft, slug)}
        )
        assert sent.status_code == 302, (slug, sent.context["form"].errors)


@pytest.mark.parametrize(
    ("slug", "data", "field"),
    [
        ("work", {"name": ""}, "name"),
        ("work", {"name": "a" * 10_000}, "name"),
        ("place", {"place": "Atlantide"}, "place"),
        ("place", {"hours_min": "40", "hours_max": "20"}, "hours_max"),
        ("place", {"hours_min": "many"}, "hours_min"),
        ("place", {"starts_on": "1887-13-45"}, "starts_on"),
        ("contract", {"pay_low": "4000", "pay_period": "hour"}, "pay_low"),
        ("contract", {"pay_low": "2500", "pay_high": "2000", "pay_period": "month"}, "pay_high"),
        ("words", {"positions": "0"}, "positions"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_stays_typed(
    town: Town, slug: str, data: dict[str, str], field: str
) -> None:
    page = town.client("chloe").post(url("question", town.draft, question=slug), data)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"][next(iter(data))].value() == next(iter(data.values()))


def test_two_tabs_answering_one_question_see_both_answers(town: Town) -> None:
    chloe = town.client("chloe")
    stale = version(town, town.draft, "work")
    here = url("question", town.draft, question="work")
    chloe.post(here, {"name": "First tab", "version": stale})
    page = chloe.post(here, {"name": "Second tab", "version": stale})
    text = page.content.decode()
    assert "First tab" in text and "Second tab" in text
    assert Vacancy.objects.get(pk=town.draft.pk).title == "First tab"
    again = page.context["form"]["version"].value()
    chloe.post(here, {"name": "Second tab", "version": again})
    assert Vacancy.objects.get(pk=town.draft.pk).title == "Second tab"


@pytest.mark.database
def test_a_pasted_text_becomes_a_draft_that_shows_where_each_answer_comes_from(town: Town) -> None:
    factories.SkillFactory()
    factories.TitleFactory()
    text = "Cherche boulanger en CDI à Valence, 35h par semaine. Vous savez pétrir la pâte. Permis B exigé."
    chloe = town.client("chloe")
    sent = chloe.post(reverse("vacancies:paste"), {"text": text})
    vacancy = Vacancy.objects.order_by("-pk")[0]
    assert sent.headers["Location"] == url("understood", vacancy)
    assert (vacancy.title, vacancy.commune_id, vacancy.contract) == ("Boulanger", "26362", "permanent")
    assert (vacancy.state, vacancy.description, vacancy.licences) == ("draft", text, ["B"])
    assert vacancy.skills_asked.get().skill_id == "S0001"
    lines = chloe.get(sent.headers["Location"]).context["lines"]
    assert [line.words for line in lines if line.value] == [
        "Cherche boulanger en CDI à Valence",
        "Cherche boulanger en CDI à Valence",
        "à Valence",
        "35h par semaine",
        "CDI",
        "savez pétrir la pâte",
        "Permis B",
        "",
    ]


def test_an_answer_that_a_person_changes_is_no_longer_told_with_the_words_it_was_read_in(town: Town) -> None:
    said = {"title": ["Cherche boulanger"], "positions": ["2 postes"], "hours_min": ["35h"]}
    Vacancy.objects.filter(pk=town.draft.pk).update(evidence=said)
    chloe, here = town.client("chloe"), url("question", town.draft, question="words")
    version = chloe.get(here).context["form"]["version"].value()
    chloe.post(here, {"description": "Du pain", "positions": "3", "version": version})
    assert Vacancy.objects.get(pk=town.draft.pk).evidence == {
        name: said[name] for name in ("title", "hours_min")
    }


def test_forbidden_words_are_shown_with_the_article_and_block_publishing(town: Town) -> None:
    Vacancy.objects.filter(pk=town.draft.pk).update(description="Jeune homme uniquement")
    chloe = town.client("chloe")
    page = chloe.get(url("check", town.draft))
    assert "L1132-1" in page.content.decode() and "legal_exception" not in page.context["form"].fields
    assert "legal_exception" in town.client("bruno").get(url("check", town.draft)).context["form"].fields
    closes = (clock.today() + dt.timedelta(days=9)).isoformat()
    refused = chloe.post(url("check", town.draft), {"closes_on": closes})
    assert refused.status_code == 200 and refused.context["form"].errors
    assert Vacancy.objects.get(pk=town.draft.pk).state == Vacancy.State.DRAFT


@pytest.mark.parametrize(
    ("written", "question"),
    [({"title": "Jeune vendeuse"}, "work"), ({"description": "Cherchons jeune vendeuse."}, "words")],
)
def test_forbidden_words_lead_to_the_question_where_they_were_written(
    town: Town, written: dict[str, str], question: str
) -> None:
    Vacancy.objects.filter(pk=town.draft.pk).update(**({"title": "Vente", "description": ""} | written))
    page = town.client("chloe").get(url("check", town.draft)).content.decode()
    asked = reverse("vacancies:question", kwargs={"vacancy_id": town.draft.pk, "question": question})
    assert f'href="{asked}">Les écrire autrement' in page


@pytest.mark.database
def test_a_counsellor_writes_for_an_employer_who_telephones(town: Town) -> None:
    bruno = town.client("bruno")
    assert bruno.post(reverse("vacancies:new"), {"employer": ""}).context["form"].errors
    bruno.post(reverse("vacancies:new"), {"employer": town.employer.name.upper()})
    assert Vacancy.objects.order_by("-pk")[0].employer == town.employer
    page = bruno.post(reverse("vacancies:new"), {"employer": "Scierie du Vercors"})
    assert page.context["form"].errors and not Employer.objects.filter(name="Scierie du Vercors").exists()


@pytest.mark.parametrize(
    "typed", ["etablissement l ete cie", "  ÉTABLISSEMENT  L'Été  & Cie ", "Etablissement L’Été, Cie"]
)
def test_an_employer_is_found_however_its_name_is_written(typed: str, town: Town) -> None:
    town.employer.name = "Établissement L’Été & Cie"
    town.employer.save()
    assert services.employer_named(name=typed) == town.employer


def test_a_name_of_signs_alone_is_nobodys(town: Town) -> None:
    with pytest.raises(services.UnknownEmployer):
        services.employer_named(name=" & ’ ")


def test_what_a_feed_brought_is_changed_by_nobody_here(town: Town) -> None:
    Vacancy.objects.filter(pk=town.vacancy.pk).update(feed=town.feed_run.feed, feed_key="1")
    for persona in ("chloe", "bruno", "hugo"):
        assert town.client(persona).get(url("check", town.vacancy)).status_code == 404


def test_the_desk_lists_only_ones_own(town: Town) -> None:
    for state, vacancy in (("", town.vacancy), ("?state=draft", town.draft)):
        chloe, emile = (
            town.client(name).get(reverse("vacancies:mine") + state).context["page_obj"]
            for name in ("chloe", "emile")
        )
        assert list(chloe) == [vacancy]
        assert not list(emile)


def test_the_end_calls_yearly_hours_and_a_vehicle_are_asked_kept_and_read(town: Town) -> None:
    chloe, vacancy = town.client("chloe"), town.vacancy
    place = {
        "place": "Valence", "hours_min": "35", "starts_on": "2027-01-04", "ends_on": "2027-03-31",
        "is_on_call": "on", "is_annualised": "on",
    }  # fmt: skip
    for question, sent in (("place", place), ("person", {"own_vehicle": "required"})):
        sent = {**sent, "version": version(town, vacancy, question)}
        assert chloe.post(url("question", vacancy, question=question), sent).status_code == 302
    vacancy.refresh_from_db()
    assert (vacancy.ends_on, vacancy.own_vehicle) == (dt.date(2027, 3, 31), "required")
    assert vacancy.is_on_call and vacancy.is_annualised
    page = chloe.get(url("page", vacancy)).content.decode()
    for words in ("31 mars 2027", "Astreintes", "comptées sur l’année", "Nécessaire pour ce travail"):
        assert words in page


def test_a_contract_does_not_end_before_it_starts(town: Town) -> None:
    sent = {"place": "Valence", "starts_on": "2027-03-31", "ends_on": "2027-01-04"}
    sent["version"] = version(town, town.vacancy, "place")
    answer = town.client("chloe").post(url("question", town.vacancy, question="place"), sent)
    assert (
        "avant le premier jour" in answer.content.decode() and 'value="2027-01-04"' in answer.content.decode()
    )


def test_each_of_her_lists_has_as_many_as_its_count(town: Town) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    for state, closes_on in (("hidden", None), ("filled", None), ("closed", None), ("open", yesterday)):
        factories.VacancyFactory(employer=town.vacancy.employer, state=state, closes_on=closes_on)
    for state, number in (("open", 1), ("draft", 1), ("hidden", 1), ("closed", 3)):
        page = town.client("chloe").get(reverse("vacancies:mine"), {"state": state})
        counts = {one["url"].rpartition("=")[2]: one["count"] for one in page.context["filters"]}
        assert len(page.context["page_obj"].object_list) == counts[state] == number
