import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.agencies.models import Agency
from visavis.journal.models import Entry

LIST = reverse("agencies:agencies")
NEW = "Mo-Th 09:00-12:00; PH off"


def hours_of(agency: Agency) -> str:
    return reverse("agencies:hours", args=[agency.pk])


def test_a_visitor_reads_where_the_doors_are(town: Town) -> None:
    page = Client(headers={"accept-language": "en"}).get(LIST).content.decode()
    assert town.agency.name in page
    assert town.other_agency.name in page
    assert "1 place de la Gare, Valence" in page
    assert "04 75 00 00 00" in page


def test_the_page_says_whether_the_door_is_open_now(town: Town) -> None:
    url = reverse("agencies:page", args=[town.agency.pk])
    visitor = Client(headers={"accept-language": "en"})
    with time_machine.travel(dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC), tick=False):
        assert "Open now, until 12:30." in visitor.get(url).content.decode()
    with time_machine.travel(dt.datetime(2026, 6, 1, 20, 0, tzinfo=dt.UTC), tick=False):
        assert "Opens tomorrow at 8:30." in visitor.get(url).content.decode()


def test_hours_that_cannot_be_read_never_break_the_page(town: Town) -> None:
    Agency.objects.filter(pk=town.agency.pk).update(opening_hours="on demand")
    page = Client(headers={"accept-language": "en"}).get(reverse("agencies:page", args=[town.agency.pk]))
    assert "Call us" in page.content.decode()


def test_an_agency_that_does_not_exist_is_not_found(db: None) -> None:
    assert Client().get(reverse("agencies:page", args=[99])).status_code == 404


def test_the_head_sees_what_was_understood_before_it_is_kept(town: Town) -> None:
    answer = town.client("hugo").post(hours_of(town.agency), {"opening_hours": NEW})
    assert answer.status_code == 200
    assert answer.context["understood"]["text"] == NEW
    town.agency.refresh_from_db()
    assert town.agency.opening_hours != NEW


def test_the_head_changes_the_hours_and_it_is_journalled(town: Town) -> None:
    answer = town.client("hugo").post(hours_of(town.agency), {"opening_hours": NEW, "seen": NEW})
    assert answer.headers["Location"] == reverse("agencies:page", args=[town.agency.pk])
    town.agency.refresh_from_db()
    assert town.agency.opening_hours == NEW
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.thing, entry.actor_id) == ("changed", "agency", town.people["hugo"].pk)


def test_hours_seen_are_not_other_hours(town: Town) -> None:
    answer = town.client("hugo").post(hours_of(town.agency), {"opening_hours": NEW, "seen": "24/7"})
    assert answer.status_code == 200
    town.agency.refresh_from_db()
    assert town.agency.opening_hours != NEW


def test_what_she_typed_is_kept_when_it_is_not_understood(town: Town) -> None:
    answer = town.client("hugo").post(hours_of(town.agency), {"opening_hours": "lundi 8h"})
    assert answer.status_code == 200
    assert "lundi 8h" in answer.content.decode()
    assert answer.context["form"].errors


@pytest.mark.parametrize("persona", ["amelie", "bruno", "rosa", "dario", "chloe", "nadia"])
def test_nobody_else_changes_the_hours(town: Town, persona: str) -> None:
    answer = town.client(persona).post(hours_of(town.agency), {"opening_hours": NEW, "seen": NEW})
    assert answer.status_code == 404
    town.agency.refresh_from_db()
    assert town.agency.opening_hours != NEW


def test_a_head_changes_her_own_agency_only(town: Town) -> None:
    answer = town.client("hugo").post(hours_of(town.other_agency), {"opening_hours": NEW, "seen": NEW})
    assert answer.status_code == 404


def test_the_pages_to_read_take_no_post(town: Town) -> None:
    assert Client().post(LIST).status_code == 405
    assert town.client("hugo").put(hours_of(town.agency)).status_code == 405
