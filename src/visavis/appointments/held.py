"""How an appointment was held, said by the app in whose room people met: for who writes down what came of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visavis.appointments.models import Appointment
from visavis.people.models import User


@dataclass(frozen=True)
class Shown:
    """A document that was shown: its title, and its page."""

    title: str
    url: str


@dataclass(frozen=True)
class Held:
    """A meeting as it was held: from when to when (at most), who was there, and which documents were shown."""

    begun_at: dt.datetime
    ended_at: dt.datetime
    there: Sequence[str]
    shown: Sequence[Shown]
    # The telephone took its place.
    is_by_phone: bool = False


# An app in whose rooms people meet says how an appointment was held, as far as who asks may see it, in the language
# that is on; None where it was not held in one of its own.
HELD: list[Callable[[Appointment, User], Held | None]] = []


def held_of(appointment: Appointment | None, by: User) -> Held | None:
    """Return how an appointment was held, as far as somebody may see it."""
    if appointment is None:
        return None
    return next((found for ask in HELD if (found := ask(appointment, by)) is not None), None)
