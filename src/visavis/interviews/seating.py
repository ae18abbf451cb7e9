"""The secret link of a seat: made of its number, opened only with the site's secret; nothing of it is kept."""

import uuid
from base64 import urlsafe_b64encode

from django.utils.crypto import constant_time_compare, salted_hmac

from visavis.common import own_links


def code_of(seat_id: int, link: int, uid: uuid.UUID) -> str:
    """Return the code of a seat: for this appointment and this link."""
    return own_links.code_of(seat_id, "visavis.interviews.seats", f"{seat_id}:{link}:{uid.hex}")


def opens(code: str, own: str) -> bool:
    """Say whether a code that came is the seat's own."""
    return constant_time_compare(code, own)


def key_of(interview_id: int, uid: uuid.UUID) -> str:
    """Return the key by which the pages of a room seal what they say to each other through the house: 256 bits.

    It is made anew each time it is asked for, and rests nowhere.
    """
    digest = salted_hmac("visavis.interviews.rooms", f"{interview_id}:{uid.hex}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()
