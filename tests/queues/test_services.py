import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine

from tests import factories
from tests.personas import Town
from visavis.acts.ledger import Moved
from visavis.agencies.models import Absence
from visavis.appointments import services as appointments
from visavis.appointments.enums import Act
from visavis.appointments.models import Appointment
from visavis.live import topics
from visavis.live.models import Bulletin
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.queues import services
from visavis.queues.enums import Priority, State
from visavis.queues.models import Ticket

# A Tuesday, half past nine at the door.
NOW = dt.datetime(2027, 3, 23, 8, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def come(town: Town, by: str | None = "rosa", **more: object) -> Ticket:
    return services.come_in(agency=town.agency, by=town.people[by] if by else None, **more)  # type: ignore[arg-type]


def next_for(town: Town, who: str = "bruno", desk: str = "3") -> Ticket:
    return services.call_next(agency=town.agency, desk=desk, by=town.people[who])


def serve(ticket: Ticket, by: User) -> None:
    """Begin and finish with who was called."""
    services.finish(ticket=services.begin(ticket=ticket, by=by), by=by)


def colleague(town: Town) -> User:
    return factories.UserFactory(role=Role.COUNSELLOR, role__organisation=town.agency.organisation)


def test_numbers_follow_each_day_until_the_hall_is_full(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [come(town).number for _one in range(3)] == [1, 2, 3]
    assert services.come_in(agency=town.other_agency, by=town.people["dario"]).number == 1
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        assert come(town).number == 1
    yesterday = Ticket.objects.filter(agency=town.agency, day=dt.date(2027, 3, 23))
    assert {one.state for one in yesterday} == {State.LEFT}, "who waited yesterday has gone"
    codes = {come(town).code for _one in range(5)}
    assert len(codes) == 5 and all(len(code) == services.CODE_LENGTH for code in codes)
    monkeypatch.setattr(services, "MOST_HERE", 5)
    with pytest.raises(services.QueueFull):
        come(town)


def test_priority_comes_first_then_the_hour_of_an_appointment_then_arrival(town: Town) -> None:
    usual, later = come(town), come(town)
    expected, first = come(town, priority=Priority.EXPECTED), come(town, priority=Priority.FIRST)
    called = []
    for _one in range(4):
        called.append(next_for(town))
        serve(called[-1], town.people["bruno"])
    assert called == [first, expected, usual, later]
    with pytest.raises(services.NobodyWaits):
        next_for(town)
    at_eleven, at_ten = (come(town, priority=Priority.EXPECTED) for _one in range(2))
    for ticket, minutes in ((at_eleven, 90), (at_ten, 30)):
        Ticket.objects.filter(pk=ticket.pk).update(ranks_at=NOW + dt.timedelta(minutes=minutes))
    assert list(Ticket.objects.waiting()) == [at_ten, at_eleven]


def test_who_does_not_come_is_missed_after_three_calls_and_may_come_back(town: Town, clock: Any) -> None:
    come(town)
    ticket = next_for(town)
    for _time in range(2):
        clock.shift(60)
        ticket = services.call(ticket=ticket, desk="3", by=town.people["bruno"])
    assert (ticket.called_at, ticket.calls) == (NOW, 3)
    assert ticket.last_called_at == NOW + dt.timedelta(minutes=2)
    with pytest.raises(services.NotNow):
        services.call(ticket=ticket, desk="3", by=town.people["bruno"])
    services.miss(ticket=ticket, by=town.people["bruno"])
    bruno = town.people["bruno"]
    come(town), come(town)
    ticket = next_for(town)
    with pytest.raises(services.TooFewCalls):
        services.miss(ticket=ticket, by=bruno)
    for _time in range(2):
        ticket = services.call(ticket=ticket, desk="3", by=bruno)
    services.miss(ticket=ticket, by=bruno)
    assert next_for(town).number == 3
    back = services.come_back(ticket=ticket, by=None)
    assert (back.state, back.calls) == (State.WAITING, 0)
    assert next_for(town, "rosa", "1") == ticket, "at the place it had"


def test_a_ticket_on_hold_or_passed_to_a_colleague_frees_the_desk_and_is_called_again(town: Town) -> None:
    bruno = town.people["bruno"]
    come(town), come(town)
    first = services.begin(ticket=next_for(town), by=bruno)
    with pytest.raises(services.StillServing):
        next_for(town)
    services.put_on_hold(ticket=first, by=bruno)
    second = next_for(town)
    with pytest.raises(services.StillServing):
        services.call(ticket=first, desk="3", by=bruno)
    serve(second, bruno)
    again = services.call(ticket=first, desk="3", by=bruno)
    assert again.state == State.CALLED
    serve(again, bruno)
    bruno, other = town.people["bruno"], colleague(town)
    come(town), come(town)
    ticket = services.begin(ticket=next_for(town), by=bruno)
    services.pass_on(ticket=ticket, to=other, by=bruno)
    assert next_for(town) != ticket
    assert services.call_next(agency=town.agency, desk="5", by=other) == ticket
    with pytest.raises(services.NotAColleague):
        services.pass_on(ticket=ticket, to=town.people["dario"], by=other)


def test_a_late_page_a_desk_of_somebody_else_and_no_desk_touch_no_ticket(town: Town) -> None:
    seen = come(town)
    ticket = next_for(town)
    with pytest.raises(Moved):
        services.leave(ticket=ticket, by=town.people["rosa"], seen=seen.version)
    with pytest.raises(services.NoDesk):
        next_for(town, desk=" ")
    with pytest.raises(services.NotNow):
        services.begin(ticket=ticket, by=town.people["rosa"])
    with pytest.raises(services.NotNow):
        services.call(ticket=ticket, desk="1", by=town.people["rosa"])


def test_the_door_gives_tickets_while_it_is_open_and_reception_always(town: Town) -> None:
    assert come(town, by=None).steps.get().side == "person"
    with time_machine.travel(NOW + dt.timedelta(hours=10), tick=False):
        with pytest.raises(services.DoorClosed):
            come(town, by=None)
        assert come(town).number == 2


def test_each_act_tells_the_open_pages_of_its_door_and_nothing_of_anybody(town: Town, clock: Any) -> None:
    come(town, person=town.people["amelie"])
    next_for(town)
    told = [(row.topic, row.body, row.for_user) for row in Bulletin.objects.order_by("pk")]
    day, topic = str(services.today(town.agency)), f"queue:{town.agency.pk}"
    came = {"number": 1, "state": "waiting", "last": True}
    called = {"number": 1, "state": "called", "desk": "3", "calls": 1}
    assert told == [(topic, {"day": day, "moves": [one]}, None) for one in (came, called)]
    clock.shift(dt.timedelta(days=1))
    come(town)
    assert Bulletin.objects.latest("pk").body == {}, "two days in one act"
    assert topics.may_hear(None, f"queue:{town.agency.pk}")
    assert not topics.may_hear(None, "queue:0") and not topics.may_hear(None, "queue:x")


def test_open_pages_are_not_told_why_somebody_has_gone_nor_for_whom_she_waits(town: Town) -> None:
    rosa = town.people["rosa"]
    first = come(town, person=town.people["amelie"], priority=Priority.FIRST, to=town.people["bruno"])
    services.put_on_hold(ticket=first, by=rosa)
    services.leave(ticket=come(town), by=rosa)
    assert [one for row in Bulletin.objects.order_by("pk") for one in row.body["moves"]] == [
        {"number": 1, "state": "waiting", "last": False},
        {"number": 1, "state": "gone"},
        {"number": 2, "state": "waiting", "last": True},
        {"number": 2, "state": "gone"},
    ]


def in_minutes(town: Town, minutes: int) -> Appointment:
    """Have Amélie's appointment with Bruno, of half an hour, begin so many minutes from now."""
    row, starts = town.appointment, NOW + dt.timedelta(minutes=minutes)
    row.agency, row.counsellor, row.channel = town.agency, town.people["bruno"], "agency"
    row.starts_at, row.ends_at = starts, starts + dt.timedelta(minutes=30)
    row.save()
    return row


def test_who_is_expected_comes_first_to_who_receives_her_and_it_took_place(town: Town) -> None:
    bruno, amelie = town.people["bruno"], town.people["amelie"]
    booked = in_minutes(town, 20)
    come(town)
    ticket = come(town, person=amelie)
    assert (ticket.to, ticket.priority, ticket.ranks_at) == (bruno, Priority.EXPECTED, booked.starts_at)
    assert next_for(town, "rosa", "1").number == 1, "another desk leaves her to who expects her"
    serve(next_for(town), bruno)
    booked.refresh_from_db()
    assert booked.state == "seen"


def two_on_a_day(town: Town, *minutes: int) -> list[Appointment]:
    """Two appointments of half an hour, so many minutes from now: with her counsellor, then with a colleague."""
    first = in_minutes(town, minutes[0])
    second = Appointment.objects.get(pk=first.pk)
    second.pk, second.uid, second.counsellor = None, uuid.uuid4(), colleague(town)
    second.starts_at, second.ends_at = (NOW + dt.timedelta(minutes=minutes[1] + more) for more in (0, 30))
    second.save(force_insert=True)
    return [first, second]


def test_of_two_appointments_on_a_day_she_has_come_for_the_nearest(town: Town) -> None:
    # Nobody said of the first one whether it took place.
    _earlier, later = two_on_a_day(town, -90, 20)
    ticket = come(town, person=town.people["amelie"])
    assert (ticket.to, ticket.ranks_at) == (later.counsellor, later.starts_at)
    serve(services.call_next(agency=town.agency, desk="4", by=later.counsellor), later.counsellor)
    states = Appointment.objects.order_by("starts_at").values_list("state", flat=True)
    assert list(states) == ["booked", "seen"]


def test_who_is_late_for_one_is_not_sent_to_the_next(town: Town) -> None:
    missed, _later = two_on_a_day(town, -35, 180)
    assert come(town, person=town.people["amelie"]).to == missed.counsellor


def test_what_was_noted_by_hand_does_not_end_the_next_of_the_day(town: Town, clock: Any) -> None:
    bruno = town.people["bruno"]
    first, later = two_on_a_day(town, 10, 180)
    Appointment.objects.filter(pk=later.pk).update(counsellor=bruno)
    come(town, person=town.people["amelie"])
    serving = services.begin(ticket=next_for(town), by=bruno)
    clock.shift(dt.timedelta(minutes=20))
    appointments.settle(appointment=first, act=Act.SEE, by=bruno)
    services.finish(ticket=serving, by=bruno)
    later.refresh_from_db()
    assert later.state == "booked"


def test_somebody_who_is_here_keeps_her_ticket_and_who_stands_in_receives_her(town: Town) -> None:
    other, day = colleague(town), NOW.date()
    in_minutes(town, 20)
    away = {"agency": town.agency, "user": town.people["bruno"], "starts_on": day, "ends_on": day}
    Absence.objects.create(**away, substitute=other)
    assert come(town, person=town.people["amelie"]).to == other
    amelie = town.people["amelie"]
    assert come(town, person=amelie) == come(town, person=amelie)
