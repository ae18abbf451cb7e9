"""What a device does, in Python: it prepares, blinds, unblinds and draws. The companion does the same."""

import json
import secrets
from dataclasses import dataclass
from hashlib import sha384
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from visavis.people.models import User
from visavis.traces import keys, permits
from visavis.traces.models import Period

HASH, SALT = 48, 48


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 over SHA-384 (RFC 8017, B.2.1)."""
    blocks = (sha384(seed + n.to_bytes(4)).digest() for n in range(-(-length // HASH)))
    return b"".join(blocks)[:length]


def encoded(message: bytes, bits: int) -> int:
    """EMSA-PSS-ENCODE (RFC 8017, 9.1.1)."""
    length, salt = (bits + 7) // 8, secrets.token_bytes(SALT)
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(length - SALT - HASH - 2) + b"\x01" + salt
    masked = bytes(a ^ b for a, b in zip(block, mask(digest, len(block)), strict=True))
    first = masked[0] & (0xFF >> (8 * length - bits))
    return int.from_bytes(bytes([first]) + masked[1:] + digest + b"\xbc")


@dataclass
class Device:
    """One device of one person: what it asks a permit for, and what it then shows."""

    period: Period
    message: bytes = b""
    signature: bytes = b""

    def __post_init__(self) -> None:
        self.modulus = int(self.period.modulus)
        self.message = secrets.token_bytes(32) + f"visavis-permit-1:{self.period.code}".encode()
        self.veil = secrets.randbelow(self.modulus - 2) + 2
        raised = pow(self.veil, keys.EXPONENT, self.modulus)
        hidden = encoded(self.message, self.modulus.bit_length() - 1) * raised % self.modulus
        self.blinded = hidden.to_bytes(keys.size(self.modulus))

    def ask(self, by: User) -> "Device":
        """Ask for a permit and take the blinding off."""
        self.take(permits.give(blinded=self.blinded, period=self.period.code, by=by))
        return self

    def take(self, signed: bytes) -> None:
        plain = int.from_bytes(signed) * pow(self.veil, -1, self.modulus) % self.modulus
        self.signature = plain.to_bytes(keys.size(self.modulus))

    def report(self, *interests: int, group: str = "") -> bytes:
        return self.period.survey.write(self.period.mechanism.draw(interests), group)

    def body(self, report: bytes) -> dict[str, Any]:
        shown = {"message": keys.b64(self.message), "signature": keys.b64(self.signature)}
        return {"report": report.decode(), **shown}

    def send(self, report: bytes, **headers: str) -> HttpResponse:
        return post(self.body(report), **headers)


def post(body: object, **headers: str) -> HttpResponse:
    sent = json.dumps(body)
    return Client().post(reverse("traces:reports"), sent, "application/json", headers=headers)  # type: ignore[return-value]
