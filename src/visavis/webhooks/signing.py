"""Signatures as standardwebhooks.com describes them: HMAC-SHA256 over the key, the second and the body."""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from contextlib import suppress

from cryptography.fernet import InvalidToken

from visavis.people.accounts import is_of_former, ring, turned
from visavis.webhooks.models import Endpoint

PREFIX = "whsec_"
BYTES = 32
FORMER_FOR = dt.timedelta(days=1)


def drawn() -> str:
    """Draw a secret, as the receiver keeps it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def sealed(secret: str) -> str:
    return ring().encrypt(secret.encode()).decode()


def unsealed(sealed_secret: str) -> str:
    return ring().decrypt(sealed_secret.encode()).decode()


def holds_former(endpoint: Endpoint) -> bool:
    """Say whether the site's former secret sealed one of the secrets of a program."""
    return any(one and is_of_former(one) for one in (endpoint.secret, endpoint.former_secret))


def seal_anew(endpoint: Endpoint) -> None:
    """Seal its secrets by the site's secret of the day."""
    endpoint.secret, endpoint.former_secret = turned([endpoint.secret, endpoint.former_secret])


def signature(secret: str, key: str, second: int, body: str) -> str:
    """Sign one message with one secret."""
    signed = f"{key}.{second}.{body}".encode()
    made = hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def headers(endpoint: Endpoint, key: str, body: str, now: dt.datetime) -> dict[str, str]:
    """Return what goes with a message: signed anew each time it is tried, by the former secret too while both hold.

    Raises InvalidToken where the site no longer has the key that sealed the secret.
    """
    second = int(now.timestamp())
    held = [unsealed(endpoint.secret)]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > now:
        with suppress(InvalidToken):
            held.append(unsealed(endpoint.former_secret))
    return {
        "Content-Type": "application/json",
        "User-Agent": "visavis-webhooks",
        "webhook-id": key,
        "webhook-timestamp": str(second),
        "webhook-signature": " ".join(signature(secret, key, second, body) for secret in held),
    }
