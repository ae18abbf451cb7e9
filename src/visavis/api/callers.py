"""Who asks: read from the token alone. Cookies open nothing here."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from visavis.api import tokens
from visavis.api.models import Token
from visavis.api.problems import FORBIDDEN, NO_SECOND_FACTOR, NO_TOKEN, Problem
from visavis.api.scopes import Scope, grantable
from visavis.people.models import User

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="vis-a-vis"'}


@dataclass(frozen=True)
class Caller:
    """A person's program, or a visitor's, which has no token."""

    user: User
    token: Token | None

    def has(self, scope: Scope) -> bool:
        """Say whether the token has the scope, and the person's roles still give it today."""
        return self.token is not None and scope in self.token.scopes and scope in grantable(self.user)


def nobody() -> User:
    """Return who has no role and owns nothing: what a visitor's program sees with."""
    visitor = User(name="")
    visitor.current_memberships = []
    return visitor


def read(request: HttpRequest) -> Caller:
    """Return who asks. Raises a problem when a token is sent that does not work."""
    given = request.headers.get("Authorization")
    if given is None:
        return Caller(nobody(), None)
    kind, _space, key = given.partition(" ")
    token = tokens.find(key) if kind.lower() == "bearer" else None
    if token is None:
        raise Problem(
            NO_TOKEN,
            headers=CHALLENGE
            | {"WWW-Authenticate": f'{CHALLENGE["WWW-Authenticate"]}, error="invalid_token"'},
        )
    return Caller(token.user, token)


def of(request: HttpRequest) -> Caller:
    """Return who asks, as the gate of the service found."""
    caller: Caller = request.caller  # type: ignore[attr-defined]
    return caller


class Bearer(HttpBearer):
    """A token with a scope; without a scope, any token."""

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        caller = of(request)
        if caller.token is None:
            raise Problem(NO_TOKEN, headers=CHALLENGE)
        check(caller, self.scope)
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Required by ninja; `__call__` does it all."""
        raise NotImplementedError


class Anybody(Bearer):
    """A token is not needed; one that is sent counts if it has the scope."""

    def __call__(self, request: HttpRequest) -> Caller:
        caller = of(request)
        if caller.token is not None:
            check(caller, self.scope)
        return caller


def check(caller: Caller, scope: Scope | None) -> None:
    if caller.token and caller.user.is_service_staff and not caller.token.has_second_factor:
        raise Problem(NO_SECOND_FACTOR)
    if scope is not None and not caller.has(scope):
        raise Problem(FORBIDDEN)
