"""Lists and searches of people are written down, and who leafs through everybody is noticed; nobody at work is."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.noticing import telling
from visavis.people.models import User

pytestmark = [pytest.mark.django_db]
PEOPLE, DESK = reverse("jobseekers:people"), reverse("portal:desk")
REASON, NOTICED = reverse("noticing:reason"), reverse("noticing:noticed")


@pytest.fixture
def many(town: Town) -> list[User]:
    """Eight hundred and thirty-seven people of the agency, nobody's caseload."""
    users = User.objects.bulk_create(
        User(name=f"Personne {number:04}", password="!", joined_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        for number in range(837)
    )
    Jobseeker.objects.bulk_create(Jobseeker(user=user, agency=town.agency) for user in users)
    return users


def written(user: User, thing: str) -> list[Entry]:
    return list(Entry.objects.readings().filter(actor_id=user.pk, thing=thing).order_by("pk"))


def leaf(client: Client, first: int, last: int) -> list[int]:
    return [client.get(PEOPLE, {"page": number}).status_code for number in range(first, last + 1)]


def test_reception_that_leafs_through_everybody_is_asked_stopped_and_told(
    town: Town, many: list[User]
) -> None:
    client = town.client("rosa")
    assert leaf(client, 1, 13) == [200] * 12 + [403]
    assert telling.sweep() == 1
    told = {row.user for row in News.objects.filter(thing="files")}
    assert told == {town.people["hugo"], town.people["nadia"]}
    page = town.client("nadia").get(NOTICED).content.decode()
    assert town.people["rosa"].name in page
    assert "listes de personnes" in page
    client.post(REASON, {"words": "the list of the workshop", "next": PEOPLE})
    assert leaf(client, 13, 24) == [200] * 12
    assert leaf(client, 25, 34) == [403] * 10
    assert sum(int(one.thing_id) for one in written(town.people["rosa"], "people")) <= 600
    # What she has seen today stays open and counts once.
    assert [client.get(PEOPLE).status_code for _time in range(20)] == [200] * 20


def test_letters_in_the_place_of_pages_are_the_same(town: Town, many: list[User]) -> None:
    client = town.client("rosa")
    answers = [client.post(PEOPLE, {"q": f"Personne 00{number}"}).status_code for number in range(10)]
    answers += [client.post(PEOPLE, {"q": f"Personne 0{number}"}).status_code for number in range(1, 8)]
    assert 403 in answers


def test_a_search_is_written_without_its_words_also_at_the_counter(town: Town, many: list[User]) -> None:
    rosa = town.people["rosa"]
    client = town.client("rosa")
    client.post(PEOPLE, {"q": "Personne 0001"})
    client.post(PEOPLE, {"q": "Personne 0001"})
    client.post(PEOPLE, {"q": "Personne 0002"})
    one, again, other = written(rosa, "people")
    assert (one.thing_id, one.person_id) == ("1", None)
    assert one.note == again.note != other.note
    assert "ersonne" not in one.note
    assert len(one.note) == 16
    vacancy = factories.VacancyFactory(employer=town.employer)
    url = reverse("applying:people", kwargs={"vacancy_id": vacancy.pk})
    assert client.post(url, {"q": "Personne 0001"}).status_code == 200
    assert [one.thing_id for one in written(rosa, "people")] == ["1"] * 4


def test_a_caseload_is_written_and_counts_for_nothing(town: Town, many: list[User]) -> None:
    bruno = town.people["bruno"]
    Jobseeker.objects.filter(user__in=many[:120]).update(counsellor=bruno)
    client = town.client("bruno")
    for number in range(1, 6):
        assert client.get(PEOPLE, {"page": number}).status_code == 200
        assert client.get(DESK, {"page": number}).status_code == 200
    assert len(written(bruno, "caseload")) == 10
    assert not written(bruno, "people")
