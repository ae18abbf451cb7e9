"""Proposing to one or to many: checked before, reported after, never twice."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.caseload import Introduced, Person
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import limits, services
from visavis.introductions.enums import State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.journal.models import Entry
from visavis.matches.making import ranking
from visavis.matches.models import Showing
from visavis.matches.pages.comparing import Compared
from visavis.news.models import News
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def tomorrow() -> dt.date:
    return clock.today() + dt.timedelta(days=1)


def people_url(town: Town) -> str:
    return reverse("proposing:to_people", args=[town.vacancy.pk])


def send(client: Client, url: str, chosen: list[int], **more: str) -> HttpResponse:
    data = {"step": "send", "answer_by": tomorrow().isoformat(), "note": "Près de chez vous.", **more}
    return client.post(url, data | {"chosen": chosen}, follow=True)  # type: ignore[return-value]


def test_people_of_his_caseload_that_suit_are_offered_but_whom_is_introduced_already(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita = person("Zita")
    person("Basile", by="dario"), person("Arrêtée", is_looking=False)
    ranking.rank_everybody()
    page = town.client("bruno").get(people_url(town))
    assert {choice.title for choice in page.context["choices"]} == {"Zita", "Amélie"}
    assert not page.content.count(b"<h3"), "people stand under no heading: theirs are the second level"
    assert Showing.objects.filter(page="desk propose", vacancy_id=town.vacancy.pk).exists()
    introduced(zita)
    choices = {one.title: one for one in town.client("bruno").get(people_url(town)).context["choices"]}
    assert not choices["Zita"].may and choices["Zita"].begun and choices["Amélie"].may


def test_the_check_shows_what_each_will_read_and_nothing_unknown_can_be_proposed(
    town: Town, person: Person
) -> None:
    zita = person("Zita", channel="phone")
    page = town.client("bruno").post(people_url(town), {"step": "choose", "chosen": [zita.pk]})
    preview = page.context["previews"][0]
    assert (preview.name, preview.title, preview.is_by_hand) == ("Zita", town.vacancy.title, True)
    week = clock.today() + dt.timedelta(days=limits.ANSWER_DAYS)
    assert week.isoformat() in page.content.decode()
    assert not Introduction.objects.exists()
    Vacancy.objects.filter(pk=town.vacancy.pk).update(employer=None)
    ranking.rank_everybody()
    page = town.client("bruno").get(people_url(town))
    assert page.context["choices"] and not page.context["can_go_on"]


def test_one_vacancy_is_proposed_to_several_and_several_to_one_with_the_day_and_the_words(
    town: Town, person: Person
) -> None:
    people = [person("Zita"), person("Max")]
    ranking.rank_everybody()
    page = send(town.client("bruno"), people_url(town), [one.pk for one in people])
    rows = Introduction.objects.filter(jobseeker__in=people, state=State.PROPOSED)
    assert {(row.answer_by, row.note, row.score is not None) for row in rows} == {
        (tomorrow(), "Près de chez vous.", True)
    }
    assert [line["name"] for line in page.context["proposed"]] == ["Max", "Zita"]
    assert News.objects.filter(kind="proposed").count() == 2
    lena = person("Léna")
    other = factories.VacancyFactory(title="Pâtissier", employer=town.employer)
    url = reverse("proposing:to_person", args=[lena.pk])
    page = send(town.client("bruno"), url, [town.vacancy.pk, other.pk])
    assert {line["title"] for line in page.context["proposed"]} == {town.vacancy.title, "Pâtissier"}


def test_the_report_says_to_whom_it_was_not_proposed_and_why_and_a_failure_stops_no_other(
    town: Town, person: Person, introduced: Introduced, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, stopped, begun = person("Max"), person("Arrêtée", is_looking=False), person("Zita")
    introduced(begun, state=State.PUT)
    page = send(town.client("bruno"), people_url(town), [ready.pk, stopped.pk, begun.pk])
    refused = {line["name"]: line["refusal"] for line in page.context["refused"]}
    assert [line["name"] for line in page.context["proposed"]] == ["Max"]
    assert set(refused) == {"Arrêtée", "Zita"} and all(refused.values())
    assert all(sentence in page.content.decode().replace("&#x27;", "'") for sentence in refused.values())
    anna, lena = person("Anna"), person("Léna")
    whole = services.propose

    def broken(*, jobseeker: Jobseeker, **more: object) -> Introduction:
        if jobseeker.pk == anna.pk:
            raise DatabaseError
        return whole(jobseeker=jobseeker, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "propose", broken)
    page = send(town.client("bruno"), people_url(town), [anna.pk, lena.pk])
    assert [line["name"] for line in page.context["refused"]] == ["Anna"]
    assert [line["name"] for line in page.context["proposed"]] == ["Léna"]


def test_pressing_twice_proposes_once_and_another_proposal_of_the_same_is_refused(
    town: Town, person: Person
) -> None:
    zita, client = person("Zita"), town.client("bruno")
    # A wrong last day keeps what was typed and proposes nothing.
    for day in ("", "hier", "2020-01-01", "2999-01-01"):
        page = send(client, people_url(town), [zita.pk], answer_by=day)
        assert page.context["form"].errors and "Près de chez vous." in page.content.decode()
        assert page.context["chosen"] == [zita.pk] and not Introduction.objects.exists()
    for _time in range(2):
        page = send(client, people_url(town), [zita.pk])
        assert [line["name"] for line in page.context["proposed"]] == ["Zita"]
        assert not page.context["refused"]
    assert Introduction.objects.count() == News.objects.count() == 1
    page = send(client, people_url(town), [zita.pk], note="Une autre fois.")
    assert [line["name"] for line in page.context["refused"]] == ["Zita"]


def test_a_stranger_among_those_ticked_is_left_out_and_a_report_is_read_by_who_made_it(
    town: Town, person: Person
) -> None:
    stranger = person("Basile", by="dario")
    send(town.client("bruno"), people_url(town), [stranger.pk, 999_999])
    assert not Introduction.objects.exists()
    send(town.client("bruno"), people_url(town), [person("Zita").pk])
    response = town.client("bruno").get(reverse("proposing:proposed"))
    assert response.headers["Location"] == reverse("portal:desk")


def test_ticking_nothing_says_so_and_comparing_needs_exactly_two(town: Town, person: Person) -> None:
    client, both = town.client("bruno"), [person("Zita").pk, person("Max").pk]
    for chosen in ([], ["x"], ["9" * 40]):
        page = client.post(people_url(town), {"step": "choose", "chosen": chosen})
        assert page.status_code == 200 and page.context["choices"] is not None
        assert list(page.context["messages"])
    assert client.post(people_url(town), {"step": "compare", "chosen": both[:1]}).status_code == 200
    response = client.post(people_url(town), {"step": "compare", "chosen": both})
    assert response.headers["Location"].endswith(f"/compare/?a={both[0]}&b={both[1]}")


# Side by side: the same lines, the same parts, and the difference in words ----------------------------


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


def test_two_vacancies_are_compared_part_by_part_also_those_in_no_list(
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
    lena = person("Léna", radius_km=5)
    ranking.rank_everybody()
    found = compared(town, "compare_vacancies", lena.pk, town.vacancy.pk, far.pk)
    assert found.parts and found.sentence.startswith(f"“{town.vacancy.title}” suits better")
    assert (found.first.fit.words, found.first.fit.part) == ("hard to tell yet", None)


def test_two_people_and_no_strangers_are_compared_for_one_vacancy_and_both_readings_noted(
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
    zita, stranger = person("Zita"), person("Basile", by="dario")
    client, people = town.client("bruno"), reverse("proposing:compare_people", args=[town.vacancy.pk])
    assert client.get(people, {"a": zita.pk, "b": stranger.pk}).status_code == 404
    for url in (people, reverse("proposing:compare_vacancies", args=[town.jobseeker.pk])):
        for query in ("", "?a=1", "?a=1&b=1", "?a=x&b=2", f"?a=1&b={'9' * 40}"):
            assert client.get(url + query).status_code == 404, (url, query)
