"""What the browser of one seat is given to reach the others: where the relay is, and how it is let in."""

from typing import TypedDict

from django.conf import settings

from visavis.common import clock
from visavis.interviews.relay.credentials import LIFE_S, login, name_of

# Who tries her device at no interview gets in for as long as a try takes.
TRY_S = 30


class Server(TypedDict):
    """An `RTCIceServer`, as browsers call it."""

    urls: list[str]
    username: str
    credential: str


def is_set() -> bool:
    """Say whether this service has a relay."""
    return bool(settings.VISAVIS_TURN_URLS and settings.VISAVIS_TURN_SECRET)


def of_seat(interview_id: int, seat_id: int) -> list[Server]:
    """Return the relay with fresh credentials for one seat; nothing where there is none: then browsers try alone."""
    return _given(name_of(interview_id, seat_id), LIFE_S)


def of_user(user_id: int) -> list[Server]:
    """Return the relay for somebody who tries her device, at no interview."""
    return _given(f"user-{user_id}", TRY_S)


def _given(name: str, life_s: int) -> list[Server]:
    if not is_set():
        return []
    found = login(settings.VISAVIS_TURN_SECRET, name, now_s=clock.now().timestamp(), life_s=life_s)
    return [Server(urls=list(settings.VISAVIS_TURN_URLS), username=found.username, credential=found.password)]
