"""The open pages of a door are told how its queue moved: numbers and desks, as the hall shows them to everybody.

So a call is on five hundred screens without their asking: each draws what it was told (`hall.js`, `place.js`), and
asks only where it cannot. Nothing of a person: no name, no reason, not for whom somebody waits, nor why one has gone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from visavis.agencies.models import Agency
from visavis.live import services
from visavis.live.followed import Followed
from visavis.people.models import User
from visavis.queues.enums import AT_A_DESK, Priority, State

if TYPE_CHECKING:
    from visavis.queues.models import Ticket

TOPIC = "queue"
# What a hall shows; whatever else became of a ticket, it is gone.
GONE = "gone"
# Where more moved, pages ask.
MOST_MOVES = 8


def topic_of(agency_id: int) -> str:
    return f"{TOPIC}:{agency_id}"


def may_hear(user: User | None, which: str) -> bool:
    """Let anybody hear how the queue of a door moves: the hall shows it to all."""
    return which.isascii() and which.isdigit() and Agency.objects.filter(pk=int(which[:12])).exists()


def moved(agency_id: int, tickets: "Sequence[Ticket]" = ()) -> None:
    """Tell the open pages of a door, with the act that moved its queue; without tickets, that they should ask."""
    days = {one.day for one in tickets}
    body: dict[str, Any] = {}
    if len(days) == 1 and len(tickets) <= MOST_MOVES:
        body = {"day": str(*days), "moves": [move_of(one) for one in tickets]}
    services.tell(topic_of(agency_id), body)


def move_of(ticket: "Ticket") -> dict[str, Any]:
    """Say where a ticket stands, as its hall shows it."""
    said: dict[str, Any] = {"number": ticket.number, "state": ticket.state}
    if ticket.state in AT_A_DESK:
        return said | {"desk": ticket.desk, "calls": ticket.calls}
    if ticket.state != State.WAITING:
        return said | {"state": GONE}
    # Behind everybody: who waits already need not ask.
    is_last = ticket.version == 1 and ticket.priority == Priority.USUAL and not ticket.is_short
    return said | {"last": is_last}


def followed(agency: Agency) -> Followed:
    """Return what a page of a door hears."""
    return Followed(topic_of(agency.pk))
