"""A counsellor's own calendar: what is busy in it is not free here, and what fails is said."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.appointments import making
from tests.appointments.making import MONDAY, OFFICE, wall
from tests.appointments.test_busy_reading import calendar, event
from tests.personas import Town
from visavis.appointments import calendars, waiting
from visavis.appointments.busy import codes, services
from visavis.appointments.models import Appointment, Busy, OutsideCalendar
from visavis.common import outside
from visavis.common.outside import NotReached
from visavis.people.enums import Role

TUESDAY = dt.date(2027, 1, 12)
ADDRESS = "https://agenda.example/private-3f2/basic.ics"
MORNING = calendar(event(";TZID=Europe/Paris:20270112T083000", "DTEND;TZID=Europe/Paris:20270112T110000"))
URL = "appointments:outside"


@pytest.fixture(autouse=True)
def monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def received(town: Town) -> Town:
    making.receives(town.agency, town.people["bruno"], OFFICE)
    return town


def gives(monkeypatch: pytest.MonkeyPatch, data: bytes) -> list[str]:
    """Let every address give a calendar; return what was asked."""
    asked: list[str] = []

    def fetch(address: str, into: Any, **bounds: Any) -> None:
        assert bounds["most"] <= 10_000_000 and bounds["deadline_s"] <= 20
        asked.append(address)
        into.write(data)

    monkeypatch.setattr(outside, "fetch", fetch)
    return asked


def kept(town: Town, monkeypatch: pytest.MonkeyPatch, data: bytes) -> OutsideCalendar:
    """Bruno gives the address of a calendar, and it is fetched."""
    gives(monkeypatch, data)
    services.keep_address(user=town.people["bruno"], address=ADDRESS)
    return fetched(town)


def fetched(town: Town) -> OutsideCalendar:
    """Have what is due fetched, as the worker does."""
    OutsideCalendar.objects.update(due_at=MONDAY, asked_at=None)
    for row in OutsideCalendar.objects.all():
        OutsideCalendar.objects.filter(pk=row.pk).update(asked_at=MONDAY)
        services.fetch_calendar.func(row.pk)
    return OutsideCalendar.objects.get(user=town.people["bruno"])


def hours(town: Town) -> list[str]:
    return wall(making.times(town.agency, 30, TUESDAY))


@pytest.mark.database
def test_what_is_busy_in_it_is_not_free_here_and_is_again_when_it_is_read_no_more(
    received: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    bruno = received.people["bruno"]
    before = hours(received)
    asked = gives(monkeypatch, MORNING)
    services.keep_address(user=bruno, address=ADDRESS)
    assert hours(received) == before and services.sweep() == 1 and services.sweep() == 0, "claimed once"
    row = fetched(received)
    assert ADDRESS in asked and row.read_at == MONDAY and not row.is_failing
    assert hours(received) == [one for one in before if one >= "11:00"]
    services.end(user=bruno)
    assert hours(received) == before and not Busy.objects.exists()


def test_nothing_is_kept_but_when_a_holiday_is_each_day_and_a_page_none(
    received: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        assert kept(received, patch, b"<html>Sign in</html>").refusal == codes.DAMAGED
        kept(received, patch, calendar(event(";VALUE=DATE:20270111", "DTEND;VALUE=DATE:20270125")))
    first, last = dt.date(2027, 1, 11), dt.date(2027, 1, 25)
    found = making.times(received.agency, 30, first, last)
    assert {one.astimezone(making.PARIS).date() for one in found} == {last}
    services.end(user=received.people["bruno"])
    services.keep_address(user=received.people["bruno"], address="https://127.0.0.1/calendar.ics")
    row = fetched(received)
    assert row.refusal == "private" and not row.read_at
    said = event(":20270112T080000Z", "DURATION:PT1H", "SUMMARY:Oncologue", "LOCATION:Lyon")
    kept(received, monkeypatch, calendar(said))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM appointments_outsidecalendar")
        told = str([*Busy.objects.values(), *cursor.fetchall()])
    assert Busy.objects.exists() and "Oncologue" not in told and "Lyon" not in told
    assert "private-3f2" not in told, "the address is sealed"
    for persona in ("hugo", "dario", "ines"):
        found = OutsideCalendar.objects.visible_to(received.people[persona])
        assert not found.exists(), persona


def test_our_own_appointments_do_not_come_back_as_busy(
    received: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She reads our feed in her calendar, and has that calendar read here."""
    kind = making.kind(received.agency)
    making.booked(kind, dt.datetime(2027, 1, 12, 8, 30, tzinfo=dt.UTC), received.people["amelie"])
    row = kept(received, monkeypatch, calendars.feed(Appointment.objects.with_words()))
    assert row.conflicts == 0 and not Busy.objects.exists()


