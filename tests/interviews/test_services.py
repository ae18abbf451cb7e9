"""Arrive, admit, put out, leave, end: nobody is admitted but by an act, and who was put out stays out."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from time_machine import Traveller

from tests.interviews.making import both_in, seat
from tests.personas import Town
from visavis.appointments import services as appointments
from visavis.interviews import live, services
from visavis.interviews.enums import SeatState, Side, Sitter, State
from visavis.interviews.models import Interview, Seat
from visavis.journal.models import Entry
from visavis.live import topics
from visavis.live.models import Bulletin


def told(one: Seat) -> list[str]:
    rows = Bulletin.objects.filter(topic=live.topic_of(one.ear or "")).order_by("pk")
    return [row.body["k"] for row in rows]


def test_an_appointment_by_video_has_one_room_for_two_and_four_at_most(room: Interview, town: Town) -> None:
    again = services.of(appointment=town.appointment_by_video, by=town.people["bruno"])
    assert again == room and [one.sitter for one in room.seats.all()] == [Sitter.COUNSELLOR, Sitter.PERSON]
    with pytest.raises(services.NotByVideo):
        services.of(appointment=town.appointment, by=None)
    seen = {name for name, who in town.people.items() if Interview.objects.visible_to(who).exists()}
    assert seen == {"amelie", "bruno", "rosa"}
    for name in "ab":
        services.invite(interview=room, sitter=Sitter.HELPER, name=name, by=town.people["amelie"])
    assert seat(room, 4).agreed_at is not None
    with pytest.raises(services.NoSeatLeft):
        services.invite(interview=room, sitter=Sitter.HELPER, name="c", by=town.people["amelie"])


def test_nobody_is_admitted_who_does_not_wait(room: Interview, town: Town) -> None:
    with pytest.raises(services.NotNow):
        services.admit(seat=seat(room, 2), by=town.people["bruno"])
    for times in (1, 2):
        row = services.arrive(seat=seat(room, 2), by=None)
        assert row.state == SeatState.WAITING
        rung = Bulletin.objects.filter(topic="me", for_user=town.people["bruno"].pk)
        assert rung.count() == times
        services.leave(seat=row, by=None)
    services.arrive(seat=seat(room, 2), by=None)
    row = services.admit(seat=seat(room, 2), by=town.people["bruno"])
    assert row.state == SeatState.ADMITTED and Interview.objects.get().state == State.RUNNING
    assert Entry.objects.filter(thing="seat", thing_id=row.pk, note="admit:agency").exists()
    with pytest.raises(services.NotNow):
        services.admit(seat=row, by=town.people["bruno"])


def test_the_door_opens_a_quarter_hour_before_not_after_the_end(room: Interview, clock: Traveller) -> None:
    clock.move_to(room.appointment.starts_at - dt.timedelta(minutes=15, seconds=1))
    with pytest.raises(services.TooEarly):
        services.arrive(seat=seat(room, 2), by=None)
    clock.move_to(room.closes_at + dt.timedelta(seconds=1))
    with pytest.raises(services.Over):
        services.arrive(seat=seat(room, 2), by=None)


def test_the_door_of_a_cancelled_appointment_is_closed(room: Interview, town: Town) -> None:
    appointments.revoke(appointment=room.appointment, by=town.people["bruno"])
    with pytest.raises(services.Over):
        services.arrive(seat=seat(room, 2), by=None)


def test_who_was_cut_comes_back_without_being_admitted_anew(room: Interview, town: Town) -> None:
    host, before = both_in(room, town)
    after = services.connect(seat=seat(room, 2))
    assert after.state == SeatState.ADMITTED and after.connection == before.connection + 1
    # His page needs to ask nothing to meet her again.
    news = Bulletin.objects.filter(topic=live.topic_of(host.ear or "")).latest("pk").body
    assert news == {"k": "seats", "n": 2, "c": after.connection}
    assert told(before)[-1] == "moved" and topics.may_hear(None, live.topic_of(after.ear or ""))
    assert not topics.may_hear(None, live.topic_of(before.ear or ""))
    assert not services.sign(seat=after, connection=before.connection, is_here=False)
    assert seat(room, 2).is_here
    assert services.sign(seat=after, connection=after.connection, is_here=False)
    assert not seat(room, 2).is_here and seat(room, 2).state == SeatState.ADMITTED
    assert told(host)[-1] == "gone"


def test_who_was_put_out_hears_nothing_and_does_not_come_back(room: Interview, town: Town) -> None:
    host, hers = both_in(room, town)
    for side in Side.AGENCY, Side.PERSON:
        with pytest.raises(services.NotNow):
            services.put_out(seat=seat(room, 1), by=None, side=side)
    row = services.put_out(seat=seat(room, 2), by=town.people["bruno"])
    assert told(hers)[-1] == "out" and told(host)[-1] == "out" and row.ear is None
    assert not topics.may_hear(None, live.topic_of(hers.ear or ""))
    for comes in (services.connect, lambda seat: services.arrive(seat=seat, by=None)):
        with pytest.raises(services.NotNow):
            comes(seat=seat(room, 2))
    services.let_back(seat=seat(room, 2), by=town.people["bruno"])
    assert services.arrive(seat=seat(room, 2), by=None).state == SeatState.WAITING


def test_nobody_sits_beside_without_the_persons_yes(room: Interview, town: Town) -> None:
    both_in(room, town)
    by = town.people["bruno"]
    beside = services.invite(interview=room, sitter=Sitter.INTERPRETER, name="Mme Sow", by=by)
    services.arrive(seat=beside, by=None)
    with pytest.raises(services.NotAgreed):
        services.admit(seat=beside, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=beside.pk).update(state=SeatState.ADMITTED)
    services.agree(seat=beside, by=None)
    assert services.admit(seat=beside, by=by).called == "Mme Sow"
    services.put_out(seat=beside, by=None, side=Side.PERSON)
    assert seat(room, 3).state == SeatState.OUT


def test_the_end_is_for_all_and_is_taken_back_in_time(room: Interview, town: Town, clock: Traveller) -> None:
    _host, hers = both_in(room, town)
    services.end(interview=room, by=town.people["bruno"])
    assert told(hers)[-1] == "ended" and not Seat.objects.filter(ear__isnull=False).exists()
    with pytest.raises(services.Over):
        services.arrive(seat=seat(room, 2), by=None)
    services.resume(interview=room, by=town.people["bruno"])
    assert services.arrive(seat=seat(room, 2), by=None).state == SeatState.WAITING
    services.end(interview=room, by=town.people["bruno"])
    clock.move_to(room.closes_at + dt.timedelta(seconds=1))
    with pytest.raises(services.Over):
        services.resume(interview=room, by=town.people["bruno"])
