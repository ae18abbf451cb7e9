"""OpenID Connect as allauth speaks it, with what it leaves open closed: nonce, level, algorithms, signed userinfo.

Every token is verified, whichever way it came: RS256 or ES256 by a key of the provider, issuer, audience, expiry and
nonce.
"""

import logging
import secrets
import time
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from visavis.people.identity.providers import PEOPLE, Provider
from visavis.people.identity.vouched import Away, NotBelieved, TooWeak, Vouched

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "ES256"]
# What two clocks may differ by.
LEEWAY_S = 60
DESCRIBED_FOR_S = 3600
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
# What a description must name (OpenID Connect Discovery, 3).
NAMED = {"authorization_endpoint", "token_endpoint", "jwks_uri"}

_described: dict[str, tuple[float, dict[str, Any]]] = {}


class Adapter(OpenIDConnectOAuth2Adapter):
    """One provider, for one request."""

    def __init__(self, request: HttpRequest, provider: Provider) -> None:
        super().__init__(request, provider.slot)
        self.of = provider

    def get_provider(self) -> OpenIDConnectProvider:
        app = SocialApp(
            provider="openid_connect",
            provider_id=self.of.slot,
            name=self.of.name,
            client_id=self.of.client,
            secret=self.of.secret,
            settings={
                "server_url": self.of.address,
                "oauth_pkce_enabled": True,
                "scope": list(self.of.scopes),
            },
        )
        found = Client(self.request, app=app)
        found.adapter = self
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        return described(self.of)

    def get_callback_url(self, request: HttpRequest, app: SocialApp | None) -> str:
        """Return our own address as the settings say it, whatever name the request came by."""
        return settings.SITE_URL + reverse("identity_answer", kwargs={"slot": self.of.slot})


class Client(OpenIDConnectProvider):
    """allauth's provider, bound to our adapter."""

    adapter: Adapter

    def get_oauth2_adapter(self, request: HttpRequest) -> Adapter:
        return self.adapter


def described(provider: Provider) -> dict[str, Any]:
    """Return how the provider describes itself, read anew each hour. Raises Away or NotBelieved."""
    kept_at, kept = _described.get(provider.address, (0.0, {}))
    if kept and time.monotonic() - kept_at < DESCRIBED_FOR_S:
        return kept
    issuer = provider.address.partition("/.well-known/")[0].rstrip("/")
    address = provider.address if "/.well-known/" in provider.address else well_known(issuer)
    found = asked(address)
    if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != issuer:
        raise NotBelieved("its description is of another issuer")
    if missing := NAMED - found.keys():
        raise NotBelieved(f"its description lacks {', '.join(sorted(missing))}")
    _described[provider.address] = (time.monotonic(), found)
    return found