@pytest.mark.database
def test_what_is_booked_stands_and_she_is_told(received: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    bruno, kind = received.people["bruno"], making.kind(received.agency)
    at = dt.datetime(2027, 1, 12, 8, 30, tzinfo=dt.UTC)
    booked = making.booked(kind, at, received.people["amelie"])
    row = kept(received, monkeypatch, MORNING)
    assert row.conflicts == 1 and services.conflicts(row) == [booked]
    said = [str(one.text) for one in waiting.Appointments().waiting_for(bruno, Role.COUNSELLOR)]
    assert any("(1)" in one for one in said)
    page = received.client("bruno").get(reverse(URL)).content.decode()
    assert booked.url in page and Appointment.objects.get(pk=booked.pk).state == "booked"


def test_what_fails_leaves_what_was_read_and_is_said(received: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(str(codes.why(one)) for one in codes.WHY)
    code = next(iter(codes.WHY))
    bruno = received.people["bruno"]
    kept(received, monkeypatch, MORNING)
    less = hours(received)

    def fails(*_what: Any, **_bounds: Any) -> None:
        raise NotReached(code)

    monkeypatch.setattr(outside, "fetch", fails)
    row = fetched(received)
    assert row.is_failing and row.refusal == code and hours(received) == less
    assert row.due_at == MONDAY + services.AGAIN_AFTER
    page = received.client("bruno").get(reverse(URL)).content.decode()
    with translation.override("fr"):
        assert codes.why(code) in page
    assert len(waiting.own_calendar(bruno)) == 1 and not waiting.own_calendar(bruno)[0].is_hot
    with time_machine.travel(MONDAY + dt.timedelta(hours=5), tick=False):
        assert waiting.own_calendar(bruno)[0].is_hot


def test_what_is_no_address_gets_a_sentence(received: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, client = gives(monkeypatch, MORNING), received.client("bruno")
    for address in ("", "ftp://agenda.example/a.ics", "https://", "https://a:b@c.example/x"):
        answer = client.post(reverse(URL), {"act": "address", "address": address})
        assert answer.status_code == 200 and answer.context["address"].errors
        assert not OutsideCalendar.objects.exists()
    answer = client.post(reverse(URL), {"act": "address", "address": "webcal://agenda.example/a.ics"})
    assert answer.status_code == 302 and not asked
    assert OutsideCalendar.objects.get().address == "https://agenda.example/a.ics"


def upload(client: Client, data: bytes) -> Any:
    return client.post(reverse(URL), {"act": "file", "file": SimpleUploadedFile("mine.ics", data)})


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([(0, 300)], [(0, 1)]),
        ([(1, 299)], [(0, 1)]),
        ([(299, 301)], [(0, 2)]),
        ([(0, 100), (200, 400)], [(0, 1), (1, 1)]),
        ([(0, 100), (200, 290)], [(0, 1)]),
        ([(0, 300 * 600)], [(0, 288), (288, 288), (576, 24)]),
    ],
)
def test_times_are_whole_five_minutes_each_once(times: Any, expected: Any) -> None:
    assert [*services.stretches(times)] == expected


def test_a_file_is_read_once_and_one_that_is_none_or_too_long_is_refused(received: Town) -> None:
    bruno = received.client("bruno")
    for size in (11_000_000, 61_000_000):
        big = SimpleUploadedFile("big.ics", b"x" * size, content_type="text/calendar")
        typed = {"act": "file", "address": "https://agenda.example/s.ics", "file": big}
        answer = bruno.post(reverse("appointments:outside"), typed)
        page = answer.content.decode()
        assert answer.status_code == (413 if size > 60_000_000 else 200), size
        assert "10 Mo" in page.replace("\u00a0", " ") and "<h1" in page
        assert not OutsideCalendar.objects.exists()
    assert "https://agenda.example/s.ics" in page
    client = received.client("bruno")
    wrong = calendar(event(";TZID=Lune/Mer:20270112T080000", "DURATION:PT1H", uid="wrong"))
    assert upload(client, MORNING + wrong).status_code == 302
    row = OutsideCalendar.objects.get()
    assert row.is_file and row.read_at == MONDAY and "08:30" not in hours(received)
    assert row.unread == 1, "what was not understood is counted"
    assert services.sweep() == 0, "there is nothing to fetch"
    answer = upload(client, b"no calendar")
    assert answer.status_code == 200 and answer.context["file"].errors
    assert OutsideCalendar.objects.get() == row
    assert client.post(reverse(URL), {"act": "end"}).status_code == 302
    assert not OutsideCalendar.objects.exists()
