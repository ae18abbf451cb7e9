"""When a second factor is owed, and how recently the person proved to be herself."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage as MfaStage
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from visavis.people.models import User
from visavis.people.services import SECOND_FACTOR_KEY, mark_second_factor
from visavis.tries.once import spend

GIVEN = frozenset({"totp", "webauthn", "recovery_codes", "identity"})
# Another service said that she proved herself twice there, at a level that the operator takes for a second factor.
STRONG_KEY = "identity_is_strong"
# Long enough to read a page and answer it.
ASKED_AGAIN_AFTER_S = {"GET": 600, "HEAD": 600}
POST_AFTER_S = 1200
PRIMARY = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]

type View = Callable[..., HttpResponse]


def is_demo_session(request: HttpRequest) -> bool:
    """Say whether one of the demo's links opened this session."""
    return bool(settings.DEMO and request.session.get(SECOND_FACTOR_KEY) == "demo")


def is_given(request: HttpRequest) -> bool:
    """Say whether this session gave a second factor. The demo's links count in a demo only."""
    return request.session.get(SECOND_FACTOR_KEY) in GIVEN or is_demo_session(request)


def mark_given(request: HttpRequest, user: User) -> None:
    """Mark the session if allauth recorded a second factor in it, or another service vouched for one."""
    if request.session.pop(STRONG_KEY, None) == user.pk:
        mark_second_factor(request.session, "identity")
    for entry in get_authentication_records(request, user):
        if entry["method"] == "mfa" and entry.get("type") in GIVEN:
            mark_second_factor(request.session, entry["type"])


class AuthenticateStage(MfaStage):
    """Ask for the second factor, unless another service vouched for one in this session."""

    def _should_handle(self, request: HttpRequest) -> bool:
        vouched = request.session.get(STRONG_KEY)
        return (vouched is None or vouched != self.login.user.pk) and bool(super()._should_handle(request))


def has_factor(user: User) -> bool:
    """Say whether she has an application or a passkey; recovery codes alone are not one."""
    return bool(Authenticator.objects.filter(user=user, type__in=PRIMARY).exists())


def factor_account(user: User) -> str:
    """Return the name under which tries of her second factor are counted."""
    return f"factor-{user.pk}"


def taken(user: User, code: str) -> Authenticator | None:
    """Take the code of an application, or a recovery code: return whose it is. It works once, in all processes."""
    held = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    for authenticator in held:
        if authenticator.type == Authenticator.Type.TOTP:
            is_right = step_taken(user, decrypt(authenticator.data["secret"]), code)
        else:
            is_right = authenticator.wrap().validate_code(code)
        if is_right:
            authenticator.user = user
            return authenticator
    return None


def step_taken(user: User, secret: str, code: str) -> bool:
    """Take the code that an application shows now, once: whoever saw it typed cannot type it again (RFC 6238, 5.2)."""
    for step in totp.yield_hotp_counters_from_time():
        shown = totp.format_hotp_value(totp.hotp_value(secret, step))
        if compare_user_code(actual=code, expected=shown):
            return spend("totp", user.pk, step)
    return False


def prove(request: HttpRequest, user: User, method: str) -> None:
    """Note that she has just proved to be herself again."""
    record_authentication(request, user, method=method, reauthenticated=True)


def is_recently_proven(request: HttpRequest, user: User) -> bool:
    records = get_authentication_records(request, user)
    limit = ASKED_AGAIN_AFTER_S.get(request.method or "", POST_AFTER_S)
    return is_demo_session(request) or bool(records and time.time() - records[-1]["at"] < limit)


def ask_again(then: str) -> HttpResponse:
    """Ask who she is, then lead on to a page that is read."""
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': then})}")


def for_programs(view: View) -> View:
    """Mark a view that reads tokens and no session: neither the sign-in page nor the second factor's is shown."""
    view.login_required = False  # type: ignore[attr-defined]
    view.is_for_programs = True  # type: ignore[attr-defined]
    return view


def recently_proven(view: View) -> View:
    """Ask who she is again, unless she said so a few minutes ago: for what changes the way in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User) and not is_recently_proven(request, request.user):
            return ask_again(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
