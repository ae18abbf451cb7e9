"""Seal a stream for a public key and open it with the private one: the age format (age-encryption.org/v1)."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from visavis.common.errors import Refused


class CannotSeal(Refused):
    """No key to seal for, or the key is none."""


class CannotOpen(Refused):
    """The key is another's, or the file was changed or cut."""


def age() -> Any:
    """Return the library. Raises CannotSeal where it is not installed."""
    try:
        import pyrage  # noqa: PLC0415  (an extra: only who makes backups needs it)
    except ImportError as error:
        raise CannotSeal("Backups need an optional package: install visavis[backup].") from error
    return pyrage


def draw_key(path: Path) -> str:
    """Write a new private key, readable by its owner only, and return the public one."""
    drawn = age().x25519.Identity.generate()
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotSeal(
            f"{path} is there already: a key that opens backups is never written over."
        ) from error
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(f"# public key: {drawn.to_public()}\n{drawn}\n")
    return str(drawn.to_public())


def recipient(text: str) -> Any:
    """Read a public key. Raises CannotSeal."""
    try:
        return age().x25519.Recipient.from_str(text.strip())
    except (ValueError, age().RecipientError) as error:
        raise CannotSeal(
            "This is no public key of age. It begins with age1: visavis backup --draw-key FILE."
        ) from error


def identity(path: Path) -> Any:
    """Read a private key. Raises CannotOpen."""
    try:
        lines = [one.strip() for one in path.read_text(encoding="ascii").splitlines()]
        return age().x25519.Identity.from_str(next(one for one in lines if one and not one.startswith("#")))
    except (OSError, ValueError, StopIteration, age().IdentityError) as error:
        raise CannotOpen(f"{path} holds no private key of age (AGE-SECRET-KEY-1…).") from error


class Sealed:
    """A file being sealed: counts and digests what leaves, on its way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def seal(source: IO[bytes], path: Path, key: list[Any]) -> dict[str, Any]:
    """Seal a stream for each of the public keys into a file, down to the disk; return its size and its SHA-256."""
    with path.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        out = Sealed(file)
        age().encrypt_io(source, out, key)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": out.size, "sha256": out.digest.hexdigest()}


def unseal(path: Path, to: IO[bytes], key: Any) -> None:
    """Open a sealed file into a stream. Raises CannotOpen; what was written until then is worth nothing."""
    try:
        with path.open("rb") as file:
            age().decrypt_io(file, to, [key])
    except (OSError, age().DecryptError) as error:
        raise CannotOpen(
            f"{path.name} cannot be opened: another key, or a file that was changed or cut."
        ) from error


def digest_of(path: Path, report: Callable[[int], object] = int) -> str:
    """Return the SHA-256 of a file, reporting the bytes read."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
            report(len(piece))
    return found.hexdigest()
