"""Codes of six digits that prove an address is the person's own.

A code lives in the session that asked for it, as a keyed digest: it opens nothing from another browser.
Who reads her e-mail on another device, and was on her way somewhere, finds the code's own page in the
message: a second session, whose key no address but hers knows, keeps the same digest and where she was
going. It works once, wherever, for ten minutes, five tries in all. Nothing here depends on whether we
know the address: the same message leaves, the same page follows.
"""

import secrets
import time
from enum import Enum, StrEnum
from importlib import import_module
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.people import delivery
from visavis.people.addresses import Address

SESSION_KEY = "people_code"
PROVEN_KEY = "people_proven_address"
THEN_KEY = "people_then"
LIFE_S, HELD_S = 600, 86_400
DIGITS = 6


class Purpose(StrEnum):
    """What the code is for: one for signing in does not change an address."""

    SIGN_IN = "sign-in"
    CHANGE = "change"
    CONFIRM = "confirm"
    EMPLOYER = "employer"


class Outcome(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


class TooManyCodes(Refused):
    """Too many codes were asked for this address or from this place."""


def send(
    request: HttpRequest, address: Address, *, purpose: Purpose, language: str | None = None, then: str = ""
) -> None:
    """Send a new code; it replaces the one before. Raises TooManyCodes or delivery.NotSent.

    `then` is where she was going: an e-mail then says where the code can be typed on another device.
    """
    if not ratelimit.consume(request, action="request_login_code", key=address.value):
        raise TooManyCodes(_("You asked for many codes. Wait a few minutes, then ask for one more."))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    nonce = secrets.token_urlsafe(16)
    state = {
        "purpose": purpose,
        "kind": address.kind,
        "value": address.value,
        "nonce": nonce,
        "digest": digest(code, nonce),
        "at": time.time(),
    }
    held = hold_elsewhere(state, then) if then and address.kind == "email" else None
    link = "" if held is None else reverse("account_code_elsewhere", kwargs={"held": held.session_key})
    try:
        delivery.send_code(address, code, language=language or get_language() or "fr", elsewhere=link)
    except delivery.NotSent:
        if held is not None:
            held.flush()
        raise
    request.session[SESSION_KEY] = state


def hold_elsewhere(state: dict[str, Any], then: str) -> SessionBase:
    """Keep the same code under a key that only the message tells, and for a day where she was going."""
    held = sessions()
    held.set_expiry(HELD_S)
    held[THEN_KEY] = then
    held.create()
    state["elsewhere"] = held.session_key
    held[SESSION_KEY] = state
    held.save()
    return held


def held_elsewhere(key: str) -> SessionBase | None:
    """Return what is kept under the key of a message, if it still is."""
    held = sessions(key)
    return held if held.get(THEN_KEY) else None


def sessions(key: str | None = None) -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return store


def digest(code: str, nonce: str) -> str:
    return salted_hmac(f"visavis.people.codes.{nonce}", code, algorithm="sha256").hexdigest()


def pending(request: HttpRequest, purpose: Purpose, held: SessionBase | None = None) -> Address | None:
    """Return the address a code was sent to, while the code works."""
    state = (request.session if held is None else held).get(SESSION_KEY)
    if not state or state["purpose"] != purpose or time.time() - state["at"] > LIFE_S:
        return None
    return Address(state["kind"], state["value"])


def check(request: HttpRequest, typed: str, *, purpose: Purpose, held: SessionBase | None = None) -> Outcome:
    """Try a code. After the fifth wrong one, ten minutes, or once it was right elsewhere, nothing is left to try."""
    if pending(request, purpose, held) is None:
        return Outcome.OVER
    state = (request.session if held is None else held)[SESSION_KEY]
    # Counted in the cache, under a lock: requests sent together cannot share one try.
    last = not ratelimit.consume(request, action="confirm_code", key=state["nonce"])
    code = "".join(sign for sign in typed if sign.isdigit())
    if not last and constant_time_compare(digest(code, state["nonce"]), state["digest"]):
        was_used = not use_up(state)
        forget(request)
        return Outcome.OVER if was_used else Outcome.RIGHT
    if last or tries_left(request, state["nonce"]) == 0:
        use_up(state)
        forget(request)
        return Outcome.OVER
    return Outcome.WRONG


def use_up(state: dict[str, Any]) -> bool:
    """Take the code away from the other device; say whether it was still there."""
    key = state.get("elsewhere")
    if not key:
        return True
    other = sessions(key)
    is_there = SESSION_KEY in other
    if is_there:
        del other[SESSION_KEY]
        other.save()
    return is_there


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
