"""Be called instead: one tap, a promise that is kept, and what becomes of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from tests.interviews.making import seat, url
from tests.personas import Town
from visavis.appointments import services as appointments
from visavis.appointments import telling
from visavis.interviews import calls
from visavis.interviews.enums import Why
from visavis.interviews.models import Call, Interview
from visavis.journal.models import Entry
from visavis.live.models import Bulletin
from visavis.news.models import News

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
NUMBER = "+33612345678"


@pytest.fixture
def phoned(room: Interview) -> Interview:
    """Amélie's number is known."""
    person = room.appointment.person
    assert person is not None
    person.phone = NUMBER
    person.save(update_fields=["phone"])
    return room


def tap(client: Client, room: Interview, **more: str) -> Any:
    typed = {"why": "camera", **more}
    return client.post(url("call_me", seat(room, 2)), typed, headers={"Accept-Language": "en"})


def test_one_tap_without_an_account_rings_until_she_takes_it_back(phoned: Interview, town: Town) -> None:
    assert tap(Client(), phoned)["Location"] == seat(phoned, 2).url
    call = Call.objects.get()
    assert (call.why, call.state, call.phone) == (Why.CAMERA, "wanted", NUMBER)
    assert Bulletin.objects.filter(topic="me", for_user=town.people["bruno"].pk).count() == 1
    said = Client().get(url("seat", seat(phoned, 2)), headers={"Accept-Language": "en"}).text
    assert "at the number that ends in 78" in said and NUMBER not in said
    tap(Client(), phoned)
    assert Call.objects.count() == 1
    tap(Client(), phoned)
    tap(Client(), phoned, act="take-back")
    assert Call.objects.get().state == "taken-back"


def test_without_a_number_she_is_asked_for_one_and_what_is_none_is_a_sentence(room: Interview) -> None:
    assert "At which number" in tap(Client(), room).text
    answer = tap(Client(), room, number="abc")
    assert "This is no phone number" in answer.text and "abc" in answer.text
    tap(Client(), room, number="06 12 34 56 78")
    assert Call.objects.get().phone == NUMBER and Call.objects.get().why == Why.CAMERA


def test_the_promise_is_the_hour_then_a_quarter_then_the_door(phoned: Interview) -> None:
    row = phoned.appointment
    assert calls.promised(phoned, row.starts_at - 60 * MINUTE) == row.starts_at
    assert calls.promised(phoned, row.starts_at + MINUTE) == row.starts_at + 16 * MINUTE
    late = row.ends_at + dt.timedelta(hours=12)
    opening = row.agency.timetable.next_opening(late)
    if row.agency.timetable.is_open(late) or opening is None:
        assert calls.promised(phoned, late) == late + calls.SOON
    else:
        assert calls.promised(phoned, late) == opening + calls.SOON


def the_call(room: Interview) -> Call:
    return calls.ask(interview=room, why=Why.RATHER, by=None)


def done(town: Town, call: Call, act: str, who: str = "bruno") -> Any:
    call.refresh_from_db()
    return town.client(who).post(call.url, {"act": act, "version": call.version})


@pytest.mark.parametrize("who", ["bruno", "rosa"])
def test_who_is_reached_was_received_and_the_journal_says_so(who: str, phoned: Interview, town: Town) -> None:
    call = the_call(phoned)
    assert done(town, call, "reach", who)["Location"] == reverse("interviews:calls")
    phoned.refresh_from_db()
    phoned.appointment.refresh_from_db()
    assert (phoned.state, phoned.appointment.state) == ("ended", "seen")
    said = Entry.objects.filter(thing="call", person_id=phoned.person_id).values_list("note", flat=True)
    assert list(said) == ["ask:person", "reach:agency"]


def test_who_does_not_answer_stays_listed_and_after_three_tries_is_told(
    phoned: Interview, town: Town
) -> None:
    call = the_call(phoned)
    done(town, call, "miss")
    town.client("bruno").post(call.url, {"act": "reach", "version": 1})
    assert Call.objects.get().state == "wanted"
    done(town, call, "give-up")
    assert Call.objects.get().state == "wanted"
    for _time in range(2):
        done(town, call, "miss")
    assert Call.objects.get().tries == 3
    done(town, call, "give-up")
    assert Call.objects.get().state == "unreached"
    assert News.objects.filter(user=phoned.person_id, kind=telling.UNREACHED).exists()


def test_the_list_says_whom_why_and_by_when(phoned: Interview, town: Town, clock: Traveller) -> None:
    answer = town.client("bruno").post(reverse("interviews:move", args=[phoned.appointment_id, "call"]))
    assert answer["Location"] == Call.objects.get().url and Call.objects.get().why == Why.ABSENT
    call = the_call(phoned)
    assert "est à appeler" in town.client("bruno").get("/", follow=True).text
    clock.move_to(call.due_at + MINUTE)
    said = town.client("rosa").get(reverse("interviews:calls")).text
    assert town.people["amelie"].name in said and "06 12 34 56 78" in said and "tag bad" in said
    assert town.people["amelie"].name not in town.client("dario").get(reverse("interviews:calls")).text
    town.client("rosa").get(call.url)
    assert Entry.objects.filter(thing="call", action="read", actor_id=town.people["rosa"].pk).count() == 1
    answer = done(town, the_call(phoned), "renew")
    assert answer["Location"] == reverse("appointments:move", args=[phoned.appointment_id])


def test_who_was_reached_by_phone_did_not_miss_it(phoned: Interview, town: Town, clock: Traveller) -> None:
    call = the_call(phoned)
    clock.move_to(phoned.appointment.starts_at + MINUTE)
    done(town, call, "reach")
    clock.move_to(phoned.appointment.ends_at + 20 * MINUTE)
    said = Client().get(url("seat", seat(phoned, 2)), headers={"Accept-Language": "en"}).text
    assert "This interview is over" in said
    assert "The hour of this interview is past" not in said and "I would rather be called" not in said


def test_calls_follow_appointments(phoned: Interview, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    call, row = the_call(phoned), phoned.appointment
    later = row.starts_at + dt.timedelta(days=2)
    monkeypatch.setattr(appointments, "_candidates", lambda *_asked: [row.counsellor_id])
    appointments.move(appointment=row, starts_at=later, by=town.people["bruno"])
    call.refresh_from_db()
    assert (call.state, call.due_at) == ("wanted", later)


@pytest.mark.parametrize("who", ["amelie", "bruno"])
def test_nobody_is_called_once_cancelled(who: str, phoned: Interview, town: Town, clock: Traveller) -> None:
    clock.move_to(phoned.appointment.starts_at - dt.timedelta(days=1))
    call = the_call(phoned)
    appointments.cancel(appointment=phoned.appointment, by=town.people[who])
    call.refresh_from_db()
    assert call.state == "taken-back" and not Call.objects.to_make().exists()
