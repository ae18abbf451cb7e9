"""An employer writes a vacancy on the site or from a text; it is read with the words it was read in."""

import datetime as dt
from itertools import zip_longest
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog.models import OccupationSkill
from visavis.common import clock
from visavis.vacancies import services
from visavis.vacancies.models import Employer, FeedRunNote, SkillAsked, Vacancy

pytestmark = pytest.mark.django_db


def url(name: str, vacancy: Vacancy, **more: str) -> str:
    return reverse(f"vacancies:{name}", kwargs={"vacancy_id": vacancy.pk, **more})


def version(town: Town, vacancy: Vacancy, question: str) -> str:
    page = town.client("chloe").get(url("question", vacancy, question=question))
    return str(page.context["form"]["version"].value())


def answered(town: Town, vacancy: Vacancy, question: str, **data: object) -> Any:
    """Answer a question as Chloé, who saw what stands there."""
    data = {"version": version(town, vacancy, question), **data}
    return town.client("chloe").post(url("question", vacancy, question=question), data)


@pytest.mark.database
def test_five_questions_make_an_open_vacancy(town: Town) -> None:
    factories.TitleFactory()
    factories.SkillFactory()
    chloe = town.client("chloe")
    begun = chloe.post(reverse("vacancies:new"))
    vacancy = Vacancy.objects.order_by("-pk")[0]
    assert begun.headers["Location"] == url("question", vacancy, question="work")
    place = {"place": "Valence", "hours_min": "35", "conditions": ["night"], "starts_on": "2027-01-04"}
    person = {"essential": "Pétrir la pâte\nServir", "experience_months": "12", "licences": ["B"]}
    answers = {
        "work": {"name": "Boulanger de nuit"},
        "occupation": {"occupation": "D1102"},
        "place": place,
        "contract": {"contract": "permanent", "pay_low": "2 100,50", "pay_period": "month"},
        "person": person | {"language_1": "en", "level_1": "4"},
        "words": {"description": "Une petite équipe.", "positions": "2"},
    }
    for (slug, data), following in zip_longest(answers.items(), list(answers)[1:]):
        sent = answered(town, vacancy, slug, **data)
        then = url("question", vacancy, question=following) if following else url("check", vacancy)
        assert sent.headers.get("Location") == then, sent.context and sent.context["form"].errors
    closes = clock.today() + dt.timedelta(days=60)
    chloe.post(url("check", vacancy), {"closes_on": closes.isoformat()})
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.closes_on) == (Vacancy.State.OPEN, closes)
    named = vacancy.title, vacancy.occupation_id, vacancy.occupation_from
    assert named == ("Boulanger de nuit", "D1102", "confirmed")
    assert (vacancy.commune_id, vacancy.latitude, vacancy.conditions) == ("26362", 44.9333, ["night"])
    assert (float(vacancy.hours_min or 0), float(vacancy.hours_max or 0)) == (35, 35)
    assert (str(vacancy.pay_min_hour), vacancy.pay_said["low"]) == ("13.85", "2100.5")
    assert [(s.skill_id, s.typed) for s in vacancy.skills_asked.all()] == [("S0001", ""), (None, "Servir")]
    assert [(one.language, one.level) for one in vacancy.languages_asked.all()] == [("en", 4)]
    assert (vacancy.experience_months, vacancy.licences, vacancy.positions) == (12, ["B"], 2)


def test_nothing_but_a_title_and_a_place_is_asked_and_the_usual_skills_can_be_ticked(town: Town) -> None:
    for slug in ("occupation", "place", "contract", "person", "words"):
        sent = answered(town, town.draft, slug)
        assert sent.status_code == 302, (slug, sent.context["form"].errors)
    Vacancy.objects.filter(pk=town.draft.pk).update(occupation=town.draft.occupation)
    usual = {"occupation": town.draft.occupation, "skill": factories.SkillFactory(), "source": "starter"}
    OccupationSkill.objects.create(is_essential=True, **usual)
    answered(town, town.draft, "person", usual=["S0001"], essential="Servir", wished="Pétrir la pâte")
    rows = [(row.skill_id, row.typed, row.is_essential) for row in town.draft.skills_asked.all()]
    assert rows == [("S0001", "", True), (None, "Servir", True)]


def test_a_town_and_an_employer_are_found_however_their_names_are_written(town: Town) -> None:
    page = answered(town, town.draft, "place", place="Valense")
    assert "Valence (26)" in page.context["form"].errors["place"][0]
    said = {"place": "Valence", "starts_on": "2027-03-31", "ends_on": "2027-01-04"}
    text = answered(town, town.vacancy, "place", **said).content.decode()
    assert "avant le premier jour" in text and 'value="2027-01-04"' in text
    town.employer.name = "Établissement L’Été & Cie"
    town.employer.save()
    for typed in ("etablissement l ete cie", "  ÉTABLISSEMENT  L'Été  & Cie ", "Etablissement L’Été, Cie"):
        assert services.employer_named(name=typed) == town.employer
    with pytest.raises(services.UnknownEmployer):
        services.employer_named(name=" & ’ ")


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


