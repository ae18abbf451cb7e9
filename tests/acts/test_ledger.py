"""Another state machine than introductions moves, is refused, and is taken back by the same ledger."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from tests.acts.tickets.models import Ticket
from visavis.acts.ledger import Ledger, Move, Moved, NotNow, acting, hold, read_anew
from visavis.common import clock
from visavis.journal.models import Entry

pytestmark = pytest.mark.django_db


class Gone(NotNow):
    """The ticket is elsewhere."""

    words = "This ticket has moved on."


class Desk(Ledger):
    """The acts of a counter."""

    refusal = Gone

    def never_was(self, row: Ticket, step: Any) -> None:
        row.state = "missed"


def act(row: Ticket, name: str, side: str, target: str, cause: Any = None, **changes: Any) -> Any:
    with acting(Desk) as desk:
        return desk.step(row, Move(name, side, target, because_of=cause), **changes)


@pytest.fixture
def ticket() -> Ticket:
    row = Ticket()
    act(row, "take", "visitor", "waiting")
    return row


def test_a_move_writes_a_step_and_the_journal(ticket: Ticket) -> None:
    act(ticket, "call", "desk", "called", called_at=clock.now())
    steps = ticket.steps.values_list("number", "act", "from_state", "to_state")
    assert list(steps) == [(1, "take", "", "waiting"), (2, "call", "waiting", "called")]
    assert (ticket.version, Ticket.objects.get().state) == (2, "called")
    noted = Entry.objects.filter(thing="ticket", thing_id=str(ticket.pk)).order_by("pk")
    assert list(noted.values_list("action", "note")) == [
        ("created", "take:visitor"),
        ("changed", "call:desk"),
    ]


def test_what_is_not_in_the_table_is_refused_and_nothing_is_written(ticket: Ticket) -> None:
    for name, side, target in (
        ("serve", "desk", "served"),
        ("call", "visitor", "called"),
        ("call", "desk", "served"),
    ):
        with pytest.raises(NotNow, match="This ticket has moved on"):
            act(ticket, name, side, target)
        assert (Ticket.objects.get().version, ticket.steps.count()) == (1, 1)


@pytest.mark.database
def test_an_act_is_written_whole_or_not_at_all(ticket: Ticket) -> None:
    with pytest.raises(ZeroDivisionError), acting(Desk) as desk:
        desk.step(ticket, Move("call", "desk", "called"))
        raise ZeroDivisionError
    assert Ticket.objects.get().state == "waiting"
    assert not Entry.objects.filter(note="call:desk").exists()


def test_a_step_taken_back_puts_back_days_and_moments_and_keeps_its_row(ticket: Ticket) -> None:
    now = clock.now()
    act(ticket, "call", "desk", "called", called_at=now, desk="B")
    served = act(ticket, "serve", "desk", "served", served_on=clock.today(), called_at=None, desk="")
    act(ticket, "thank", "service", "served")
    assert ticket.last_act() == served
    with acting(Desk) as desk:
        desk.take_back(ticket, served, by=None)
    fresh = Ticket.objects.get()
    assert (fresh.state, fresh.called_at, fresh.served_on, fresh.desk) == ("called", now, None, "B")
    assert [bool(step.undone_at) for step in ticket.steps.all()] == [False, False, True, False, False]
    assert ticket.steps.last().act == "undo"


@pytest.fixture
def two(ticket: Ticket) -> tuple[Ticket, Ticket, Any]:
    """A ticket that is called, and another that was sent away because of it."""
    other = Ticket()
    act(other, "take", "visitor", "waiting")
    act(other, "call", "desk", "called")
    cause = act(ticket, "call", "desk", "called")
    act(other, "miss", "service", "missed", cause)
    return ticket, other, cause


def test_a_row_on_which_somebody_acted_since_stays_as_it_is(two: tuple[Ticket, Ticket, Any]) -> None:
    ticket, other, cause = two
    Ticket.objects.filter(pk=other.pk).update(version=9)
    with acting(Desk) as desk:
        assert desk.take_back(ticket, cause, by=None) == []
    assert Ticket.objects.get(pk=other.pk).state == "missed"


def test_what_had_just_begun_never_was_within_its_time(ticket: Ticket) -> None:
    step = ticket.last_act()
    assert step.is_within(dt.timedelta(minutes=10))
    with clock.moved(clock.now() + dt.timedelta(minutes=10)):
        assert not step.is_within(dt.timedelta(minutes=10))
    with acting(Desk) as desk:
        desk.take_back(ticket, ticket.last_act(), by=None)
    assert Ticket.objects.get().state == "missed"


def test_the_table_tells_what_a_side_may_do_and_a_page_no_longer_true_is_refused(ticket: Ticket) -> None:
    with transaction.atomic():
        assert read_anew(Ticket.objects.all(), ticket.pk, seen=1).pk == ticket.pk
        with pytest.raises(Moved):
            read_anew(Ticket.objects.all(), ticket.pk, seen=2)
    assert Ticket.TABLE.acts_of("desk", "called") == ["serve"]
    assert Ticket.TABLE.acts_of("visitor", "called") == []
    act(ticket, "call", "desk", "called")
    act(ticket, "miss", "service", "missed")
    assert ticket.last_act() is None


@pytest.mark.database
def test_what_a_step_caused_is_taken_back_with_it(two: tuple[Ticket, Ticket, Any]) -> None:
    with transaction.atomic():
        held = hold(Ticket.objects.all(), [two[1].pk, two[0].pk, two[1].pk])
    assert list(held) == sorted([two[0].pk, two[1].pk])
    ticket, other, cause = two
    with acting(Desk) as desk:
        assert desk.take_back(ticket, cause, by=None) == [other]
    assert Ticket.objects.get(pk=other.pk).state == "called"
