"""The waiting room: who is told what, from a quarter of an hour before the hour until long after it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from tests.interviews.making import NOW, both_in, seat, url
from tests.personas import Town
from visavis.appointments.models import Appointment
from visavis.interviews import services, throttle, waiting_room
from visavis.interviews.models import Interview
from visavis.interviews.waiting_room import Where
from visavis.news.models import News
from visavis.people.models import User

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def page(client: Client, room: Interview, number: int = 2) -> str:
    answer = client.get(url("seat", seat(room, number)), headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def arrive(client: Client, room: Interview) -> None:
    assert client.post(url("act", seat(room, 2), "arrive")).status_code == 302


def where(town: Town) -> Where:
    (row,) = [one for one in waiting_room.rows(town.people["bruno"]) if one.interview is not None]
    return row.where


def another(town: Town, minutes: int) -> Interview:
    """Another person with Bruno by video, so many minutes before Amélie."""
    own = town.appointment_by_video
    starts_at = own.starts_at - minutes * MINUTE
    person = User.objects.create_user(email=f"other{minutes}@exemple.example", name="Other")
    told = {"agency": own.agency, "kind": own.kind, "counsellor": own.counsellor, "way": "web"}
    when = {"starts_at": starts_at, "ends_at": starts_at + 30 * MINUTE}
    row = Appointment.objects.create(person=person, channel="video", state="booked", **when, **told)
    return services.of(appointment=row, by=None)


def test_it_opens_a_quarter_of_an_hour_before_and_says_for_whom(room: Interview, clock: Traveller) -> None:
    clock.move_to(NOW - 30 * MINUTE)
    assert "The waiting room opens at" in page(Client(), room)
    arrive(Client(), room)
    assert seat(room, 2).state == "invited"
    clock.move_to(room.opens_at)
    arrive(Client(), room)
    assert seat(room, 2).state == "waiting"
    clock.move_to(NOW)
    arrive(Client(), room)
    said = page(Client(), room)
    assert "in 5 minutes" in said and "sees that you are here" in said
    assert room.appointment.counsellor is not None and room.appointment.counsellor.name in said


def test_her_place_and_that_another_runs_over_is_told(room: Interview, town: Town, clock: Traveller) -> None:
    both_in(another(town, 30), town)
    arrive(Client(), room)
    assert "1 person is received before you" in page(Client(), room)
    clock.move_to(room.appointment.starts_at + 3 * MINUTE)
    assert "lasts longer" in page(Client(), room) and "in 5 minutes" in page(Client(), room)


def test_what_rings_is_another_mark_at_each_arrival_and_more_people_ask_no_more_questions(
    room: Interview, town: Town, clock: Traveller, django_assert_max_num_queries: object
) -> None:
    marks = set()
    for _time in range(2):
        arrive(Client(), room)
        marks |= {one.mark for one in waiting_room.rows(town.people["bruno"])}
        services.leave(seat=seat(room, 2), by=None)
        clock.shift(MINUTE)
    assert len(marks - {""}) == 2
    for place in range(6):
        arrive(Client(), another(town, place))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(waiting_room.rows(town.people["bruno"])) == 7


def test_late_absent_and_gone_are_read_from_the_clock(room: Interview, town: Town, clock: Traveller) -> None:
    assert where(town) == Where.TO_COME
    clock.move_to(room.appointment.starts_at + 2 * MINUTE)
    assert where(town) == Where.LATE
    assert "En retard de 2 minutes" in town.client("bruno").get(room.appointment.url).text
    clock.shift(14 * MINUTE)
    assert where(town) == Where.ABSENT
    arrive(Client(), room)
    assert where(town) == Where.WAITS
    clock.shift(MINUTE)
    assert where(town) == Where.GONE
    both_in(room, town)
    assert where(town) == Where.RUNS
    clock.move_to(room.appointment.ends_at + MINUTE)
    assert where(town) == Where.OVER
    services.end(interview=room, by=town.people["bruno"])
    assert where(town) == Where.ENDED
    room.appointment.refresh_from_db()
    assert room.appointment.state == "seen"
    said = town.client("bruno").get(reverse("interviews:waiting")).text
    assert reverse("casefiles:begin", args=[room.appointment_id]) in said


def test_what_ends_with_nobody_let_in_says_nothing_of_the_appointment(room: Interview, town: Town) -> None:
    arrive(Client(), room)
    services.end(interview=room, by=town.people["bruno"])
    room.appointment.refresh_from_db()
    assert room.appointment.state == "booked"


def test_who_waits_and_nobody_else_is_let_in_by_one_tap_of_the_list(room: Interview, town: Town) -> None:
    answer = town.client("bruno").post(reverse("interviews:move", args=[room.appointment_id, "admit"]))
    assert answer["Location"] == reverse("interviews:waiting")
    assert seat(room, 2).state == "invited"
    arrive(Client(), room)
    client = town.client("bruno")
    assert "Faire entrer" in client.get(reverse("interviews:waiting")).text
    answer = client.post(reverse("interviews:move", args=[room.appointment_id, "admit"]))
    assert answer.status_code == 302 and answer["Location"] == seat(room, 1).url
    assert seat(room, 2).state == "admitted"


def test_who_did_not_come_is_noted_and_told(room: Interview, town: Town, clock: Traveller) -> None:
    clock.move_to(room.appointment.starts_at + 20 * MINUTE)
    town.client("bruno").post(reverse("interviews:move", args=[room.appointment_id, "absent"]))
    room.appointment.refresh_from_db()
    assert room.appointment.state == "no-show"
    assert News.objects.filter(user=room.appointment.person, kind="missed").count() == 1
    said = page(Client(), room)
    assert "Nothing is lost" in said and "Be called" in said


def test_forty_of_one_address_come_in_who_never_stops_is_slowed_alone(room: Interview, town: Town) -> None:
    for place in range(39):
        one = another(town, place)
        arrive(Client(REMOTE_ADDR="203.0.113.9"), one)
        assert seat(one, 2).state == "waiting"
    hers = Client(REMOTE_ADDR="203.0.113.9")
    for _time in range(throttle.RINGS.free + 3):
        arrive(hers, room)
        hers.post(url("act", seat(room, 2), "leave"))
    assert seat(room, 2).steps.filter(act="arrive").count() == throttle.RINGS.free
    late = another(town, 50)
    arrive(Client(REMOTE_ADDR="203.0.113.9"), late)
    assert seat(late, 2).state == "waiting"