def test_two_tabs_see_both_answers_and_a_changed_one_loses_the_words_it_was_read_in(town: Town) -> None:
    stale = version(town, town.draft, "work")
    answered(town, town.draft, "work", name="First tab", version=stale)
    page = answered(town, town.draft, "work", name="Second tab", version=stale)
    text = page.content.decode()
    assert "First tab" in text and "Second tab" in text
    assert Vacancy.objects.get(pk=town.draft.pk).title == "First tab"
    again = page.context["form"]["version"].value()
    answered(town, town.draft, "work", name="Second tab", version=again)
    assert Vacancy.objects.get(pk=town.draft.pk).title == "Second tab"
    said = {"title": ["Cherche boulanger"], "hours_min": ["35h"]}
    Vacancy.objects.filter(pk=town.draft.pk).update(evidence=said | {"positions": ["2 postes"]})
    answered(town, town.draft, "words", description="Du pain", positions="3")
    assert Vacancy.objects.get(pk=town.draft.pk).evidence == said


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
    chloe.post(reverse("vacancies:paste"), {"text": "x"})
    assert "Il manque 2 choses" in chloe.get(url("check", Vacancy.objects.latest("pk"))).content.decode()


@pytest.mark.database
def test_a_counsellor_writes_for_an_employer_who_telephones(town: Town) -> None:
    bruno = town.client("bruno")
    assert bruno.post(reverse("vacancies:new"), {"employer": ""}).context["form"].errors
    bruno.post(reverse("vacancies:new"), {"employer": town.employer.name.upper()})
    assert Vacancy.objects.order_by("-pk")[0].employer == town.employer
    page = bruno.post(reverse("vacancies:new"), {"employer": "Scierie du Vercors"})
    assert page.context["form"].errors and not Employer.objects.filter(name="Scierie du Vercors").exists()


def test_each_of_her_lists_has_her_own_and_as_many_as_its_count(town: Town) -> None:
    chloe, mine = town.client("chloe"), reverse("vacancies:mine")
    for state, vacancy in (("", town.vacancy), ("?state=draft", town.draft)):
        assert list(chloe.get(mine + state).context["page_obj"]) == [vacancy]
        assert not list(town.client("emile").get(mine + state).context["page_obj"])
    yesterday = clock.today() - dt.timedelta(days=1)
    for state, closes_on in (("hidden", None), ("filled", None), ("closed", None), ("open", yesterday)):
        factories.VacancyFactory(employer=town.vacancy.employer, state=state, closes_on=closes_on)
    for state, number in (("open", 1), ("draft", 1), ("hidden", 1), ("closed", 3)):
        page = chloe.get(mine, {"state": state})
        counts = {one["url"].rpartition("=")[2]: one["count"] for one in page.context["filters"]}
        assert len(page.context["page_obj"].object_list) == counts[state] == number
    # What a feed brought is changed by nobody here.
    Vacancy.objects.filter(pk=town.vacancy.pk).update(feed=town.feed_run.feed, feed_key="1")
    for persona in ("chloe", "bruno", "hugo"):
        assert town.client(persona).get(url("check", town.vacancy)).status_code == 404


def test_the_end_calls_yearly_hours_and_a_vehicle_are_asked_kept_and_read(town: Town) -> None:
    vacancy, days = town.vacancy, {"starts_on": "2027-01-04", "ends_on": "2027-03-31"}
    calls = {"is_on_call": "on", "is_annualised": "on"}
    assert (
        answered(town, vacancy, "place", place="Valence", hours_min="35", **days, **calls).status_code == 302
    )
    assert answered(town, vacancy, "person", own_vehicle="required").status_code == 302
    vacancy.refresh_from_db()
    assert (vacancy.ends_on, vacancy.own_vehicle) == (dt.date(2027, 3, 31), "required")
    assert vacancy.is_on_call and vacancy.is_annualised
    page = town.client("chloe").get(url("page", vacancy)).content.decode()
    for words in ("31 mars 2027", "Astreintes", "comptées sur l’année", "Nécessaire pour ce travail"):
        assert words in page


def test_the_page_says_what_is_known_and_to_the_desk_the_words_it_was_read_in(town: Town) -> None:
    SkillAsked.objects.create(vacancy=town.vacancy, typed="Servir", is_essential=True)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        pay_min_hour=13, pay_max_hour=14, source_url="https://example.org/1", description="<b>Du pain</b>",
        feed=town.feed_run.feed, feed_key="1",
        evidence={"contract": ["en intérim", "CDI"], "starts_on": ["dès que possible"]},
    )  # fmt: skip
    here = reverse("vacancies:page", kwargs={"vacancy_id": town.vacancy.pk})
    text = town.client("amelie").get(here).content.decode()
    assert "Servir" in text and "Valence (26)" in text
    assert 'href="https://example.org/1" rel="noreferrer"' in text
    assert "&lt;b&gt;Du pain" in text
    assert (
        reverse("vacancies:check", kwargs={"vacancy_id": town.vacancy.pk}) not in text and "<q>" not in text
    )
    text = town.client("bruno").get(here).content.decode()
    assert "<q>en intérim</q>" in text and "CDI</span>" in text and "<q>dès que possible</q>" in text


def test_the_remarks_of_a_run_are_sentences_filtered_by_reason(town: Town) -> None:
    for reason in ("place_unknown", "pay_out_of_bounds", "pay_out_of_bounds"):
        FeedRunNote.objects.create(run=town.feed_run, kind="fell_back", key="K", field="f", reason=reason)
    here = reverse("vacancies:feed_run", kwargs={"run_id": town.feed_run.pk})
    page = town.client("bruno").get(here, {"reason": "pay_out_of_bounds"})
    assert len(page.context["notes"]) == 2
    assert [one["count"] for one in page.context["filters"]] == [3, 2, 1]
    assert "pay_out_of_bounds" not in str(page.context["notes"][0][1])
