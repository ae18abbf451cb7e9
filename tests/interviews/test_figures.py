"""How rooms were carried: told once by the page of who was let in, kept by month, read by the head, about nobody."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from tests.interviews.making import NOW, both_in, seat, url
from tests.personas import Town
from visavis.common import keeping
from visavis.interviews import services
from visavis.interviews.models import Interview, Quality, Seat

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TOLD = {"first": "430", "relayed": "1", "lost": "3", "came": "97", "drops": "1", "bye": "1"}


def goes(one: Seat, by: Client | None = None, **more: str) -> Any:
    return (by or Client()).post(url("sign", one), TOLD | {"c": str(one.connection)} | more)


def kept() -> list[tuple[Any, ...]]:
    return list(Quality.objects.values_list("first_tenths", "is_relayed", "lost_percent", "drops"))


def test_a_page_that_goes_says_once_how_its_line_was_and_not_whose(room: Interview, town: Town) -> None:
    _host, hers = both_in(room, town)
    goes(hers)
    goes(hers, first="900")
    assert kept() == [(4, True, 3, 1)]
    names = {one.name for one in Quality._meta.get_fields()}
    assert names == {"id", "agency", "month", "first_tenths", "is_relayed", "lost_percent", "drops"}
    assert Quality.objects.get().month == dt.date(NOW.year, NOW.month, 1)
    # Opened anew it is another line; the former page counts no more.
    again = services.connect(seat=seat(room, 2))
    goes(hers)
    goes(again, first="0", relayed="0")
    assert kept()[1:] == [(None, False, 3, 1)]


def test_what_is_told_is_bounded_and_gone_in_time(room: Interview, town: Town, clock: Traveller) -> None:
    _host, hers = both_in(room, town)
    goes(hers, first="999999999", lost="-4", drops="1000")
    assert kept() == [(600, True, 0, 20)]
    clock.shift(dt.timedelta(days=370))
    assert keeping.forget()["quality of rooms"] == 0 and kept()
    clock.shift(dt.timedelta(days=27))
    assert keeping.forget()["quality of rooms"] == 1 and not kept()


def test_a_line_is_told_of_who_was_let_in_also_after_the_end(room: Interview, town: Town) -> None:
    services.arrive(seat=seat(room, 2), by=None)
    hers = services.connect(seat=seat(room, 2))
    goes(hers)
    assert not kept()
    host, hers = both_in(room, town)
    services.leave(seat=hers, by=None)
    goes(hers)
    services.end(interview=room, by=town.people["bruno"])
    goes(host, town.client("bruno"))
    assert len(kept()) == 2


def test_the_head_reads_how_soon_people_saw_each_other(room: Interview, town: Town) -> None:
    for one in both_in(room, town):
        goes(one)
    where = reverse("interviews:figures", args=[town.agency.pk])
    page = town.client("hugo").get(where).text.split("<main")[1]
    assert "jusqu’à 0,5 s" in page and "mars 2027" in page and "<svg" in page
    assert "Amélie" not in page and "Bruno" not in page
    sheet = town.client("hugo").get(f"{where}?as=csv")
    assert "mars 2027" in b"".join(sheet).decode("utf-8-sig")