def well_known(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def asked(address: str) -> Any:
    """Read JSON from the provider. Raises Away."""
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            return answer.json()
    except (requests.RequestException, ValueError) as error:
        raise Away(type(error).__name__) from error


def forget() -> None:
    """Read every description anew."""
    _described.clear()


def begin(request: HttpRequest, provider: Provider, *, process: str, then: str = "") -> HttpResponse:
    """Lead to the provider; only this session can come back. Raises Away or NotBelieved."""
    nonce = secrets.token_urlsafe(24)
    asks = {"nonce": nonce}
    if provider.acr:
        asks["acr_values"] = " ".join(provider.acr)
    if provider.slot == PEOPLE:
        # At a computer that several people use, nobody comes in as whoever sat there before.
        asks["prompt"] = "login"
    client = Adapter(request, provider).get_provider()
    led: HttpResponse = client.redirect(request, process, next_url=then, auth_params=asks, nonce=nonce)
    return led


def begun(request: HttpRequest, provider: Provider, state: str) -> dict[str, Any] | None:
    """Take what this session began, once; nothing where it did not, or more than ten minutes ago."""
    found: dict[str, Any] | None = statekit.unstash_state(request, state_id=state, provider_id=provider.slot)
    return found


def answered(request: HttpRequest, provider: Provider, code: str, state: dict[str, Any]) -> Vouched:
    """Change the code for who she is, verified. Raises Away, NotBelieved or TooWeak."""
    adapter = Adapter(request, provider)
    tokens = exchanged(adapter, code, str(state.get("pkce_code_verifier", "")))
    token = str(tokens.get("id_token") or "")
    keys = asked(str(adapter.openid_config["jwks_uri"]))
    claims = read_token(token, keys, provider, adapter.openid_config)
    if not secrets.compare_digest(str(claims.get("nonce", "")), str(state.get("nonce", "-"))):
        raise NotBelieved("the nonce is another")
    acr = str(claims.get("acr", ""))
    if provider.acr and acr not in provider.acr:
        raise TooWeak
    more = userinfo(adapter, str(tokens.get("access_token", "")), keys)
    if more and more.get("sub") != claims["sub"]:
        raise NotBelieved("userinfo is of somebody else")
    return Vouched(provider.slot, subject_in(claims), name_in({**claims, **more}), acr, token)


def subject_in(claims: dict[str, Any]) -> str:
    """Return the provider's name for who she is. Raises NotBelieved where it names nobody: that would be everybody."""
    subject = str(claims.get("sub") or "")
    if not any(sign.isalnum() for sign in subject):
        raise NotBelieved("the subject is empty")
    return subject


def exchanged(adapter: Adapter, code: str, verifier: str) -> dict[str, Any]:
    """Give the code, with what only we know of it. Raises Away, or NotBelieved where it is refused."""
    told = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    told["redirect_uri"] = adapter.get_callback_url(adapter.request, None)
    ours = (adapter.of.client, adapter.of.secret)
    if not adapter.basic_auth:
        told |= {"client_id": ours[0], "client_secret": ours[1]}
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.post(
                adapter.access_token_url, data=told, auth=ours if adapter.basic_auth else None
            )
            if 400 <= answer.status_code < 500:
                raise NotBelieved("the code was refused")
            answer.raise_for_status()
            found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise Away(type(error).__name__) from error
    return found if isinstance(found, dict) else {}


def read_token(token: str, keys: Any, provider: Provider, described: dict[str, Any]) -> dict[str, Any]:
    """Verify a token for us and return its claims. Raises NotBelieved."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key_of(token, keys),
            algorithms=ALGORITHMS,
            audience=provider.client,
            issuer=described["issuer"],
            leeway=LEEWAY_S,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, KeyError, TypeError) as error:
        raise NotBelieved(f"the token does not hold: {type(error).__name__}") from error
    if claims.get("azp", provider.client) != provider.client:
        raise NotBelieved("the token is for another service")
    return claims


def key_of(token: str, keys: Any) -> jwt.PyJWK:
    """Return the key that a token names, which must be one of the provider's and of its own kind."""
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise NotBelieved("the token is signed in a way we do not take")
    listed = keys.get("keys", []) if isinstance(keys, dict) else []
    offered = [one for one in listed if one.get("use", "sig") == "sig"]
    named = [one for one in offered if one.get("kid") == header.get("kid")]
    if len(named) != 1:
        raise NotBelieved("no key of this name")
    return jwt.PyJWK(named[0], algorithm=header["alg"])


def userinfo(adapter: Adapter, access: str, keys: Any) -> dict[str, Any]:
    """Ask for her name; FranceConnect and ProConnect answer with a signed token, others with JSON."""
    address = adapter.openid_config.get("userinfo_endpoint")
    if not address:
        return {}
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers={"Authorization": f"Bearer {access}"})
            answer.raise_for_status()
            if "application/jwt" in answer.headers.get("Content-Type", ""):
                return read_userinfo(answer.text.strip(), keys, adapter)
            found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise Away(type(error).__name__) from error
    return found if isinstance(found, dict) else {}


def read_userinfo(token: str, keys: Any, adapter: Adapter) -> dict[str, Any]:
    """Verify signed userinfo: it need not expire (OpenID Connect Core, 5.3.2), but it is for us and by the provider."""
    try:
        found: dict[str, Any] = jwt.decode(
            token,
            key=key_of(token, keys),
            algorithms=ALGORITHMS,
            audience=adapter.of.client,
            issuer=adapter.openid_config["issuer"],
            leeway=LEEWAY_S,
            options={"require": ["iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError) as error:
        raise NotBelieved(f"userinfo does not hold: {type(error).__name__}") from error
    return found


def name_in(claims: dict[str, Any]) -> str:
    """Return the name to show her before she links, so that nobody links somebody else's."""
    family = claims.get("usual_name") or claims.get("family_name") or ""
    both = " ".join(str(one) for one in (claims.get("given_name"), family) if one)
    return (both or str(claims.get("name") or ""))[:120]
