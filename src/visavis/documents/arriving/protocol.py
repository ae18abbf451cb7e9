"""What tus 1.0 says in headers (https://tus.io/protocols/resumable-upload), read and written. No Django here."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
BODY = "application/offset+octet-stream"
ALGORITHMS: dict[str, Callable[[bytes], Any]] = {
    "sha256": hashlib.sha256,
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False),
}
# What a client says of a file: its name and the like.
MOST_SAID = 1_000
MISMATCH = 460
NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
KEY = re.compile(r"[\x21-\x2b\x2d-\x7e]+", re.ASCII)


class Wrong(Exception):
    """A request that does not follow the protocol: the status that says so, and a sentence for who writes clients."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


@dataclass(frozen=True)
class Checksum:
    """What the bytes of one request must come to."""

    algorithm: str
    digest: bytes

    def is_of(self, data: bytes) -> bool:
        return bool(ALGORITHMS[self.algorithm](data).digest() == self.digest)


def number(name: str, value: str | None) -> int:
    """Read a length or an offset. Raises Wrong."""
    if value is None or not NUMBER.fullmatch(value):
        raise Wrong(400, f"{name} must be a number of bytes.")
    return int(value)


def metadata(value: str) -> dict[str, bytes]:
    """Read `Upload-Metadata`: keys without spaces, each once, values in base64 or none. Raises Wrong."""
    if len(value) > MOST_SAID:
        raise Wrong(413, f"Upload-Metadata is longer than {MOST_SAID} characters.")
    said: dict[str, bytes] = {}
    for pair in value.split(",") if value.strip() else []:
        key, _, coded = pair.strip().partition(" ")
        if not KEY.fullmatch(key) or key in said:
            raise Wrong(400, "Upload-Metadata has a key twice, or one that is none.")
        said[key] = _decoded("Upload-Metadata", coded)
    return said


def checksum(value: str | None) -> Checksum | None:
    """Read `Upload-Checksum`; nothing where there is none. Raises Wrong."""
    if value is None:
        return None
    algorithm, _, coded = value.strip().partition(" ")
    if algorithm not in ALGORITHMS or not coded:
        raise Wrong(400, f"Upload-Checksum knows {','.join(ALGORITHMS)}.")
    return Checksum(algorithm, _decoded("Upload-Checksum", coded))


def _decoded(name: str, coded: str) -> bytes:
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Wrong(400, f"{name} is not in base64.") from error
