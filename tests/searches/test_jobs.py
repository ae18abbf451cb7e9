"""The page where anybody looks for openings, and its feed."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog import cache
from visavis.common import clock
from visavis.vacancies.models import Feed, Vacancy

pytestmark = pytest.mark.django_db

JOBS = reverse("searches:jobs")


def found(town: Town, persona: str = "visitor", **asked: Any) -> set[int]:
    page = town.client(persona).get(JOBS, {"q": "", **asked})
    assert page.status_code == 200
    return {one.vacancy.pk for one in page.context["found"].openings}


@pytest.fixture
def lyon(town: Town) -> Vacancy:
    point = {"latitude": 45.76, "longitude": 4.84}
    commune = factories.CommuneFactory(code="69123", name="Lyon", folded="lyon", **point)
    return factories.VacancyFactory(title="Vendeuse", commune=commune, contract="seasonal", **point)


def test_drafts_and_closed_vacancies_are_in_no_search_and_an_unknown_place_is_said(town: Town) -> None:
    closed = factories.VacancyFactory(state="closed")
    for persona in ("visitor", "amelie", "bruno"):
        there = found(town, persona)
        assert town.vacancy.pk in there and not there & {town.draft.pk, closed.pk}, persona
    page = town.client("visitor").get(JOBS, {"q": "boulanger", "place": "Nulle Part", "km": "50"})
    form = page.context["form"]
    assert form.errors["place"] and form["q"].value() == "boulanger"
    assert form["place"].value() == "Nulle Part" and form["km"].value() == "50"
    assert "Nulle Part" in page.content.decode()


@pytest.mark.database
def test_a_search_keeps_what_was_asked_and_its_feed_not_who_asks(town: Town, lyon: Vacancy) -> None:
    both = {town.vacancy.pk, lyon.pk}
    assert found(town, q="vendeuse") == {lyon.pk}
    assert found(town, contract="seasonal") == {lyon.pk}
    assert found(town, place="Valence", km="20") == {town.vacancy.pk}
    assert found(town, place="Valence", km="100") == both
    assert found(town, place="Lyon", commune="69123", km="20") == {lyon.pk}
    # Without JavaScript the code of a town that was chosen before stays in the page.
    assert found(town, place="Lyon", commune="26362", km="20") == {lyon.pk}
    assert found(town, place="", commune="26362", km="20") == both
    url = town.client("amelie").get(JOBS, {"q": "vendeuse", "mine": "1"}).context["feed_url"]
    assert "mine" not in url
    feed = Client().get(url)
    assert feed["Content-Type"] == "application/feed+json"
    assert [item["title"] for item in json.loads(feed.content)["items"]] == ["Vendeuse"]
    assert Client().get(url, headers={"If-None-Match": feed["ETag"]}).status_code == 304


def test_each_filter_that_is_on_says_what_it_takes_away_and_how_to_take_it_off(
    town: Town, lyon: Vacancy
) -> None:
    Vacancy.objects.filter(pk=town.vacancy.pk).update(published_at=clock.now())
    client = town.client("visitor")
    page = client.get(JOBS, {"q": "", "place": "Valence", "contract": "permanent"})
    place, contract = page.context["taken"]
    assert (place.more, "commune" in place.url, "contract=permanent" in place.url) == (0, False, True)
    assert (contract.more, "contract" in contract.url) == (0, False)
    page = client.get(JOBS, {"q": "", "contract": "seasonal"})
    assert [one.more for one in page.context["taken"]] == [1]
    page = client.get(JOBS, {"q": "vendeuse", "place": "Valence", "km": "20"})
    assert page.context["found"].total == 0
    assert f'href="{page.context["taken"][0].url}"'.replace("&", "&amp;") in page.content.decode()
    # Without scripts every filter is a field of the same form.
    text = client.get(JOBS, {"q": ""}).content.decode()
    assert 'type="checkbox" form="search" name="contract" value="permanent"' in text
    assert 'type="radio" form="search" name="since"' in text
    page = client.get(JOBS, {"q": "boulanger " * 1000})
    assert page.status_code == 200
    assert page.context["form"]["q"].value() == ("boulanger " * 1000).strip()


def test_a_visitor_reads_ours_here_and_those_of_feeds_where_they_were_published(town: Town) -> None:
    feed = Feed.objects.create(name="Ailleurs", format="csv")
    from_feed = {"feed": feed, "feed_key": "1", "source_url": "https://example.org/soudeur"}
    theirs = factories.VacancyFactory(title="Soudeur", employer=None, **from_feed)
    cards = town.client("visitor").get(JOBS, {"q": ""}).context["openings"]
    urls = {card["title"]: card["url"] for card in cards}
    assert urls["Soudeur"] == "https://example.org/soudeur"
    report = reverse("vacancies:report", args=[theirs.pk])
    assert report in town.client("visitor").get(JOBS, {"q": ""}).content.decode()
    ours = reverse("vacancies:public", kwargs={"vacancy_id": town.vacancy.pk})
    assert urls[town.vacancy.title].partition("?")[0] == ours
    Vacancy.objects.filter(pk=theirs.pk).update(source_url="")
    cards = town.client("visitor").get(JOBS, {"q": "soudeur"}).context["openings"]
    assert cards[0]["url"].partition("?")[0] == reverse("applying:answer", kwargs={"vacancy_id": theirs.pk})


def test_openings_lead_to_her_own_pages_and_back_to_the_search_they_came_from(town: Town) -> None:
    hers, vacancy = {"jobseeker_id": town.jobseeker.pk}, {"vacancy_id": town.vacancy.pk}
    here = reverse("searches:jobs_of", kwargs=hers)
    asked = {"q": "boulanger", "place": "Valence", "order": "date"}
    for persona, jobs, leads in (
        ("visitor", JOBS, reverse("vacancies:public", kwargs=vacancy)),
        ("amelie", JOBS, reverse("matches:opening", kwargs=vacancy)),
        ("bruno", here, reverse("matches:opening_of", kwargs=hers | vacancy)),
    ):
        client = town.client(persona)
        url = client.get(jobs, asked).context["openings"][0]["url"]
        assert url.partition("?")[0] == leads
        page = client.get(url).content.decode()
        back = page.partition('class="back" href="')[2].partition('"')[0].replace("&amp;", "&")
        assert back.partition("?")[0] == jobs
        again = client.get(back.removesuffix("#found")).context["found"].asked
        assert (again.words, again.commune, again.order) == ("boulanger", "26362", "date"), persona
    # The way back never leads to another site.
    url = reverse("vacancies:public", kwargs=vacancy)
    page = town.client("visitor").get(url, {"search": '//evil.example/"><b>'}).content.decode()
    assert f'href="{JOBS}?//evil.example/&quot;&gt;&lt;b&gt;#found"' in page


def test_an_occupation_leads_to_its_openings_and_a_card_says_what_the_list_says(town: Town) -> None:
    occupation = town.vacancy.occupation or factories.OccupationFactory()
    Vacancy.objects.filter(pk=town.vacancy.pk).update(occupation=occupation)
    sheet = reverse("catalog:occupation", kwargs={"code": occupation.pk})
    wish = f"{reverse('jobseekers:question', kwargs={'question': 'wanted'})}?add={occupation.pk}"
    assert wish in town.client("amelie").get(sheet).content.decode()
    assert wish not in town.client("bruno").get(sheet).content.decode()
    assert found(town, occupation=occupation.pk) == {town.vacancy.pk}
    form = town.client("amelie").get(wish).context["form"]
    assert occupation.pk in {form.initial[f"code_{row}"] for row in form.rows}
    other = factories.VacancyFactory(title="Boulangère de nuit", employer=town.employer)
    factories.MatchFactory(side="jobseeker", jobseeker=town.jobseeker, vacancy=town.vacancy)
    amelie = town.client("amelie")
    listed = amelie.get(reverse("matches:openings")).context
    told = {one["id"]: one["hers"] for one in amelie.get(JOBS).context["openings"]}
    (said,) = told[f"vacancy-{town.vacancy.pk}"]
    assert listed["headings"][-1].title in said
    assert listed["cards"][0]["fit"].words in said
    assert told[f"vacancy-{other.pk}"] == []
    assert not any(one["hers"] for one in town.client("visitor").get(JOBS).context["openings"])


def test_the_map_shows_towns_and_each_holds_its_own_wherever_the_ads_put_their_point(
    town: Town, lyon: Vacancy
) -> None:
    def at(latitude: float, longitude: float) -> dict[str, float]:
        return {"latitude": latitude, "longitude": longitude}

    name = {"name": "Guilherand-Granges", "folded": "guilherand granges"}
    beside = factories.CommuneFactory(code="07102", **name, **at(44.935, 4.875))
    factories.VacancyFactory(title="Soudeur", commune=beside, **at(44.936, 4.874))
    off = factories.VacancyFactory(title="Soudeur", commune=town.vacancy.commune, **at(44.95, 4.9))
    client = town.client("visitor")
    page = client.get(JOBS, {"q": "", "view": "map"})
    places = {place.name: place for place in page.context["places"]}
    numbers = {name: place.number for name, place in places.items()}
    assert numbers == {"Valence": 2, "Lyon": 1, "Guilherand-Granges": 1}
    assert page.context["nowhere"] == 0
    page = client.get(JOBS + places["Valence"].url)
    assert {one.vacancy.pk for one in page.context["found"].openings} == {town.vacancy.pk, off.pk}


def test_the_search_asks_the_database_sixteen_times_at_most(
    town: Town, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.VacancyFactory.create_batch(25)
    client = town.client("amelie")
    client.get(JOBS, {"q": "boulanger", "place": "Valence"})
    # Whether the catalogue has changed is looked at once a second, not at every use.
    monkeypatch.setattr(cache.PerEdition, "checks_every_s", 60)
    with django_assert_max_num_queries(16):
        client.get(JOBS, {"q": "boulanger", "place": "Valence"})
