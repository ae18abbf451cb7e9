"""Whose turn it is at a desk: the line, and the short matters between.

The rule, in words:

1. Who cannot wait standing, who comes back to a colleague, and who has an appointment whose hour has come go first.
2. A short matter fills a gap: until the hour of who came early for an appointment, or until the desk's own next one,
   where a short matter is done before it and another would not be.
3. Else a desk calls one short matter after each other person it has called: never two in a row while somebody else
   waits for it. So a desk has nobody of the line overtaken by more short matters than there are people before her,
   and one, but for those that fill a gap in which it could not have received her.
4. Short matters among each other go by arrival.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from visavis.agencies.models import Agency
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.people.models import User
from visavis.queues import waits
from visavis.queues.enums import Act, Priority
from visavis.queues.models import Ticket, TicketStep

# The head of the line, and the first short matter.
type Heads = tuple[Ticket | None, Ticket | None]


@dataclass(frozen=True)
class Desk:
    """What a desk's turn depends on: whom it called last, and the minutes until its own next appointment."""

    called_short: bool = False
    free_minutes: float | None = None


@dataclass(frozen=True)
class Place:
    """What the turn of a ticket depends on; `minutes` until the hour from which its place is reckoned."""

    priority: int
    minutes: float = 0.0


def is_short_next(head: Place | None, desk: Desk, pace: waits.Pace) -> bool:
    """Say whether a desk calls a short matter that waits before the head of the line: the rule above."""
    if head is None:
        return True
    if head.priority == Priority.FIRST:
        return False
    if head.priority == Priority.EXPECTED and head.minutes < pace.short_minutes:
        return False
    free = desk.free_minutes
    if head.priority == Priority.USUAL and free is not None and pace.short_minutes <= free < pace.minutes:
        return True
    return not desk.called_short


def place_of(ticket: Ticket, now: dt.datetime) -> Place:
    return Place(ticket.priority, (ticket.ranks_at - now).total_seconds() / 60)


def desk_of(agency: Agency, day: dt.date, by: User) -> Desk:
    """Read what a desk called last today, and when its next appointment begins."""
    steps = TicketStep.objects.filter(ticket__agency=agency, ticket__day=day, by=by)
    called = steps.filter(act__in=(Act.CALL, Act.LONGER)).order_by("-pk")
    # What took longer was called as a short matter.
    last = called.values_list("act", "ticket__is_short").first()
    called_short = last is not None and (last[0] == Act.LONGER or last[1])
    now = clock.now()
    booked = Appointment.objects.booked().filter(counsellor=by, starts_at__gt=now)
    begins = booked.order_by("starts_at").values_list("starts_at", flat=True).first()
    return Desk(called_short, (begins - now).total_seconds() / 60 if begins else None)


def heads_of(waiting: Iterable[Ticket], by: User) -> Heads:
    """Return the head of the line and the first short matter that a desk may call, of those that wait in order."""
    found: dict[bool, Ticket] = {}
    for one in waiting:
        if one.to_id in (None, by.pk):
            found.setdefault(one.is_short, one)
    return found.get(False), found.get(True)


def calls_short(agency: Agency, day: dt.date, by: User, heads: Heads) -> bool:
    """Say whether a desk calls a short matter now; it asks for more only where there is something to choose."""
    head, short = heads
    if head is None or short is None:
        return head is None
    return is_short_next(place_of(head, clock.now()), desk_of(agency, day, by), waits.pace(agency, day))


def in_turn[Row](line: Sequence[tuple[Place, Row]], short: Sequence[Row], pace: waits.Pace) -> list[Row]:
    """Return the order in which one desk would call them all: what a place in line is counted from."""
    left, matters, called = list(line), list(short), list[Row]()
    was_short = False
    while left or matters:
        head = left[0][0] if left else None
        was_short = bool(matters) and is_short_next(head, Desk(was_short), pace)
        called.append(matters.pop(0) if was_short else left.pop(0)[1])
    return called
