"""The keys of the journal, which the database does not hold: who writes there cannot sign an entry."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@dataclass(frozen=True)
class Key:
    """A key with the name that stands before what it signs: six hexadecimal digits."""

    name: str
    of_digests: bytes
    of_seals: Ed25519PrivateKey

    def digest(self, content: str) -> str:
        """Return the name and the HMAC-SHA256 of a text (RFC 2104), 50 characters."""
        drawn = hmac.digest(self.of_digests, content.encode(), "sha256")
        return f"{self.name}.{base64.urlsafe_b64encode(drawn).decode().rstrip('=')}"


def ring() -> tuple[Key, ...]:
    """Return the keys that may have signed the journal: the first signs, all are believed."""
    secrets = (
        settings.VISAVIS_JOURNAL_KEY,
        settings.VISAVIS_JOURNAL_KEY_BEFORE,
        settings.SECRET_KEY,
        *settings.SECRET_KEY_FALLBACKS,
    )
    return _keys(tuple(str(one) for one in secrets if one))


def digest(content: str) -> str:
    """Sign a text with the key of the day."""
    return ring()[0].digest(content)


def is_signed(content: str, signature: str) -> bool:
    """Say whether a text bears the signature of one of the keys."""
    return believed()(content, signature)


def believed() -> Callable[[str, str], bool]:
    """Return what says whether a text bears the signature of one of the keys: the ring is read once for many texts."""
    keys = ring()

    def is_signed(content: str, signature: str) -> bool:
        name = signature.partition(".")[0]
        return any(hmac.compare_digest(one.digest(content), signature) for one in keys if one.name == name)

    return is_signed


def public_keys() -> list[Ed25519PublicKey]:
    """Return what seals are verified with; anybody may hold it."""
    return [one.of_seals.public_key() for one in ring()]


@lru_cache(maxsize=8)
def _keys(secrets: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(_key(one) for one in secrets)


def _key(secret: str) -> Key:
    of_digests = _derived(secret, b"visavis journal digests 1")
    return Key(
        name=hashlib.sha256(of_digests).hexdigest()[:6],
        of_digests=of_digests,
        of_seals=Ed25519PrivateKey.from_private_bytes(_derived(secret, b"visavis journal seals 1")),
    )


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
