"""Who waits for an earlier time: offered when one falls free, held by her channel, moved without cancelling."""

import datetime as dt

import pytest
import time_machine

from tests import factories
from tests.appointments.making import MONDAY, PARIS, booked, kind
from tests.personas import Town
from visavis.appointments import services
from visavis.appointments.earlier import offering, waiting
from visavis.appointments.enums import State
from visavis.appointments.models import Appointment, Kind, OtherDay, Quantum, Receiving
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
EARLY, LATE = MONDAY.date() + 3 * DAY, MONDAY.date() + 14 * DAY
AT_NINE = dt.datetime.combine(EARLY, dt.time(9), PARIS)
LATER = dt.datetime.combine(LATE, dt.time(9), PARIS)


@pytest.fixture
def first(received: Town) -> Kind:
    """Bruno receives one person on Thursday and four in two weeks; Thursday's time is taken."""
    Receiving.objects.all().delete()
    for day, until in ((EARLY, 570), (LATE, 660)):
        OtherDay.objects.create(
            agency=received.agency,
            user=received.people["bruno"],
            day=day,
            start=540,
            end=until,
            is_there=True,
        )
    found = kind(received.agency)
    booked(found, AT_NINE, somebody(received), received.people["rosa"])
    return found


def somebody(town: Town, channel: Channel = Channel.WEB) -> User:
    told = {"user__channel": channel, "user__phone": f"+336{User.objects.count():08}"}
    found: User = factories.JobseekerFactory(agency=town.agency, **told).user
    return found


def waits(town: Town, what: Kind, place: int = 0, channel: Channel = Channel.WEB) -> Appointment:
    """Somebody who has one of the four later times, and waits for an earlier one."""
    person = somebody(town, channel)
    row = booked(what, LATER + place * HOUR / 2, person, town.people["rosa"])
    waiting.begin(appointment=row, by=person)
    return row


def fall_free() -> None:
    """Who had Thursday's time cannot come."""
    services.cancel(appointment=Appointment.objects.get(starts_at=AT_NINE, state=State.BOOKED), by=None)


def offered() -> list[int | None]:
    return list(Appointment.objects.filter(in_place_of__isnull=False).values_list("person", flat=True))


def told() -> list[int]:
    return list(News.objects.filter(kind="earlier").order_by("pk").values_list("user", flat=True))


def test_a_time_that_falls_free_is_held_for_who_asked_first_and_moved_in_one_tap(
    received: Town, first: Kind
) -> None:
    rows = [waits(received, first, place) for place in range(2)]
    assert offering.sweep() == 0
    fall_free()
    assert offering.sweep() == 1
    assert (offered(), told()) == ([rows[0].person_id], [rows[0].person_id])
    with pytest.raises(services.Taken):
        booked(first, AT_NINE, somebody(received), received.people["rosa"])
    received.people["she"] = rows[0].person
    client = received.client("she")
    page = client.get(rows[0].url).text
    assert "jeudi 14 janvier" in page
    assert rows[0].url in client.get("/home/").text
    client.post(f"{rows[0].url}earlier/", {"act": "take", "version": rows[0].version})
    moved = Appointment.objects.get(pk=rows[0].pk)
    assert (moved.starts_at, moved.state, moved.sequence) == (AT_NINE, State.BOOKED, rows[0].sequence + 1)
    assert (moved.wants_earlier_at, offered()) == (None, [])
    assert Quantum.objects.filter(appointment=moved, person=moved.person).count() == 6
    # Her later time is free, and nobody else waits for one that late.
    assert LATER in services.next_free(first, None)


