"""Sign the end of the journal's chain and keep that outside the database: a cut or an emptying shows.

A seal is a line of JSON: when, the last link's number and digest, the public key, an Ed25519 signature
(RFC 8032) of these. It tells nothing of anybody, and may lie with another person or on another machine.
"""

import datetime as dt
import json
import logging
import os
import smtplib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.mail import send_mail

from visavis.common import clock
from visavis.journal import chain, keys
from visavis.journal.models import Link
from visavis.journal.services import KEPT_FOR

log = logging.getLogger(__name__)

EVERY = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Seal:
    """The end of the chain at a moment; `signature` and `key` in hexadecimal digits."""

    at: str
    last: int
    digest: str
    key: str
    signature: str = ""

    def signed(self) -> bytes:
        """Return what the signature covers."""
        return f"{self.at}\n{self.last}\n{self.digest}".encode()

    def is_signed(self, believed: Iterable[str]) -> bool:
        """Say whether one of the keys believed has signed it."""
        if self.key not in believed:
            return False
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            public.verify(bytes.fromhex(self.signature), self.signed())
        except (InvalidSignature, ValueError):
            return False
        return True


def sweep() -> None:
    """Link what was written, and seal the end once an hour; the first seal of a day is also mailed."""
    chain.link()
    last = latest()
    now = clock.now()
    if last is not None and now - dt.datetime.fromisoformat(last.at) < EVERY:
        return
    seal = made(now)
    if seal is None or (last is not None and seal.digest == last.digest):
        return
    keep(seal)
    if last is None or last.at[:10] != seal.at[:10]:
        mail(seal)


def made(at: dt.datetime) -> Seal | None:
    """Seal the end of the chain; nothing while it is empty."""
    end = Link.objects.order_by("-pk").first()
    if end is None:
        return None
    private = keys.ring()[0].of_seals
    key = private.public_key().public_bytes_raw().hex()
    seal = Seal(at.isoformat(), end.pk, end.digest, key)
    return Seal(seal.at, seal.last, seal.digest, key, private.sign(seal.signed()).hex())


def keep(seal: Seal) -> None:
    """Add a seal to the file, readable by its owner only, and tell the log."""
    path = Path(settings.VISAVIS_JOURNAL_SEALS)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(seal)) + "\n")
    log.info("journal sealed: %s", json.dumps(asdict(seal)))


def mail(seal: Seal) -> None:
    """Send a seal to who keeps them outside, if somebody does."""
    if settings.VISAVIS_JOURNAL_WITNESS:
        words = (
            "Keep this line: it shows whether the journal was cut (visavis verify_journal --seals FILE).\n\n"
        )
        try:
            send_mail(
                f"{settings.VISAVIS_SERVICE_NAME}: seal of the journal",
                words + json.dumps(asdict(seal)) + "\n",
                None,
                [settings.VISAVIS_JOURNAL_WITNESS],
            )
        except (smtplib.SMTPException, OSError) as error:
            log.error("the seal of the day could not be mailed: %s", type(error).__name__)


def latest() -> Seal | None:
    """Return the last seal of the file that can be read."""
    for line in reversed(kept_in(Path(settings.VISAVIS_JOURNAL_SEALS))):
        seal = read(line)
        if seal is not None:
            return seal
    return None


def kept_in(path: Path) -> list[str]:
    """Return the lines of a file of seals; none when there is no file."""
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read(line: str) -> Seal | None:
    """Read a seal; nothing when the line is none."""
    try:
        found = json.loads(line)
        return Seal(**{name: type_(found[name]) for name, type_ in Seal.__annotations__.items()})
    except (ValueError, KeyError, TypeError):
        return None


def faults(given: Iterable[str], believed: Iterable[str] = ()) -> list[str]:
    """Say what seals, as lines, tell against the chain as it stands: empty is well.

    `believed` are public keys; those of this service when none is named.
    """
    keys_believed = set(believed) or {one.public_bytes_raw().hex() for one in keys.public_keys()}
    forgotten = clock.now() - KEPT_FOR
    told = []
    for number, line in enumerate(given, start=1):
        seal = read(line)
        if seal is None or not seal.is_signed(keys_believed):
            told.append(f"Line {number} is no seal of this service.")
            continue
        if dt.datetime.fromisoformat(seal.at) < forgotten:
            continue
        found = Link.objects.filter(pk=seal.last).values_list("digest", flat=True).first()
        if found is None:
            told.append(f"On {seal.at} the chain reached link {seal.last}, which is gone.")
        elif found != seal.digest:
            told.append(f"On {seal.at} link {seal.last} was another.")
    return told
