"""Read a vacancy, look for others, read what the feeds did."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.vacancies.models import FeedRunNote, SkillAsked, Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(town: Town, **asked: str) -> set[int]:
    page = town.client("amelie").get(reverse("vacancies:search"), asked)
    return {vacancy.pk for vacancy in page.context["page_obj"]}


def test_the_page_says_what_is_known_and_nothing_else(town: Town) -> None:
    SkillAsked.objects.create(vacancy=town.vacancy, typed="Servir", is_essential=True)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        pay_min_hour=13, pay_max_hour=14, source_url="https://example.org/1", description="<b>Du pain</b>"
    )
    page = town.client("amelie").get(reverse("vacancies:page", kwargs={"vacancy_id": town.vacancy.pk}))
    text = page.content.decode()
    assert "Servir" in text and "Valence (26)" in text
    assert 'href="https://example.org/1" rel="noreferrer"' in text
    assert "&lt;b&gt;Du pain" in text
    assert reverse("vacancies:check", kwargs={"vacancy_id": town.vacancy.pk}) not in text


def test_drafts_and_closed_vacancies_are_in_no_search(town: Town) -> None:
    closed = factories.VacancyFactory(state="closed")
    assert town.vacancy.pk in found(town)
    assert not found(town) & {town.draft.pk, closed.pk}


def test_a_search_keeps_words_distance_and_contract(town: Town) -> None:
    lyon = factories.CommuneFactory(code="69123", name="Lyon", folded="lyon", latitude=45.76, longitude=4.84)
    far = factories.VacancyFactory(
        title="Vendeuse", commune=lyon, latitude=45.76, longitude=4.84, contract="seasonal"
    )
    assert found(town, q="vendeuse") == {far.pk}
    assert found(town, contract="seasonal") == {far.pk}
    assert found(town, place="Valence", km="20") == {town.vacancy.pk}
    assert found(town, place="Valence", km="100") == {town.vacancy.pk, far.pk}
    assert found(town, place="Lyon", code="69123", km="20") == {far.pk}


def test_an_unknown_town_is_said_and_the_page_stays(town: Town) -> None:
    page = town.client("amelie").get(reverse("vacancies:search"), {"place": "Atlantide"})
    assert page.status_code == 200 and page.context["form"].errors["place"]


@pytest.mark.parametrize("number", [1, 25])
def test_the_search_asks_the_database_twelve_times_at_most(
    town: Town, number: int, django_assert_max_num_queries: Any
) -> None:
    factories.VacancyFactory.create_batch(number)
    client = town.client("amelie")
    client.get(reverse("vacancies:search"))
    with django_assert_max_num_queries(12):
        client.get(reverse("vacancies:search"), {"q": "boulanger"})


def test_the_remarks_of_a_run_are_sentences_filtered_by_reason(town: Town) -> None:
    for reason in ("place_unknown", "pay_out_of_bounds", "pay_out_of_bounds"):
        FeedRunNote.objects.create(run=town.feed_run, kind="fell_back", key="K", field="f", reason=reason)
    here = reverse("vacancies:feed_run", kwargs={"run_id": town.feed_run.pk})
    page = town.client("bruno").get(here, {"reason": "pay_out_of_bounds"})
    assert len(page.context["notes"]) == 2
    assert [one["count"] for one in page.context["filters"]] == [3, 2, 1]
    assert "pay_out_of_bounds" not in str(page.context["notes"][0][1])
