"""A number at the door through her program: with the code of the day, without her name."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.api.conftest import MakeProgram
from tests.personas import Town
from tests.queues.test_services import NOW, come, next_for
from visavis.queues import arriving, services
from visavis.queues.models import Ticket


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def door(town: Town) -> str:
    return arriving.code_of(town.agency, services.today(town.agency))


def test_she_takes_a_number_reads_her_place_leaves_and_comes_back(town: Town, program: MakeProgram) -> None:
    town.agency.opening_hours = "Mo-Fr 08:30-17:00"
    town.agency.save()
    come(town)
    amelie = program("amelie")
    taken = amelie.post(f"/agencies/{town.agency.pk}/tickets", {"door": door(town)})
    assert taken.status_code == 201 and (taken.json()["number"], taken.json()["ahead"]) == (2, 1)
    row = Ticket.objects.get(code=taken.json()["code"])
    assert row.person is None and row.steps.get().by is None
    where = f"/tickets/{row.code}"
    next_for(town)
    assert amelie.get(where).json()["ahead"] == 0
    met = services.begin(ticket=Ticket.objects.get(number=1), by=town.people["bruno"])
    services.finish(ticket=met, by=town.people["bruno"])
    called = next_for(town)
    for _again in range(2):
        called = services.call(ticket=called, desk="3", by=town.people["bruno"])
    assert amelie.get(where).json()["desk"] == "3"
    services.miss(ticket=called, by=town.people["bruno"])
    assert amelie.post(f"{where}/back").json()["state"] == "waiting"
    assert amelie.post(f"{where}/leave").json()["state"] == "left"
    assert amelie.post(f"{where}/leave").status_code == 409


def test_another_code_finds_nothing_and_one_takes_three_a_day(town: Town, program: MakeProgram) -> None:
    town.agency.opening_hours = "Mo-Fr 08:30-17:00"
    town.agency.save()
    amelie, path = program("amelie"), f"/agencies/{town.agency.pk}/tickets"
    assert amelie.post(path, {"door": "0" * 10}).status_code == 404
    assert amelie.get("/tickets/abc").status_code == 404
    assert [amelie.post(path, {"door": door(town)}).status_code for _one in range(4)] == [201, 201, 201, 409]
    assert program("gael").post(path, {"door": door(town)}).status_code == 201
    assert program().post(path, {"door": door(town)}).status_code == 401
