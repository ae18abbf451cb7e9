"""Side by side: the same lines, the same parts, and the difference in words."""

import pytest
from django.urls import reverse

from tests import factories
from tests.caseload import Person
from tests.personas import Town
from visavis.jobseekers.models import Experience
from visavis.journal.models import Entry
from visavis.matches.making import ranking
from visavis.matches.pages.comparing import Compared
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(town: Town) -> Vacancy:
    """Another bakery, twenty kilometres away."""
    vacancy: Vacancy = factories.VacancyFactory(
        title="Boulanger de campagne", employer=town.employer, latitude=45.05, hours_min=20, hours_max=20
    )
    return vacancy


def compared(town: Town, name: str, number: int, a: int, b: int) -> Compared:
    bruno = town.people["bruno"]
    bruno.language = "en"
    bruno.save()
    response = town.client("bruno").get(reverse(f"proposing:{name}", args=[number]), {"a": a, "b": b})
    assert response.status_code == 200
    found: Compared = response.context["found"]
    return found


def test_two_vacancies_are_compared_part_by_part_and_turned_round_the_same_suits_better(
    town: Town, person: Person, far: Vacancy
) -> None:
    zita = person("Zita", radius_km=40)
    ranking.rank_everybody()
    found = compared(town, "compare_vacancies", zita.pk, town.vacancy.pk, far.pk)
    by_name = {part.name: part for part in found.parts}
    assert by_name["Distance"].first > by_name["Distance"].second
    assert town.vacancy.title in found.sentence and "distance" in found.sentence
    assert len(found.plot.rows) == len(found.parts)
    turned = compared(town, "compare_vacancies", zita.pk, far.pk, town.vacancy.pk)
    assert turned.sentence.startswith(f"“{town.vacancy.title}” suits better")
    url = reverse("proposing:compare_vacancies", args=[zita.pk])
    page = town.client("bruno").get(url, {"a": town.vacancy.pk, "b": far.pk})
    hours = next(axis for axis in page.context["axes"] if "20" in axis.second and not axis.first)
    assert hours.label


def test_what_stands_in_no_list_is_compared_too(town: Town, person: Person, far: Vacancy) -> None:
    zita = person("Zita", radius_km=5)
    ranking.rank_everybody()
    found = compared(town, "compare_vacancies", zita.pk, town.vacancy.pk, far.pk)
    assert found.parts and found.sentence.startswith(f"“{town.vacancy.title}” suits better")
    assert (found.first.fit.words, found.first.fit.part) == ("hard to tell yet", None)


def test_two_people_are_compared_for_one_vacancy_and_both_readings_are_noted(
    town: Town, person: Person
) -> None:
    anna, max_ = person("Anna"), person("Max")
    Vacancy.objects.filter(pk=town.vacancy.pk).update(experience_months=24)
    Experience.objects.create(
        jobseeker=anna, title="Boulangère", occupation=town.vacancy.occupation, months=60
    )
    ranking.rank_everybody()
    found = compared(town, "compare_people", town.vacancy.pk, anna.pk, max_.pk)
    assert found.sentence.startswith("“Anna” suits better")
    assert set(Entry.objects.filter(thing="profile").values_list("person_id", flat=True)) == {
        anna.user_id,
        max_.user_id,
    }


def test_strangers_are_not_compared_and_nothing_is_without_two_numbers(town: Town, person: Person) -> None:
    zita, stranger = person("Zita"), person("Basile", by="dario")
    client, people = town.client("bruno"), reverse("proposing:compare_people", args=[town.vacancy.pk])
    assert client.get(people, {"a": zita.pk, "b": stranger.pk}).status_code == 404
    for url in (people, reverse("proposing:compare_vacancies", args=[town.jobseeker.pk])):
        for query in ("", "?a=1", "?a=1&b=1", "?a=x&b=2", f"?a=1&b={'9' * 40}"):
            assert client.get(url + query).status_code == 404, (url, query)
