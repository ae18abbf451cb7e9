"""Codes of six digits that prove an address is the person's own.

A code lives in the session that asked for it, as a keyed digest: it opens nothing from another
browser. It works once, for ten minutes, five tries. Nothing here depends on whether we know the
address: the same message leaves, the same page follows.
"""

import secrets
import time
from enum import Enum, StrEnum

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.people import delivery
from visavis.people.addresses import Address

SESSION_KEY = "people_code"
PROVEN_KEY = "people_proven_address"
LIFE_S = 600
DIGITS = 6


class Purpose(StrEnum):
    """What the code is for: one for signing in does not change an address."""

    SIGN_IN = "sign-in"
    CHANGE = "change"
    CONFIRM = "confirm"


class Outcome(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


class TooManyCodes(Refused):
    """Too many codes were asked for this address or from this place."""


def send(request: HttpRequest, address: Address, *, purpose: Purpose, language: str | None = None) -> None:
    """Send a new code; it replaces the one before. Raises TooManyCodes or delivery.NotSent."""
    if not ratelimit.consume(request, action="request_login_code", key=address.value):
        raise TooManyCodes(_("You asked for many codes. Wait a few minutes, then ask for one more."))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    nonce = secrets.token_urlsafe(16)
    delivery.send_code(address, code, language=language or get_language() or "fr")
    request.session[SESSION_KEY] = {
        "purpose": purpose,
        "kind": address.kind,
        "value": address.value,
        "nonce": nonce,
        "digest": digest(code, nonce),
        "at": time.time(),
    }


def digest(code: str, nonce: str) -> str:
    return salted_hmac(f"visavis.people.codes.{nonce}", code, algorithm="sha256").hexdigest()


def pending(request: HttpRequest, purpose: Purpose) -> Address | None:
    """Return the address a code was sent to, while the code works."""
    state = request.session.get(SESSION_KEY)
    if not state or state["purpose"] != purpose or time.time() - state["at"] > LIFE_S:
        return None
    return Address(state["kind"], state["value"])


def check(request: HttpRequest, typed: str, *, purpose: Purpose) -> Outcome:
    """Try a code. After the fifth wrong one, or ten minutes, there is nothing left to try."""
    if pending(request, purpose) is None:
        return Outcome.OVER
    state = request.session[SESSION_KEY]
    # Counted in the cache, under a lock: requests sent together cannot share one try.
    last = not ratelimit.consume(request, action="confirm_code", key=state["nonce"])
    code = "".join(sign for sign in typed if sign.isdigit())
    if not last and constant_time_compare(digest(code, state["nonce"]), state["digest"]):
        forget(request)
        return Outcome.RIGHT
    if last or tries_left(request, state["nonce"]) == 0:
        forget(request)
        return Outcome.OVER
    return Outcome.WRONG


def tries_left(request: HttpRequest, nonce: str) -> int:
    """Say 0 when no try is left, 1 otherwise."""
    return 1 if ratelimit.consume(request, action="confirm_code", key=nonce, dry_run=True) else 0


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def remember_proven(request: HttpRequest, address: Address) -> None:
    """Keep, for ten minutes, that this visitor reads this address and has no account yet."""
    request.session[PROVEN_KEY] = {"kind": address.kind, "value": address.value, "at": time.time()}


def proven(request: HttpRequest) -> Address | None:
    state = request.session.get(PROVEN_KEY)
    if not state or time.time() - state["at"] > LIFE_S * 3:
        return None
    return Address(state["kind"], state["value"])
