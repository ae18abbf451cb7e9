"""Pages of occupations, and suggestions."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    CommuneFactory,
    InterestFactory,
    OccupationFactory,
    SkillFactory,
    TitleFactory,
    UserFactory,
)
from visavis.catalog.models import Mobility, Occupation, OccupationInterest, OccupationSkill, Skill
from visavis.people.enums import Role

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def baker() -> Occupation:
    occupation: Occupation = OccupationFactory(
        definition_fr="Fait le pain.", definition_en="Makes bread.", riasec_major="R"
    )
    TitleFactory(occupation=occupation)
    TitleFactory(code="T2", occupation=occupation, label="Bread maker", language="en")
    other = OccupationFactory(code="D1104", label_fr="Pâtissier / Pâtissière", label_en="Pastry cook")
    Mobility.objects.create(origin=occupation, target=other, kind=Mobility.Kind.NEAR)
    OccupationSkill.objects.create(occupation=occupation, skill=SkillFactory(), is_essential=True)
    late = SkillFactory(code="S0002", label_fr="Vendre du pain", label_en="Sell bread")
    OccupationSkill.objects.create(occupation=occupation, skill=late, is_essential=False)
    InterestFactory(code="riasec:R", kind="riasec", label_fr="Réaliste", label_en="Realistic")
    OccupationInterest.objects.create(occupation=occupation, interest=InterestFactory())
    return occupation


def reader(client: Client, language: str = "fr") -> Client:
    client.force_login(UserFactory(role=Role.JOBSEEKER, language=language))
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def french(client: Client) -> Client:
    return reader(client)


def text(client: Client, name: str, query: str = "", **arguments: str) -> str:
    response = client.get(reverse(f"catalog:{name}", kwargs=arguments) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.database
def test_the_search_finds_by_a_title_typed_badly_and_shows_it_as_it_was_typed(
    french: Client, baker: Occupation
) -> None:
    page = text(french, "occupations", "?q=boulangere")
    assert reverse("catalog:occupation", kwargs={"code": "D1102"}) in page
    assert "Boulanger / Boulangère" in page
    assert 'value="boulangere"' in page
    assert "D1102" not in text(french, "occupations", "?q=xyzzyqw")
    assert "<script>alert" not in text(french, "occupations", "?q=<script>alert(1)</script>")
    page = text(french, "occupations", "?q=boulanger+" + "x" * 10_000)
    assert "250" in page and len(page) < 20_000 and "Boulanger / Boulangère" in page


def test_the_sheet_is_in_the_language_of_its_reader(client: Client, baker: Occupation) -> None:
    page = text(reader(client), "occupation", code="D1102")
    for words in ("Fait le pain.", "Pétrir la pâte", "Vendre du pain", "Réaliste", "Bricolage", "Pâtissier"):
        assert words in page
    assert "Bread maker" not in page
    livrer = SkillFactory(code="S3", label_fr="Livrer", label_en="")
    OccupationSkill.objects.create(occupation=baker, skill=livrer, is_essential=True)
    page = text(reader(client, "en"), "occupation", code="D1102")
    for words in ("Makes bread.", "Sell bread", "Realistic", "DIY", "Pastry cook", "Bread maker"):
        assert words in page
    assert '<li lang="fr">Livrer</li>' in page and "<li>Knead dough</li>" in page


def test_a_long_list_is_folded_and_what_is_no_longer_current_shown_as_such(
    french: Client, baker: Occupation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        skill = SkillFactory(code=f"L{number}", label_fr=f"Savoir {number}")
        OccupationSkill.objects.create(occupation=baker, skill=skill, is_essential=True)
    with django_assert_max_num_queries(30):
        page = text(french, "occupation", code="D1102")
    assert "21" in page and page.split("<main")[1].count("<details") == 2
    Skill.objects.filter(pk="S0001").update(is_current=False)
    page = text(french, "occupation", code="D1102")
    assert "Pétrir la pâte" not in page and "Vendre du pain" in page and "notice wait" not in page
    Occupation.objects.filter(pk="D1102").update(is_current=False)
    assert "notice wait" in text(french, "occupation", code="D1102")
    assert french.get(reverse("catalog:occupation", kwargs={"code": "Z9999"})).status_code == 404


@pytest.mark.database
def test_suggestions_answer_as_the_combobox_reads_and_survive_anything(
    french: Client, baker: Occupation
) -> None:
    CommuneFactory()
    for name, typed, expected in (
        ("occupations", "boulang", {"value": "D1102", "label": "Boulanger / Boulangère", "hint": ""}),
        ("skills", "petrir", {"value": "S0001", "label": "Pétrir la pâte", "hint": ""}),
        ("communes", "valense", {"value": "26362", "label": "Valence", "hint": "Drôme"}),
    ):
        url = reverse(f"catalog:suggest_{name}")
        assert french.get(url, {"q": typed}).json()["results"][0] == expected
        for odd in ("", "x" * 5_000, "\x00", "%", "'"):
            assert french.get(url, {"q": odd}).status_code == 200, (name, odd)
        assert french.post(url).status_code == 405
    assert french.post(reverse("catalog:occupations")).status_code == 405
