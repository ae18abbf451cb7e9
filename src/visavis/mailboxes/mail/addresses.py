"""The address of each thread, so that a reply reaches it: `box+NUMBER-MARK@host`. Nothing is stored for it."""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# Fifty bits: enough that nobody guesses one, few enough to fit in the part before the @ (RFC 5321: 64 signs).
MARK = 10
TAGGED = re.compile(r"^(?P<box>[^+@]+)\+(?P<thread>\d{1,18})-(?P<mark>[a-z2-7]{10})@(?P<host>[^@]+)$")
INSIDE = re.compile(rb"[\w.-]{1,64}\+\d{1,18}-[a-zA-Z2-7]{10}@[\w.-]{1,190}")
MOST_INSIDE = 100


def is_on() -> bool:
    """Say whether mail can come in at all."""
    return bool(settings.VISAVIS_MAIL_IN)


def address_of(thread_id: int) -> str:
    """Return the address of a thread; nothing when no mail comes in."""
    if not is_on():
        return ""
    box, _, host = str(settings.VISAVIS_MAIL_IN).partition("@")
    return f"{box}+{thread_id}-{mark_of(thread_id)}@{host}"


def mark_of(thread_id: int) -> str:
    """Return what makes an address nobody's guess; another site's secret gives another."""
    digest = salted_hmac("visavis.mailboxes.addresses", str(thread_id), algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:MARK]


def thread_of(address: str) -> int | None:
    """Return the number of the thread that an address of ours names; nothing when it is not one."""
    found = TAGGED.match(address.strip().lower())
    box, _, host = str(settings.VISAVIS_MAIL_IN).lower().partition("@")
    if found is None or (found["box"], found["host"]) != (box, host):
        return None
    number = int(found["thread"])
    return number if constant_time_compare(found["mark"], mark_of(number)) else None


def named_in(raw: bytes) -> list[str]:
    """Return what could be addresses of threads in a message as it came: a server sends ours back with its own."""
    if not is_on():
        return []
    found = dict.fromkeys(INSIDE.findall(raw)[:MOST_INSIDE])
    return [one.decode("ascii", "replace") for one in found]


def is_ours(address: str) -> bool:
    """Say whether an address is the letterbox's own, with a tag or without."""
    box, _, host = str(settings.VISAVIS_MAIL_IN).lower().partition("@")
    given, _, at = address.lower().partition("@")
    return is_on() and at == host and given.partition("+")[0] == box
