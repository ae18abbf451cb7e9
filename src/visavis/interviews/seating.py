"""The secret link of a seat: made of its number, opened only with the site's secret; nothing of it is kept."""

import uuid
from base64 import urlsafe_b64encode

from django.utils.crypto import constant_time_compare, salted_hmac

SIGNS = 22


def code_of(seat_id: int, link: int, uid: uuid.UUID) -> str:
    """Return the code of a seat: 132 bits that only this site can write, for this appointment and this link."""
    digest = salted_hmac(
        "visavis.interviews.seats", f"{seat_id}:{link}:{uid.hex}", algorithm="sha256"
    ).digest()
    return f"{seat_id}-{urlsafe_b64encode(digest).decode()[:SIGNS]}"


def number_of(code: str) -> int:
    """Return the seat that a code says it is of; 0, which none is, where it says nothing."""
    number, _dash, _signs = code.partition("-")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0


def opens(code: str, own: str) -> bool:
    """Say whether a code that came is the seat's own."""
    return constant_time_compare(code, own)


def key_of(interview_id: int, uid: uuid.UUID) -> str:
    """Return the key by which the pages of a room seal what they say to each other through the house: 256 bits.

    It is made anew each time it is asked for, and rests nowhere.
    """
    digest = salted_hmac("visavis.interviews.rooms", f"{interview_id}:{uid.hex}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()
