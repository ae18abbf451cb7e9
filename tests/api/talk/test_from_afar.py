"""An appointment from home through her program: where it is, and being called instead."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.api.conftest import MakeProgram
from tests.interviews.making import NOW
from tests.personas import Town
from visavis.interviews import services
from visavis.interviews.models import Call, Interview


@pytest.fixture
def room(town: Town) -> Iterator[Interview]:
    with time_machine.travel(NOW, tick=False):
        yield services.of(appointment=town.appointment_by_video, by=None)


def test_her_program_finds_the_room_and_its_link_opens_her_seat(
    room: Interview, program: MakeProgram
) -> None:
    where = f"/appointments/{room.appointment_id}/room"
    read = program("amelie").get(where).json()
    assert read["is_open"] and read["call"] is None
    link = read["link"].split("/v/")[1]
    assert Client().get(f"/v/{link}", follow=True).status_code == 200


def test_she_would_rather_be_called_and_takes_it_back_and_nobody_else_finds_the_room_or_rings(
    room: Interview, program: MakeProgram
) -> None:
    where = f"/appointments/{room.appointment_id}/room"
    assert program("gael").get(where).status_code == 404
    assert program("gael").post(f"{where}/call", {"number": "06 12 34 56 78"}).status_code == 404
    assert program("bruno").get(where).status_code == 403
    assert program("amelie").post(f"{where}/call", {"number": "abc"}).status_code == 422
    assert not Call.objects.exists()
    where, amelie = f"/appointments/{room.appointment_id}/room", program("amelie")
    asked = amelie.post(f"{where}/call", {"why": "camera", "number": "06 12 34 56 78"})
    assert asked.status_code == 201 and amelie.get(where).json()["call"] == asked.json()
    assert Call.objects.get().state == "wanted"
    assert amelie.delete(f"{where}/call").status_code == 204
    assert Call.objects.get().state == "taken-back"
