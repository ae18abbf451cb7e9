"""What the pages of a room say to each other through the house, to find their way to each other: posts up, rows down.

The house looks at who says it, to whom, of which kind and how large it is; what it says is sealed by the pages and
opaque here. Of two, the lower number makes the offers, the other one only asks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from visavis.common.prepared import Prepared
from visavis.interviews import live, permissions
from visavis.interviews.enums import SeatState
from visavis.interviews.models import Seat
from visavis.live import services as bulletins
from visavis.live.models import Bulletin

KINDS = frozenset({"offer", "answer", "ice", "ask", "state"})
MOST_AT_ONCE, LARGEST_POST, LARGEST_BODY = 30, 96_000, 24_000
HIGHEST = 100_000
SEALED = re.compile(rf"[A-Za-z0-9+/=]{{0,{LARGEST_BODY}}}")

# The seats of a room that hear: asked by every post.
THERE = Prepared(
    lambda room: Seat.objects.filter(interview=room, state=SeatState.ADMITTED, ear__isnull=False)
)


class Malformed(ValueError):
    """It is not what a page of ours sends."""


class Elsewhere(Exception):
    """Another page of the same seat counts now."""


class Outside(Exception):
    """Who sends it does not sit in the room, or the room is not open."""


@dataclass(frozen=True)
class Signal:
    """One thing that a page says to another: to which seat, which connection of it, of which kind, sealed."""

    to: int
    connection: int
    kind: str
    sealed: str


def read(given: Any) -> tuple[int, int, list[Signal]]:
    """Read a post: of which connection, from which number on, and what it says. Raises Malformed."""
    try:
        connection, number, said = given["c"], given["n"], given["m"]
        signals = [Signal(one["to"], one["t"], one["k"], one["d"]) for one in said]
    except (KeyError, TypeError) as error:
        raise Malformed from error
    numbers = [connection, number, *(one.to for one in signals), *(one.connection for one in signals)]
    is_well = (
        all(type(one) is int and 0 <= one <= HIGHEST for one in numbers)
        and 0 < len(signals) <= MOST_AT_ONCE
        and all(type(one.kind) is str and one.kind in KINDS for one in signals)
        and all(type(one.sealed) is str and SEALED.fullmatch(one.sealed) for one in signals)
    )
    if not is_well:
        raise Malformed
    return connection, number, signals


def post(*, seat: Seat, connection: int, number: int, signals: Sequence[Signal]) -> int:
    """Tell each signal to the page of its seat, in order; sent again it is told once. Return how many had a hearer.

    What was said to a page that was replaced meanwhile is told to none: the one that came knows nothing of it.
    Raises Outside, Elsewhere, Malformed when the wrong one makes an offer.
    """
    if not permissions.is_let_in(seat):
        raise Outside
    if connection != seat.connection:
        raise Elsewhere
    if any(one.kind == "offer" and one.to <= seat.number for one in signals):
        raise Malformed
    there = {(one.number, one.connection): one.ear for one in THERE(seat.interview_id) if one.pk != seat.pk}
    rows = []
    for at, signal in enumerate(signals):
        if (ear := there.get((signal.to, signal.connection))) is None:
            continue
        body = {"k": signal.kind, "f": seat.number, "c": connection, "d": signal.sealed}
        key = f"{seat.pk}.{connection}.{number + at}"
        rows.append(Bulletin(topic=live.topic_of(ear), body=body, key=key))
    bulletins.tell_in_order(rows)
    return len(rows)
