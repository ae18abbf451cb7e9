"""The pages of `bench/pages.py` are those of each role, are there, and are counted by the clock."""

import pytest

from bench import pages, pages_asked, pages_people
from bench.pages_people import Asking
from tests.personas import Town
from visavis.journal.models import Entry
from visavis.mandates.models import Mandate
from visavis.people.enums import Role


def test_every_role_has_ten_pages_and_a_second_is_one_of_the_clock() -> None:
    assert set(pages_asked.PAGES) == {"visitor", *Role} == set(pages_people.WHO)
    assert {len(set(addresses)) for addresses in pages_asked.PAGES.values()} == {10}
    # What waits for the database takes no processor: it counts by the clock, where it is half of the time.
    page = pages_asked.Page("head", "/", lambda: None, [], [0.01] * 20, [0.02] * 20, status="200 OK")
    assert (page.row()["a second"], page.row()["a second of cpu"]) == (50.0, 100.0)
    row = {"database": "sqlite", "checkout": "here", "role": "head"}
    [line] = pages.by_role([row | {"a second": 50.0}, row | {"a second": 25.0}])
    assert " 33.3 a second by the clock" in line


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["helper", "protection"])
def test_the_pages_of_a_role_are_hers(role: str, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    hers = {"vacancy": town.vacancy.pk, "introduction": town.introduction.pk}
    met = [Asking(town.jobseeker.user_id, dict(hers))]
    monkeypatch.setitem(pages_people.WHO, "jobseeker", lambda: met)
    client = town.client({"helper": "ines", "protection": "nadia"}[role])
    town.client("bruno").get(f"/people/{town.jobseeker.pk}/")
    assert Entry.objects.filter(person_id=town.jobseeker.user_id).exists()
    asking = pages_people.people_of(role)[0]
    assert asking.user_id == town.people["ines" if role == "helper" else "nadia"].pk
    assert pages_people.people_of(role)[0] == asking and Mandate.objects.count() == (role == "helper")
    for address in pages_asked.PAGES[role]:
        assert client.get(address.format(**asking.numbers)).status_code == 200, address
