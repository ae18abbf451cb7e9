"""A message as it came, read: who sends it, to whom, its words, what hangs on it. No header can stop it.

Python's own parser raises on a few malformed headers (cpython 114906, 151857), so each is read by itself: of what
cannot be read the log says which header it was, and the rest is there. RFC 5322, 2045 to 2047, 2231.
"""

import email
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses

from visavis.mailboxes.mail import body
from visavis.mailboxes.mail.body import Part
from visavis.mailboxes.mail.charsets import decoded, repaired, unfolded

log = logging.getLogger(__name__)

# What is over is no header of a person's: it stays in the raw message, which is kept.
LONGEST_HEADER, LONGEST_LIST = 5_000, 50_000
# Python looks at each line once for each boundary around it: of very many, only so much is read.
MOST_BOUNDARIES, READ_OF_MANY = 60, 300_000
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


@dataclass(frozen=True)
class Mail:
    """A message in plain words."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    parts: tuple[Part, ...] = ()
    is_sealed: bool = False
    """Encrypted by her program: nobody reads it here."""
    is_calendar_answer: bool = False
    message: Message = field(default_factory=Message, repr=False, compare=False)


class Repairing(Compat32):
    """Reads headers that say no charset as what they most likely are: UTF-8, else as Windows writes in the west."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, repaired(value)


POLICY = Repairing()


def parse(raw: bytes) -> Mail:
    """Read a message. Never raises: of what is no message the text is what it says."""

    def guarded[T](name: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Exception as error:  # noqa: BLE001  (whatever a malformed header raises)
            log.info("a header %s could not be read: %s", name, type(error).__name__)
            return otherwise

    message = guarded("message", lambda: email.message_from_bytes(_bounded(raw), policy=POLICY), Message())
    nobody: list[tuple[str, str]] = []
    senders = guarded("From", lambda: addresses(message, "From"), nobody)
    # Who writes in the name of several is nobody whom we could know.
    name, sender = senders[0] if len(senders) == 1 else ("", "")
    read = guarded("body", lambda: body.read(message), body.Body())
    text = read.text
    if not text and not read.is_known:
        text = guarded("raw", lambda: decoded(_after_head(raw), None).replace("\0", "").strip(), "")
    return Mail(
        sender=sender,
        sender_name=name,
        to=tuple(guarded("To", lambda: [one for _, one in addresses(message, *RECIPIENTS)], [])),
        subject=guarded("Subject", lambda: " ".join(words(message, "Subject").split())[:300], ""),
        text=text,
        parts=read.parts,
        is_sealed=read.is_sealed,
        is_calendar_answer=read.is_calendar_answer,
        message=message,
    )


def words(message: Message, name: str) -> str:
    """Return a header in words: encoded parts opened, unknown encodings left as they are."""
    value = message.get(name)
    return "" if value is None else words_of(str(value))


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """Return the names and addresses of some headers, each address once, in small letters.

    Encoded words are opened in names only, and after the addresses were found: else a name could hold another
    sender's address (RFC 2047, 5).
    """
    found: dict[str, str] = {}
    for header in names:
        values = [str(value)[:LONGEST_LIST] for value in message.get_all(header, [])]
        for name, address in getaddresses(values, strict=False):
            kept = address.strip().lower()
            if (
                "@" in kept
                and not kept.startswith("@")
                and len(kept) <= 254
                and kept.isprintable()
                and " " not in kept
            ):
                found.setdefault(kept, " ".join(words_of(name).split())[:120])
    return [(name, address) for address, name in found.items()]


def words_of(value: str) -> str:
    """Return one header's value with its encoded parts opened, on one line: a hidden line break ends nothing."""
    return unfolded(value[:LONGEST_HEADER])


def _bounded(raw: bytes) -> bytes:
    """Return as much of a message as is read."""
    return raw[:READ_OF_MANY] if raw.lower().count(b"boundary") > MOST_BOUNDARIES else raw


def _after_head(raw: bytes) -> bytes:
    """Return what follows the first empty line, or all of it."""
    for gap in (b"\r\n\r\n", b"\n\n"):
        if gap in raw:
            return raw.partition(gap)[2][: body.LONGEST_TEXT]
    return raw[: body.LONGEST_TEXT]
