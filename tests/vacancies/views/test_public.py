"""What the whole web reads of our vacancies."""

import datetime as dt
import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.vacancies.models import Feed, SkillAsked, Vacancy
from visavis.vacancies.views import public

pytestmark = [pytest.mark.django_db]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def address(vacancy: Vacancy) -> str:
    return reverse("vacancies:public", kwargs={"vacancy_id": vacancy.pk})


def from_feed() -> Vacancy:
    feed = Feed.objects.create(name="elsewhere", format="france-travail")
    return factories.VacancyFactory(feed=feed, feed_key="X1")


def closed(**changes: object) -> Vacancy:
    return factories.VacancyFactory(**{"state": "closed", **changes})


def test_a_visitor_reads_an_open_vacancy_and_its_data(town: Town) -> None:
    text = Client().get(address(town.vacancy)).text
    posting = json.loads(SCRIPT.search(text)[1])
    assert posting["title"] == town.vacancy.title
    assert posting["url"] == settings.SITE_URL + address(town.vacancy)
    assert f'<link rel="canonical" href="{posting["url"]}">' in text
    assert '<meta property="og:title" content="Boulanger">' in text
    inside = reverse("vacancies:page", kwargs={"vacancy_id": town.vacancy.pk})
    link = f'href="{address(town.vacancy)}"'
    assert link in town.client("chloe").get(inside).text
    assert link not in town.client("amelie").get(inside).text
    answer = reverse("applying:answer", kwargs={"vacancy_id": town.vacancy.pk})
    for client in (Client(), town.client("amelie")):
        assert f'href="{answer}"' in client.get(address(town.vacancy)).text


def test_hostile_words_stay_data_and_what_was_never_public_is_not_found(town: Town) -> None:
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        title="</script><script>alert(1)</script>", description="Mme Claire Petit, 04 75 00 00 00, a@b.fr"
    )
    text = Client().get(address(town.vacancy)).text
    assert "<script>alert" not in text
    assert json.loads(SCRIPT.search(text)[1])["title"].startswith("</script>")
    assert not [word for word in ("Claire", "Petit", "04 75 00 00 00", "a@b.fr") if word in text]
    for number in (town.draft.pk, from_feed().pk, 999_999):
        url = reverse("vacancies:public", kwargs={"vacancy_id": number})
        assert Client().get(url).status_code == town.client("chloe").get(url).status_code == 404
    lists = [reverse(f"vacancies:{name}") for name in ("public_feed", "sitemap", "robots")]
    for url in (address(town.vacancy), *lists):
        assert Client().post(url).status_code == 405


def test_a_closed_vacancy_is_gone_and_the_page_says_so_kindly() -> None:
    for state in ["closed", "filled", "open"]:
        yesterday = clock.today() - dt.timedelta(days=1)
        vacancy = closed(state=state, closes_on=yesterday, description="secret")
        response = Client().get(address(vacancy))
        assert response.status_code == 410
        assert (
            "noindex" in response.text
            and "secret" not in response.text
            and vacancy.title not in response.text
        )


def test_who_has_the_page_already_is_told_so_and_who_is_signed_in_gets_her_own(town: Town) -> None:
    first = Client().get(address(town.vacancy))
    again = {"If-None-Match": first["ETag"]}
    assert Client().get(address(town.vacancy), headers=again).status_code == 304
    assert first["Last-Modified"]
    response = town.client("amelie").get(address(town.vacancy), headers=again)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    for name in ("public_feed", "sitemap"):
        assert "no-store" in town.client("amelie").get(reverse(f"vacancies:{name}"))["Cache-Control"]
    Vacancy.objects.filter(pk=town.vacancy.pk).update(title="Boulangère")
    assert Client().get(address(town.vacancy), headers=again).status_code == 200


@pytest.mark.database
def test_the_feed_and_the_sitemap_name_our_open_vacancies_only(town: Town) -> None:
    from_feed(), closed()
    only = settings.SITE_URL + address(town.vacancy)
    response = Client().get(reverse("vacancies:public_feed"))
    items = response.json()["items"]
    assert [item["url"] for item in items] == [only]
    assert items[0]["_job_posting"]["@type"] == "JobPosting"
    assert response["Content-Type"] == "application/feed+json"
    root = ET.fromstring(Client().get(reverse("vacancies:sitemap")).content)
    places = root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    assert [one.text for one in places] == [only]
    Vacancy.objects.update(state="closed")
    assert Client().get(reverse("vacancies:public_feed")).json()["items"] == []


@pytest.mark.database
def test_the_feed_goes_on_page_after_page_to_the_last(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("0", "2", "-1", "x", "9" * 40, "²", ""):
        assert Client().get(reverse("vacancies:public_feed"), {"page": page}).status_code == 404
    monkeypatch.setattr(public, "A_PAGE", 2)
    factories.VacancyFactory.create_batch(4, employer=town.employer)
    seen, url = [], reverse("vacancies:public_feed")
    while url:
        found = Client().get(url).json()
        seen += [item["id"] for item in found["items"]]
        url = found.get("next_url", "").removeprefix(settings.SITE_URL)
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("name", ["public_feed", "sitemap"])
@pytest.mark.database
def test_who_has_the_list_already_is_told_so_until_it_changes(town: Town, name: str) -> None:
    url = reverse(f"vacancies:{name}")
    first = Client().get(url)
    assert "public" in first["Cache-Control"]
    assert Client().get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert Client().get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    town.vacancy.state, town.vacancy.changed_at = "closed", clock.now() + dt.timedelta(seconds=2)
    town.vacancy.save()
    assert Client().get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert Client().get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_robots_may_read_the_public_pages_only(settings: Settings, town: Town) -> None:
    lines = Client().get(reverse("vacancies:robots")).text.splitlines()
    assert lines == ["User-agent: *", "Disallow: /"]
    assert '<meta name="robots" content="noindex">' in Client().get(address(town.vacancy)).text
    settings.DEMO = False
    lines = Client().get(reverse("vacancies:robots")).text.splitlines()
    assert "Disallow: /" in lines and "Allow: /jobs/" in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    allowed = [line.removeprefix("Allow: ") for line in lines if line.startswith("Allow")]
    assert not [path for path in allowed if "/vacancies/".startswith(path) or "/profile/".startswith(path)]


@pytest.mark.database
def test_the_page_and_the_feed_are_light_and_cost_few_queries_however_long(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        response = Client().get(address(town.vacancy))
    assert len(response.content) < 14_000
    for vacancy in factories.VacancyFactory.create_batch(12):
        SkillAsked.objects.create(vacancy=vacancy, typed="Servir")
    with django_assert_max_num_queries(9):
        Client().get(reverse("vacancies:public_feed"))
