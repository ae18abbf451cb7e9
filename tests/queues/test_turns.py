"""Short matters: called between the others, and never so that the others wait for them."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.personas import Town
from tests.queues.test_services import clock, come, in_minutes, next_for, serve
from tests.queues.test_views import at_the_door, text, url
from visavis.queues import services, waits
from visavis.queues.enums import Priority, State
from visavis.queues.models import Ticket
from visavis.queues.order import order_of
from visavis.queues.turns import Desk, Place, in_turn, is_short_next

PACE = waits.Pace(15.0, 5.0, 1, 3.0, 1.0)
USUAL = Place(Priority.USUAL)


__all__ = ["clock"]


def served(town: Town, number: int, who: str = "bruno", desk: str = "3") -> list[Ticket]:
    """Call and finish so many, one after the other, at one desk."""
    by, done = town.people[who], []
    for _one in range(number):
        done.append(next_for(town, who, desk))
        serve(done[-1], by)
    return done


def test_the_rule_of_turns() -> None:
    for head, desk, is_short in (
        (None, Desk(called_short=True), True), (USUAL, Desk(), True), (USUAL, Desk(called_short=True), False),
        (Place(Priority.FIRST), Desk(), False), (Place(Priority.EXPECTED, -4), Desk(), False),
        (Place(Priority.EXPECTED, 2), Desk(), False), (Place(Priority.EXPECTED, 20), Desk(), True),
        (Place(Priority.EXPECTED, 20), Desk(called_short=True), False),
        (USUAL, Desk(called_short=True, free_minutes=8), True),
        (USUAL, Desk(called_short=True, free_minutes=2), False),
        (USUAL, Desk(called_short=True, free_minutes=15), False),
        (Place(Priority.FIRST), Desk(free_minutes=8), False),
    ):  # fmt: skip
        assert is_short_next(head, desk, PACE) is is_short


@given(st.lists(st.sampled_from(Priority), max_size=12), st.integers(0, 12))
def test_nobody_of_the_line_is_starved_and_everybody_is_called(line: list[Priority], short: int) -> None:
    rows = [(Place(one), ("line", at)) for at, one in enumerate(sorted(line))]
    called = in_turn(rows, [("short", at) for at in range(short)], PACE)
    assert sorted(called) == sorted([row for _place, row in rows] + [("short", at) for at in range(short)])
    for kind in ("line", "short"):
        assert [at for one, at in called if one == kind] == [*range(len(line) if kind == "line" else short)]
    for place, (kind, at) in enumerate(called):
        if kind == "line":
            assert sum(one == "short" for one, _at in called[:place]) <= at + 1, "overtaken too often"


def test_a_desk_calls_one_short_matter_after_each_other_person(town: Town) -> None:
    line, short = [come(town) for _one in range(3)], [come(town, is_short=True) for _one in range(4)]
    expected = [short[0], line[0], short[1], line[1], short[2], line[2], short[3]]
    assert served(town, 7) == expected


def test_who_cannot_wait_or_is_due_goes_before_every_short_matter(town: Town) -> None:
    come(town, is_short=True)
    due, first = come(town, priority=Priority.EXPECTED), come(town, priority=Priority.FIRST)
    assert served(town, 2) == [first, due]


def test_whichever_desk_has_a_turn_calls_them(town: Town) -> None:
    line, short = [come(town) for _one in range(2)], [come(town, is_short=True) for _one in range(2)]
    assert next_for(town, "bruno", "3") == short[0] and next_for(town, "rosa", "1") == short[1]
    assert served_next(town, "bruno") == line[0] and served_next(town, "rosa") == line[1]


def served_next(town: Town, who: str) -> Ticket:
    by = town.people[who]
    serve(Ticket.objects.get(served_by=by, state=State.CALLED), by)
    return next_for(town, who, "3")


def test_a_desk_whose_next_appointment_is_near_calls_short_matters_only_that_fit(town: Town) -> None:
    line, short = come(town), [come(town, is_short=True) for _one in range(3)]
    in_minutes(town, 8)
    assert served(town, 3) == short, "eight minutes: three short ones, no other"
    assert served(town, 1, "rosa", "1") == [line]


def test_a_short_matter_has_a_middle_time_of_its_own(town: Town, clock: Any) -> None:
    bruno = town.people["bruno"]
    for minutes in (2, 4, 50):
        come(town, is_short=True)
        ticket = services.begin(ticket=next_for(town), by=bruno)
        clock.shift(minutes * 60)
        services.finish(ticket=ticket, by=bruno)
    pace = waits.pace(town.agency, services.today(town.agency))
    assert pace.short_minutes == 4.0, "one that was none lengthens nobody's wait"
    assert pace.minutes == waits.USUAL, "nor does it count among the others"


def test_a_place_in_line_counts_each_kind_by_its_own_time(town: Town) -> None:
    line, short = [come(town) for _one in range(3)], [come(town, is_short=True) for _one in range(2)]
    order = order_of(town.agency, services.today(town.agency), 0)
    numbers = [short[0].number, line[0].number, short[1].number, line[1].number]
    assert order.ahead_of(line[2]) == numbers and order.ahead_of(short[1]) == numbers[:2]
    assert order.pace_for(line[2]).minutes == pytest.approx((3 * waits.USUAL + 2 * waits.SHORT) / 5)
    assert order.pace_for(short[0]).wait(0)[1] < order.pace.wait(0)[1]


def test_what_takes_longer_goes_back_in_line_where_it_arrived(town: Town) -> None:
    bruno = town.people["bruno"]
    short, later = come(town, is_short=True), come(town)
    with pytest.raises(services.NotShort):
        services.take_longer(ticket=later, by=bruno)
    at_desk = services.begin(ticket=next_for(town), by=bruno)
    back = services.take_longer(ticket=at_desk, by=bruno)
    assert (back.state, back.is_short, back.pk) == (State.WAITING, False, short.pk)
    assert list(Ticket.objects.waiting()) == [short, later]
    # It was this desk's short matter: the next is of the line.
    matter = come(town, is_short=True)
    assert next_for(town) == short and served_next(town, "bruno") == matter


@pytest.mark.database
def test_who_comes_first_anyway_or_to_one_colleague_is_no_short_matter(town: Town) -> None:
    bruno = town.people["bruno"]
    assert not come(town, is_short=True, to=bruno).is_short
    assert not come(town, is_short=True, priority=Priority.FIRST).is_short
    short = services.begin(ticket=next_for(town, "rosa", "1"), by=town.people["rosa"])
    services.put_on_hold(ticket=short, by=town.people["rosa"])
    short = come(town, is_short=True)
    assert not services.pass_on(ticket=short, to=bruno, by=town.people["rosa"]).is_short
    ticket = come(town, is_short=True)
    with pytest.raises(IntegrityError):
        Ticket.objects.filter(pk=ticket.pk).update(to=town.people["bruno"])


def test_it_is_taken_at_the_door_shown_on_the_board(town: Town, django_assert_max_num_queries: Any) -> None:
    phone = Client(headers={"accept-language": "fr"})
    assert "démarche rapide" in text(phone.get(at_the_door(town)))
    phone.post(at_the_door(town), {"short": "1"})
    ticket = Ticket.objects.get()
    assert ticket.is_short
    come(town)
    bruno = town.client("bruno")
    bruno.post(url("sit", town.agency.pk), {"desk": "3"})
    assert f": {ticket.number}" in text(bruno.get(url("board", town.agency.pk)))
    bruno.post(url("next", town.agency.pk))
    ticket.refresh_from_db()
    assert ticket.state == State.CALLED, "the button calls whom it names"
    bruno.post(url("act", ticket.pk, "begin"), {"version": ticket.version})
    ticket.refresh_from_db()
    bruno.post(url("act", ticket.pk, "longer"), {"version": ticket.version})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.is_short) == (State.WAITING, False)
    assert "rapide" not in text(Client(headers={"accept-language": "fr"}).get(url("hall", town.agency.pk)))
    rosa = town.client("rosa")
    rosa.post(url("come_in", town.agency.pk), {"priority": "3", "is_short": "on"})
    rosa.post(url("come_in", town.agency.pk), {"priority": "3"})
    assert Ticket.objects.filter(is_short=True).count() == 1
    rosa.post(url("sit", town.agency.pk), {"desk": "3"})
    with django_assert_max_num_queries(12):
        rosa.get(url("board", town.agency.pk))