def test_who_keeps_her_time_or_is_silent_leaves_the_other_to_the_next(received: Town, first: Kind) -> None:
    rows = [
        waits(received, first, place, channel)
        for place, channel in enumerate([Channel.WEB, Channel.SMS, Channel.WEB])
    ]
    people = [row.person_id for row in rows]
    fall_free()
    offering.sweep()
    received.people["she"] = rows[0].person
    received.client("she").post(f"{rows[0].url}earlier/", {"act": "keep"})
    offering.sweep()
    assert told() == people[:2]
    assert Appointment.objects.get(pk=rows[0].pk).starts_at == LATER
    with time_machine.travel(MONDAY + 4 * HOUR + HOUR / 2, tick=False):
        with pytest.raises(services.HoldOver):
            services.take_earlier(appointment=rows[1], by=rows[1].person)
        services.free_what_is_over()
        offering.sweep()
    assert told() == people


def test_how_long_it_is_held_is_said_by_her_channel_and_never_ends_by_night(
    received: Town, first: Kind
) -> None:
    row = booked(first, LATER, somebody(received), received.people["rosa"])
    for channel, hour, until in (
        (Channel.SMS, 0, "11 12:00"),
        (Channel.SMS, 10, "12 10:00"),
        (Channel.WEB, 1, "12 10:00"),
        (Channel.PHONE, 4, "12 12:00"),
        (Channel.POST, 0, ""),
        (Channel.COUNTER, 0, ""),
    ):
        row.person.channel = channel
        found = offering.held_until(row, AT_NINE, MONDAY + hour * HOUR)
        assert (f"{found.astimezone(PARIS):%d %H:%M}" if found else "") == until, (channel, hour)


def test_nobody_waits_by_letter_or_is_offered_what_begins_too_soon(received: Town, first: Kind) -> None:
    person = somebody(received, Channel.POST)
    row = booked(first, LATER, person, received.people["rosa"])
    received.people["she"] = person
    assert "earlier/" not in received.client("she").get(row.url).text
    with pytest.raises(waiting.NotEarlier):
        waiting.begin(appointment=row, by=person)
    waits(received, first, 1)
    fall_free()
    with time_machine.travel(AT_NINE - 13 * HOUR, tick=False):
        offering.sweep()
    assert told() == []


def test_her_counsellor_answers_for_her_on_the_phone(received: Town, first: Kind) -> None:
    row = waits(received, first, 0, Channel.PHONE)
    fall_free()
    offering.sweep()
    rosa = received.client("rosa")
    assert "jeudi 14 janvier" in rosa.get(row.url).text
    rosa.post(f"{row.url}earlier/", {"act": "take"})
    assert Appointment.objects.get(pk=row.pk).starts_at == AT_NINE
    rosa.post(f"{row.url}earlier/", {"act": "begin"})
    assert Appointment.objects.get(pk=row.pk).wants_earlier_at is not None
    rosa.post(f"{row.url}earlier/", {"act": "end"})
    assert Appointment.objects.get(pk=row.pk).wants_earlier_at is None


def test_three_offers_at_most_and_one_a_day(received: Town, first: Kind) -> None:
    row = waits(received, first, 0, Channel.SMS)
    other = OtherDay.objects.get(day=EARLY)
    OtherDay.objects.filter(pk=other.pk).update(day=MONDAY.date() + 10 * DAY)
    Appointment.objects.exclude(pk=row.pk).delete()
    for day in range(5):
        for hour in (1, 7):
            with time_machine.travel(MONDAY + day * DAY + hour * HOUR, tick=False):
                services.free_what_is_over()
                services.look_again(row)
                offering.sweep()
    assert told() == [row.person_id] * 3


def test_a_time_held_for_her_is_no_appointment_of_its_own_and_goes_with_hers(
    received: Town, first: Kind
) -> None:
    row = waits(received, first)
    fall_free()
    offering.sweep()
    held = Appointment.objects.get(in_place_of=row)
    received.people["she"] = row.person
    client = received.client("she")
    client.post(f"/appointments/held/{held.uid}/")
    assert Appointment.objects.booked().filter(person=row.person).count() == 1
    with pytest.raises(services.HoldOver):
        services.confirm(uid=held.uid, person=row.person, by=row.person)
    services.cancel(appointment=row, by=row.person)
    assert offered() == []
    assert AT_NINE in services.next_free(first, None)
