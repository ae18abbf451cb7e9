"""How one comes into an appointment that is held on the site: the app that holds it adds itself, by channel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from visavis.appointments.models import Appointment
from visavis.people.days import OfDay
from visavis.people.models import User


@dataclass(frozen=True)
class Room:
    """The way in for who reads, what stands there for who receives, and the person's link that asks for no account."""

    url: str
    words: str = ""
    link: str = ""


ROOMS: dict[str, Callable[[Appointment, User | None], Room | None]] = {}


@dataclass(frozen=True)
class RoomsOfDay:
    """What an app that holds appointments says of a day: what it reads beside their rows, and its part of the day."""

    beside: Callable[[QuerySet[Appointment]], QuerySet[Appointment]]
    said: Callable[[Sequence[Appointment]], OfDay]


OF_A_DAY: list[RoomsOfDay] = []
PAGES: list[tuple[str | Promise, str]] = []
"""What who receives opens from his day: a label and the name of a page."""


def room_of(row: Appointment, reader: User | None) -> Room | None:
    """Return the way into an appointment for somebody, where it is held on the site and to take place."""
    way = ROOMS.get(row.channel)
    return way(row, reader) if way is not None and row.is_to_come else None


def link_of(row: Appointment) -> str:
    """Return the whole address by which the person comes in without an account; empty where there is none."""
    room = room_of(row, row.person)
    return settings.SITE_URL + room.link if room is not None and room.link else ""
