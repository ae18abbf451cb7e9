"""The keys of the installation, which the database does not hold: who has the rows alone reads nothing of them.

A ring has several keys: the first writes, all of them read. They come from the environment, newest first, or from a
file that is drawn once in VISAVIS_VAR and read again when it has changed.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
# What a mark has of the digest it is cut from: 162 bits, in letters that a text may hold.
MARK = 27
FILES = {"data": "data-keys", "contacts": "contact-keys"}


class Unknown(RuntimeError):
    """No key of the ring has this name: the installation's keys were lost or are those of another one."""


@dataclass(frozen=True)
class Key:
    """One key, with the name that stands beside what it sealed: eight hexadecimal digits."""

    name: str
    secret: bytes

    def seal(self, plain: bytes, place: bytes) -> bytes:
        """Encrypt by AES-256-GCM-SIV (RFC 8452), bound to a place: moved elsewhere it does not open."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCMSIV(self.secret).encrypt(nonce, plain, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Decrypt. Raises InvalidTag when it was changed, moved, or sealed by another key."""
        return AESGCMSIV(self.secret).decrypt(sealed[:NONCE], sealed[NONCE:], place)

    def mark(self, text: str) -> str:
        """Return what a text is found by: the same for the same text, and nothing can be read in it."""
        digest = hmac.new(self.secret, text.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest).decode()[:MARK]


def keys(purpose: str) -> tuple[Key, ...]:
    """Return the ring of a purpose, `data` or `contacts`, the key that writes first."""
    return _keys(purpose, secrets_of(purpose))


def secrets_of(purpose: str) -> tuple[str, ...]:
    """Return what the keys of a ring are made of, for a process that runs in another folder."""
    given = {"data": settings.VISAVIS_DATA_KEYS, "contacts": settings.VISAVIS_CONTACT_KEYS}[purpose]
    return tuple(given.split()) or _kept(file_of(purpose))


def writing(purpose: str) -> Key:
    """Return the key that writes."""
    return keys(purpose)[0]


def named(name: str) -> Key:
    """Return the key that sealed something; none is drawn for it. Raises Unknown."""
    if not is_there("data"):
        raise Unknown("The data keys of this installation are missing: see docs/security/at-rest.md.")
    for key in keys("data"):
        if key.name == name:
            return key
    raise Unknown(f"No key {name} in the ring of this installation: see docs/security/at-rest.md.")


def is_given(purpose: str) -> bool:
    """Say whether the environment gives the keys: then nothing is drawn, and nothing is written."""
    return bool(
        {"data": settings.VISAVIS_DATA_KEYS, "contacts": settings.VISAVIS_CONTACT_KEYS}[purpose].split()
    )


def is_there(purpose: str) -> bool:
    """Say whether there are keys; asking draws none."""
    return is_given(purpose) or file_of(purpose).exists()


def file_of(purpose: str) -> Path:
    return Path(settings.VAR) / FILES[purpose]


def add(purpose: str) -> Key:
    """Put a new key first in the file of a ring, at once and whole."""
    file = file_of(purpose)
    _write(file, [secrets.token_urlsafe(32), *_kept(file)])
    return writing(purpose)


def drop(purpose: str) -> int:
    """Leave only the key that writes in the file of a ring; return how many went."""
    file = file_of(purpose)
    first, *rest = _kept(file)
    _write(file, [first])
    return len(rest)


def _kept(file: Path) -> tuple[str, ...]:
    """Read a file of keys, drawn first if there is none; two processes that start together agree on one.

    Looked at each time: a process that runs writes by the new key as soon as another has drawn it.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        drawn = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        _put(drawn, [secrets.token_urlsafe(32)])
        try:
            os.link(drawn, file)
        except FileExistsError:
            pass
        finally:
            drawn.unlink()
    found = file.stat()
    return _read(file, found.st_ino, found.st_mtime_ns)


@cache
def _read(file: Path, _number: int, _changed_ns: int) -> tuple[str, ...]:
    return tuple(file.read_text(encoding="ascii").split())


def _write(file: Path, lines: list[str]) -> None:
    drawn = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    _put(drawn, lines)
    drawn.replace(file)


def _put(file: Path, lines: list[str]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write("\n".join(lines) + "\n")
        opened.flush()
        os.fsync(opened.fileno())


@cache
def _keys(purpose: str, given: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(_key(one, f"visavis {purpose} ring 1".encode()) for one in given)


def _key(given: str, info: bytes) -> Key:
    secret = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(given.encode())
    return Key(hashlib.sha256(secret).hexdigest()[:8], secret)
