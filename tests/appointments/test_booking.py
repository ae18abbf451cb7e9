"""Hold, book, move, cancel: each once, each within its time."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests import factories
from tests.appointments.making import (
    MONDAY,
    TUESDAY,
    booked,
    colleague,
    kind,
    somebody,
    times,
    wall,
    wanted,
    workshop,
)
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.appointments import permissions, rooms, services, telling
from visavis.appointments.enums import Act, State
from visavis.appointments.models import Appointment, Quantum, Seat
from visavis.common import keeping
from visavis.interviews.models import Interview

TODAY, TOMORROW = MONDAY.date(), TUESDAY


@pytest.mark.database
def test_a_time_is_held_then_booked_or_free_again_after_too_long(received: Town) -> None:
    first, gael = kind(received.agency), received.people["gael"]
    at, later = times(received.agency, 30, TOMORROW)[:2]
    held = services.hold(wanted=wanted(first, at), person=None, by=None)
    assert at not in times(received.agency, 30, TOMORROW)
    row = services.confirm(uid=held.uid, person=gael, by=gael)
    assert (row.state, row.person, row.counsellor) == (State.BOOKED, gael, received.people["bruno"])
    assert Quantum.objects.filter(person=gael, appointment=row).count() == 6
    with pytest.raises(services.HoldOver):
        services.confirm(uid=held.uid, person=gael, by=gael)
    held = services.hold(wanted=wanted(first, later), person=gael, by=gael)
    with time_machine.travel(MONDAY + dt.timedelta(minutes=10, seconds=1)):
        with pytest.raises(services.HoldOver):
            services.confirm(uid=held.uid, person=gael, by=gael)
        other = somebody(received)
        assert services.hold(wanted=wanted(first, later), person=other, by=other).starts_at == later
    assert not Appointment.objects.filter(pk=held.pk).exists()


@pytest.mark.database
def test_two_counsellors_give_a_time_twice_and_a_follow_up_is_with_ones_own(received: Town) -> None:
    eve = colleague(received)
    first, long = kind(received.agency), kind(received.agency, minutes=60)
    at = times(received.agency, 30, TOMORROW)[0]
    people = [somebody(received) for _n in range(3)]
    with_whom = {booked(first, at, people[0]).counsellor_id}
    with pytest.raises(services.Elsewhere):
        booked(long, at, people[0])
    with_whom.add(booked(first, at, people[1]).counsellor_id)
    assert with_whom == {eve.pk, received.people["bruno"].pk}
    with pytest.raises(services.Taken):
        booked(first, at, people[2])
    follow_up = kind(received.agency, "follow-up")
    amelie, bruno = received.people["amelie"], received.people["bruno"]
    assert booked(follow_up, times(received.agency, 30, TOMORROW)[0], amelie).counsellor == bruno
    away = TOMORROW + dt.timedelta(days=1)
    Absence.objects.create(agency=received.agency, user=bruno, substitute=eve, starts_on=away, ends_on=away)
    assert booked(follow_up, times(received.agency, 30, away)[0], amelie).counsellor == eve
    with pytest.raises(permissions.NoCounsellor):
        booked(follow_up, times(received.agency, 30, TOMORROW)[1], received.people["gael"])


@pytest.mark.database
def test_a_time_is_booked_once_and_not_where_none_is_given(received: Town) -> None:
    short, gael = kind(received.agency), received.people["gael"]
    at = times(received.agency, 30, TOMORROW)[0]
    for odd in (at + dt.timedelta(minutes=10), at - dt.timedelta(days=2), at + dt.timedelta(seconds=30)):
        with pytest.raises(services.Taken):
            booked(short, odd, gael)
    with pytest.raises(services.NotGiven):
        services.book(wanted=wanted(short, at, channel="home"), person=gael, by=gael)
    long = kind(received.agency, minutes=60)
    at = times(received.agency, 30, TOMORROW)[1]
    booked(short, at, received.people["gael"])
    person = somebody(received)
    for other in (at, at - dt.timedelta(minutes=30)):
        with pytest.raises(services.Taken):
            booked(long, other, person)
    assert Appointment.objects.count() == 1


@pytest.mark.database
def test_a_workshop_has_so_many_places(received: Town) -> None:
    cvs = kind(received.agency, "workshop", 120)
    at = times(received.agency, 120, TOMORROW)[0]
    session = workshop(cvs, at, received.people["bruno"], places=2)
    assert at not in times(received.agency, 30, TOMORROW)
    people = [factories.JobseekerFactory(agency=received.agency).user for _number in range(3)]
    rows = [services.book(wanted=wanted(cvs, at, workshop=session), person=one, by=one) for one in people[:2]]
    with pytest.raises(services.Taken):
        services.book(wanted=wanted(cvs, at, workshop=session), person=people[2], by=people[2])
    services.cancel(appointment=rows[0], by=people[0])
    services.book(wanted=wanted(cvs, at, workshop=session), person=people[2], by=people[2])
    assert sorted(Seat.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.database
def test_the_database_keeps_places_and_time(received: Town) -> None:
    bruno = received.people["bruno"]
    cvs = kind(received.agency, "workshop", 60)
    session = workshop(cvs, times(received.agency, 60, TOMORROW)[0], bruno, places=1)
    row = booked(kind(received.agency), times(received.agency, 30, TOMORROW)[-1], received.people["gael"])
    at = Quantum.objects.filter(appointment=row).first()
    assert at is not None
    for twice in (
        lambda: Quantum.objects.create(at=at.at, counsellor=bruno, appointment=row),
        lambda: Quantum.objects.create(at=at.at, person=row.person, appointment=row),
        lambda: Seat.objects.create(workshop=session, number=2, places=1, appointment=row),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            twice()


def test_moving_takes_the_new_time_and_frees_the_old_which_stands_without_a_new_one(received: Town) -> None:
    first, gael = kind(received.agency), received.people["gael"]
    day = TODAY + dt.timedelta(days=4)
    old, taken, new = times(received.agency, 30, day)[:3]
    row = booked(first, old, gael)
    booked(first, taken, somebody(received))
    with pytest.raises(services.Taken):
        services.move(appointment=row, starts_at=taken, by=gael)
    row.refresh_from_db()
    assert (row.starts_at, row.quanta.count()) == (old, 6)
    moved = services.move(appointment=row, starts_at=new, by=gael)
    assert (moved.starts_at, moved.sequence, moved.uid) == (new, 1, row.uid)
    assert wall(times(received.agency, 30, day))[0] == "08:30"
    assert new not in times(received.agency, 30, day)


@pytest.mark.parametrize("minutes", [15, 60])
def test_what_is_moved_lasts_as_its_kind_says_today(received: Town, minutes: int) -> None:
    first, gael = kind(received.agency), received.people["gael"]
    day = TODAY + dt.timedelta(days=4)
    row = booked(first, times(received.agency, 30, day)[0], gael)
    first.minutes = minutes
    first.save()
    new = times(received.agency, minutes, day)[-1]
    moved = services.move(appointment=Appointment.objects.get(pk=row.pk), starts_at=new, by=gael)
    assert (moved.minutes, moved.quanta.count()) == (minutes, minutes // 5)


def test_she_changes_until_two_days_and_cancels_until_four_hours_before(received: Town) -> None:
    first, gael = kind(received.agency), received.people["gael"]
    at = times(received.agency, 30, TOMORROW)[0]
    row = booked(first, at, gael)
    with pytest.raises(services.TooLate):
        services.move(
            appointment=row, starts_at=times(received.agency, 30, TODAY + dt.timedelta(days=3))[0], by=gael
        )
    with time_machine.travel(at - dt.timedelta(hours=4), tick=False), pytest.raises(services.TooLate):
        services.cancel(appointment=row, by=gael)
    with time_machine.travel(at - dt.timedelta(hours=4, seconds=1), tick=False):
        assert services.cancel(appointment=row, by=gael).state == State.EXCUSED
    assert at in times(received.agency, 30, TOMORROW)
    assert not row.quanta.exists()


def test_the_agency_cancels_excuses_and_says_whether_it_took_place(
    received: Town, gaels: Appointment
) -> None:
    first, gael, bruno = kind(received.agency), received.people["gael"], received.people["bruno"]
    at = times(received.agency, 30, TOMORROW)
    assert services.cancel(appointment=booked(first, at[0], gael), by=bruno).state == State.REVOKED
    assert services.excuse(appointment=booked(first, at[1], gael), by=bruno).state == State.EXCUSED
    row = booked(first, at[2], gael)
    with pytest.raises(services.NotNow):
        services.settle(appointment=row, act=Act.MISS, by=bruno)
    with time_machine.travel(at[2] + dt.timedelta(minutes=20)):
        assert services.settle(appointment=row, act=Act.MISS, by=bruno).state == State.NO_SHOW
        assert services.settle(appointment=row, act=Act.SEE, by=bruno).state == State.SEEN
    told = telling.tell(gaels, telling.BOOKED)
    assert told is not None
    assert keeping.forget()["news of appointments that are gone"] == 0
    gaels.delete()
    assert keeping.forget()["news of appointments that are gone"] == 1


@pytest.mark.parametrize(("channel", "has_room"), [("video", True), ("agency", False)])
def test_an_appointment_by_video_alone_has_its_room_as_soon_as_it_is_booked(
    received: Town, channel: str, *, has_room: bool
) -> None:
    first = kind(received.agency, channels=[channel])
    [at, *_more] = times(received.agency, 30, MONDAY.date())
    her, bruno = received.people["amelie"], received.people["bruno"]
    row = services.book(wanted=wanted(first, at, channel=channel), person=her, by=bruno)
    assert (Interview.objects.filter(appointment=row).exists(), bool(rooms.link_of(row))) == (
        has_room,
        has_room,
    )
