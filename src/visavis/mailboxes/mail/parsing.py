"""A message as it came, read: who sends it, to whom, its words, what hangs on it. No header can stop it.

Python's own parser raises on a few malformed headers (cpython 114906, 151857), so each is read by itself: of what
cannot be read the log says which header it was, and the rest is there. RFC 5322, 2045 to 2047, 2231.
"""

import email
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from html.parser import HTMLParser

log = logging.getLogger(__name__)

# More than these are no letter of a person: what is over stays in the raw message, which is kept.
MOST_PARTS, DEEPEST, LONGEST_TEXT = 200, 20, 200_000
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"}
UNSEEN = {"script", "style", "head", "title"}


@dataclass(frozen=True)
class Part:
    """One thing that hangs on a message."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A message in plain words."""

    sender: str = ""
    sender_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    parts: tuple[Part, ...] = ()
    message: Message = field(default_factory=Message, repr=False, compare=False)


def parse(raw: bytes) -> Mail:
    """Read a message. Never raises: of what is no message the text is what it says."""

    def guarded[T](name: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Exception as error:  # noqa: BLE001  (whatever a malformed header raises)
            log.info("a header %s could not be read: %s", name, type(error).__name__)
            return otherwise

    message = guarded("message", lambda: email.message_from_bytes(raw, policy=compat32), Message())
    nobody: list[tuple[str, str]] = []
    senders = guarded("From", lambda: addresses(message, "From"), nobody)
    # Who writes in the name of several is nobody whom we could know.
    name, sender = senders[0] if len(senders) == 1 else ("", "")
    return Mail(
        sender=sender,
        sender_name=name,
        to=tuple(guarded("To", lambda: [one for _, one in addresses(message, *RECIPIENTS)], [])),
        subject=guarded("Subject", lambda: " ".join(words(message, "Subject").split())[:300], ""),
        text=guarded("body", lambda: text_of(message), "")
        or guarded("raw", lambda: _decoded(_body(raw), None), ""),
        parts=tuple(guarded("parts", lambda: list(parts_of(message)), [])),
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
        values = [str(value) for value in message.get_all(header, [])]
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
    said = [
        _decoded(part, charset) if isinstance(part, bytes) else part for part, charset in decode_header(value)
    ]
    return "".join(said).replace("\r", " ").replace("\n", " ").replace("\0", "")


def leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """Walk through what a message is made of, as deep and as far as a person would go."""
    if depth > DEEPEST:
        return
    payload = message.get_payload()
    if message.is_multipart() and isinstance(payload, list):
        for part in payload[:MOST_PARTS]:
            if isinstance(part, Message):
                yield from leaves(part, depth + 1)
    else:
        yield message


def text_of(message: Message) -> str:
    """Return the words of a message: its plain text, else what its HTML says."""
    plain, marked = [], []
    for leaf in list(leaves(message))[:MOST_PARTS]:
        if _is_attached(leaf):
            continue
        kind = leaf.get_content_type()
        if kind == "text/plain":
            plain.append(_text(leaf))
        elif kind == "text/html":
            marked.append(_plain(_text(leaf)))
    said = [one for one in plain if one.strip()] or marked
    return "\n\n".join(said).replace("\0", "")[:LONGEST_TEXT].strip()


def parts_of(message: Message) -> Iterator[Part]:
    """Return what hangs on a message, also what says that it stands inside the text and has a name."""
    for number, leaf in enumerate(list(leaves(message))[:MOST_PARTS], 1):
        if not _is_attached(leaf):
            continue
        content = leaf.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield Part(_name(leaf) or f"piece-{number}", leaf.get_content_type(), content)


def _is_attached(leaf: Message) -> bool:
    """Say whether a part hangs on the message: it has a name, or is no text."""
    if leaf.get_content_maintype() != "text":
        return not leaf.get_content_type().startswith("message/delivery-status")
    return (leaf.get_content_disposition() or "") == "attachment" or bool(_name(leaf))


def _name(leaf: Message) -> str:
    try:
        given = leaf.get_filename() or ""
    except Exception:  # noqa: BLE001  (a malformed name is no name)
        return ""
    name = words_of(given).replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable()).strip(". ")[:120]


def _text(leaf: Message) -> str:
    content = leaf.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(content or "")
    return _decoded(content, leaf.get_content_charset())


def _decoded(content: bytes, charset: str | None) -> str:
    """Return bytes as text: as they say, else as UTF-8, else as Windows writes in the west."""
    for name in (charset, "utf-8", "cp1252"):
        try:
            return content.decode(name or "utf-8").replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("latin-1").replace("\r\n", "\n")


def _body(raw: bytes) -> bytes:
    """Return what follows the first empty line, or all of it."""
    for gap in (b"\r\n\r\n", b"\n\n"):
        if gap in raw:
            return raw.partition(gap)[2][:LONGEST_TEXT]
    return raw[:LONGEST_TEXT]


class _Plain(HTMLParser):
    """Collects what somebody would read of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in UNSEEN
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in UNSEEN and self.hidden > 0
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _plain(marked: str) -> str:
    reader = _Plain()
    reader.feed(marked[:1_000_000])
    reader.close()
    lines = [line.strip() for line in "".join(reader.said).splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip()
