"""Codes of six digits, or eight, that prove an address is the person's own.

A code lives in the session that asked for it, as a keyed digest: it opens nothing from another browser.
Who reads her e-mail on another device, and was on her way somewhere, finds the code's own page in the
message: a second session, whose key no address but hers knows, keeps the same digest and where she was
going. It works once, wherever, for ten minutes, five tries in all: both keep its key, and the tries are
counted beside its digest in the database (`tries/once.py`). Nothing here depends on whether we know the
address: the same message leaves, the same page follows, the same work is done.
"""

import secrets
import time
from enum import StrEnum
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from visavis.common.errors import Refused
from visavis.people import delivery, limits, outgoing
from visavis.people.addresses import Address
from visavis.tries import once
from visavis.tries.limits import is_crowded
from visavis.tries.once import Outcome

SESSION_KEY = "people_code"
PROVEN_KEY = "people_proven_address"
THEN_KEY = "people_then"
LIFE_S, HELD_S = int(once.LIFE.total_seconds()), 86_400
# More where strangers ask for many: a hundred times harder to guess, and nobody is refused for it.
DIGITS, MANY_DIGITS = 6, 8


class Purpose(StrEnum):
    """What the code is for: one for signing in does not change an address."""

    SIGN_IN = "sign-in"
    CHANGE = "change"
    CONFIRM = "confirm"
    EMPLOYER = "employer"


class TooManyCodes(Refused):
    """Too many codes were asked for this address or from this place."""


def send(
    request: HttpRequest,
    address: Address,
    *,
    purpose: Purpose,
    language: str | None = None,
    then: str = "",
    with_name: bool = False,
) -> None:
    """Have a new code sent; it replaces the one before. Raises TooManyCodes, or delivery.NotSent without a gateway.

    `then` is where she was going: an e-mail then says where the code can be typed on another device.
    `with_name`: the page of the code asks the name too, of whomever, so that an account is open after it.
    """
    if refusal := limits.refusal(request, limits.CODES, address.value):
        raise TooManyCodes(refusal)
    digits = MANY_DIGITS if is_crowded(limits.CODES, address.value) else DIGITS
    code = f"{secrets.randbelow(10**digits):0{digits}}"
    state: dict[str, Any] = {
        "purpose": purpose,
        "kind": address.kind,
        "value": address.value,
        "key": once.keep(code),
        "with_name": with_name,
    }
    held = hold_elsewhere(state, then) if then and address.kind == "email" else None
    link = "" if held is None else reverse("account_code_elsewhere", kwargs={"held": held.session_key})
    mail = delivery.code_mail(address.kind, code, language=language or get_language() or "fr", elsewhere=link)
    try:
        state["message"] = outgoing.post(address, mail, life=outgoing.CODE_LIFE)
    except delivery.NotSent:
        if held is not None:
            held.flush()
        raise
    if former := request.session.get(SESSION_KEY):
        once.end(former.get("key", ""))
    request.session[SESSION_KEY] = state


def hold_elsewhere(state: dict[str, Any], then: str) -> SessionBase:
    """Keep the same code under a key that only the message tells, and for a day where she was going."""
    held = sessions()
    held.set_expiry(HELD_S)
    held[THEN_KEY] = then
    held.create()
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


def pending(request: HttpRequest, purpose: Purpose, held: SessionBase | None = None) -> Address | None:
    """Return the address a code was sent to, while the code works."""
    state = (request.session if held is None else held).get(SESSION_KEY)
    if not state or state["purpose"] != purpose or not once.is_open(state.get("key", "")):
        return None
    return Address(state["kind"], state["value"])


def asks_name(request: HttpRequest, held: SessionBase | None = None) -> bool:
    """Say whether the name is asked on the page of the code."""
    state = (request.session if held is None else held).get(SESSION_KEY) or {}
    return bool(state.get("with_name"))


def is_late(request: HttpRequest) -> bool:
    """Say whether the code was tried to be sent and has not left: the page then says what else to do."""
    state = request.session.get(SESSION_KEY) or {}
    return "message" in state and outgoing.waits(state["message"])


def check(
    request: HttpRequest,
    typed: str,
    *,
    purpose: Purpose,
    held: SessionBase | None = None,
    is_kept: bool = False,
) -> Outcome:
    """Try a code. After the fifth wrong one, ten minutes, or once it was right elsewhere, nothing is left to try.

    `is_kept`: something else is missing on the page, so the right one is not used up.
    """
    if pending(request, purpose, held) is None:
        return Outcome.OVER
    state = (request.session if held is None else held)[SESSION_KEY]
    digits = "".join(sign for sign in typed if sign.isdigit())
    outcome = once.attempt(state["key"], digits, is_kept=is_kept)
    if outcome is Outcome.OVER or (outcome is Outcome.RIGHT and not is_kept):
        forget(request)
    return outcome


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
