"""Credentials of the relay: of one seat in one interview, and soon over (draft-uberti-behave-turn-rest-00).

The relay holds the same secret and computes the password itself, so nothing is kept of anybody there.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

# So long may a connection begin with them; one that is there goes on without.
LIFE_S = 600


@dataclass(frozen=True, slots=True)
class Login:
    """A name and a password that the relay believes for a while."""

    username: str
    password: str


def login(secret: str, name: str, *, now_s: float, life_s: int = LIFE_S) -> Login:
    """Return what lets one name in until `life_s` from now; the name stands in the relay's log, so it is a number."""
    username = f"{int(now_s) + life_s}:{name}"
    # The relay knows no other digest: nothing is signed for longer than it lives.
    mark = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return Login(username, base64.b64encode(mark).decode())


def name_of(interview_id: int, seat_id: int) -> str:
    """Return the name of a seat at the relay, which counts what one name takes."""
    return f"{interview_id}-{seat_id}"
