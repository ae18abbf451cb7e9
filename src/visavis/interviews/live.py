"""What open pages of a room are told. Each page has an ear of its own: whoever does not sit there any more has none."""

from collections.abc import Iterable, Mapping
from typing import Any

from visavis.interviews.models import Seat
from visavis.live import services
from visavis.live.followed import Followed
from visavis.people.models import User

TOPIC = "interview"


def topic_of(ear: str) -> str:
    return f"{TOPIC}:{ear}"


def may_hear(_user: User | None, ear: str) -> bool:
    """Let a page hear what is told to its seat, as long as it is the one that counts: no account is needed."""
    return bool(ear) and Seat.objects.filter(ear=ear[:22]).exists() and len(ear) <= 22


def tell(seats: Iterable[Seat], body: Mapping[str, Any]) -> None:
    """Tell the page of each seat that something changed: by numbers and codes, it asks the rest."""
    for seat in seats:
        if seat.ear:
            services.tell(topic_of(seat.ear), body)


def followed(seat: Seat) -> Followed:
    """Return what the page of a seat hears."""
    return Followed(topic_of(seat.ear) if seat.ear else "")
