"""Appointments through her program: looked at, held, booked, moved, cancelled, and the wait for an earlier one."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.api.conftest import MakeProgram, Program, stamped
from tests.appointments.making import MONDAY, kind, receives
from tests.interviews.making import NOW
from tests.personas import Town
from visavis.appointments.enums import State, Way
from visavis.appointments.models import Appointment, Kind
from visavis.interviews import services
from visavis.interviews.models import Call, Interview
from visavis.people.enums import Channel

PATH = "/appointments"


@pytest.fixture
def received(town: Town) -> Iterator[Town]:
    """Bruno receives in his agency's hours; it is a Monday morning."""
    with time_machine.travel(MONDAY, tick=False):
        town.agency.opening_hours = "Mo-Fr 08:30-12:30,13:30-17:00; PH off"
        town.agency.save()
        receives(town.agency, town.people["bruno"])
        yield town


def first(one: Program, what: Kind, since: str = "2027-01-13") -> str:
    """Return a free time of some days ahead."""
    times = one.get(f"{PATH}/kinds/{what.pk}/times?since={since}").json()["items"]
    return str(times[0]["starts_at"])


def hold(one: Program, what: Kind, at: str) -> Any:
    return one.post(f"{PATH}/holds", {"kind_id": what.pk, "starts_at": at, "channel": "agency"})


def book(one: Program, what: Kind) -> dict[str, Any]:
    held = hold(one, what, first(one, what))
    assert held.status_code == 201, held.content
    made: dict[str, Any] = one.post(f"{PATH}/holds/{held.json()['uid']}/book").json()
    return made


def test_she_looks_holds_and_books_what_nobody_else_takes_and_it_says_that_a_program_did(
    received: Town, program: MakeProgram
) -> None:
    follow_up = kind(received.agency, "follow-up")
    amelie = program("amelie")
    held = hold(amelie, follow_up, first(amelie, follow_up)).json()
    assert program("gael").post(f"{PATH}/holds/{held['uid']}/book").status_code == 404
    assert program("gael").delete(f"{PATH}/holds/{held['uid']}").status_code == 404
    assert amelie.delete(f"{PATH}/holds/{held['uid']}").status_code == 204
    assert amelie.post(f"{PATH}/holds/{held['uid']}/book").status_code == 404
    assert not Appointment.objects.exists()
    assert [one["id"] for one in amelie.get(f"{PATH}/kinds").json()["items"]] == [follow_up.pk]
    made = book(amelie, follow_up)
    assert (made["state"], made["can_move"]) == ("booked", True)
    row = Appointment.objects.get()
    assert (row.state, row.person, row.way) == (State.BOOKED, received.people["amelie"], Way.PROGRAM)
    assert [one["id"] for one in amelie.get(PATH).json()["to_come"]] == [row.pk]
    assert stamped(received, "appointment")


def test_she_waits_for_an_earlier_time_moves_and_cancels_by_the_version_that_she_read(
    received: Town, program: MakeProgram
) -> None:
    her = received.people["amelie"]
    her.channel = Channel.WEB
    her.save()
    amelie = program("amelie")
    follow_up = kind(received.agency, "follow-up")
    made = book(amelie, follow_up)
    where = f"{PATH}/{made['id']}/earlier"
    assert amelie.post(where, {"act": "begin", "version": made["version"]}).json()["waits_for_earlier"]
    assert not amelie.post(where, {"act": "end", "version": made["version"]}).json()["waits_for_earlier"]
    assert amelie.post(where, {"act": "take", "version": made["version"]}).status_code == 409
    where, later = f"{PATH}/{made['id']}", first(amelie, follow_up, "2027-01-14")
    stale = amelie.post(f"{where}/move", {"starts_at": later, "version": made["version"] + 7})
    assert stale.json()["type"].endswith("#stale")
    moved = amelie.post(f"{where}/move", {"starts_at": later, "version": made["version"]}).json()
    assert moved["starts_at"] == later
    gone = amelie.post(f"{where}/cancel", {"version": moved["version"]}).json()
    assert gone["state"] == "excused" and amelie.get(PATH).json()["to_come"] == []


def test_nobody_else_finds_it_and_nothing_odd_is_booked(received: Town, program: MakeProgram) -> None:
    follow_up = kind(received.agency, "follow-up")
    closed = kind(received.agency, "first", 45, books="agency")
    amelie, gael = program("amelie"), program("gael")
    made = book(amelie, follow_up)
    for what, sent in (("move", {"starts_at": made["starts_at"], "version": 1}), ("cancel", {"version": 1})):
        assert gael.post(f"{PATH}/{made['id']}/{what}", sent).status_code == 404
    assert gael.get(PATH).json() == {"to_come": [], "past": []}
    assert amelie.get(f"{PATH}/kinds/{closed.pk}/times").status_code == 404
    for at in ("2027-01-13T03:00:00+01:00", "0001-01-01T00:00:00", "2027-01-13T10:00:00"):
        assert hold(amelie, follow_up, at).status_code == 409
    assert program("bruno").get(PATH).status_code == 403
    assert dt.datetime.fromisoformat(made["starts_at"]).utcoffset()


# From home: where it is, and being called instead -----------------------------------------------------


@pytest.fixture
def room(town: Town) -> Iterator[Interview]:
    with time_machine.travel(NOW, tick=False):
        yield services.of(appointment=town.appointment_by_video, by=None)


def test_her_program_finds_the_room_or_has_her_called_instead_and_nobody_elses_does(
    room: Interview, program: MakeProgram
) -> None:
    where = f"/appointments/{room.appointment_id}/room"
    read = program("amelie").get(where).json()
    assert read["is_open"] and read["call"] is None
    link = read["link"].split("/v/")[1]
    assert Client().get(f"/v/{link}", follow=True).status_code == 200
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
