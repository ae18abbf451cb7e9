"""The words of a message, and what hangs on it: walked as deep and as far as a person would go."""

import base64
import re
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message

from visavis.mailboxes.mail import calendars, page
from visavis.mailboxes.mail.charsets import decoded, unfolded
from visavis.mailboxes.mail.kinds import kind_of

# More than these are no letter of a person: what is over stays in the raw message, which is kept.
MOST_PARTS, DEEPEST, LONGEST_TEXT = 200, 250, 200_000
SIGNATURES = {
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys",
}  # fmt: skip
SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
# The line above a message that hangs on another: `folding` folds what stands under it.
FORWARDED = "---------- Message transféré ----------"


@dataclass(frozen=True)
class Part:
    """One thing that hangs on a message."""

    name: str
    type: str
    content: bytes
    is_within: bool = False
    """It is drawn inside the text, as a signature's picture is; a telephone does so with photos too."""


@dataclass(frozen=True)
class Body:
    """What was read of a message."""

    text: str = ""
    parts: tuple[Part, ...] = ()
    is_known: bool = False
    """Something in it is no text: without words it is no riddle."""
    is_sealed: bool = False
    is_calendar_answer: bool = False


@dataclass
class _Walk:
    """What was met so far."""

    parts: list[Part] = field(default_factory=list)
    seen: int = 0
    is_known: bool = False
    is_sealed: bool = False
    is_calendar_answer: bool = False


def read(message: Message) -> Body:
    """Read the words of a message and what hangs on it."""
    walk = _Walk()
    said = _said(message, walk, 0).replace("\0", "")[:LONGEST_TEXT].strip()
    return Body(said, tuple(walk.parts), walk.is_known, walk.is_sealed, walk.is_calendar_answer)


def _said(part: Message, walk: _Walk, depth: int) -> str:
    """Return the words of a part; what hangs on it goes to the walk."""
    kind = part.get_content_type()
    inner = part.get_payload()
    if depth > DEEPEST or walk.seen > MOST_PARTS:
        return ""
    if kind in SEALED and not _is_only_signed(part):
        walk.is_sealed = walk.is_known = True
    if kind.startswith("message/") and kind != "message/rfc822":
        # What a mail server tells another one.
        return ""
    if part.is_multipart() and isinstance(inner, list):
        parts = [one for one in inner[:MOST_PARTS] if isinstance(one, Message)]
        if kind == "multipart/alternative":
            return _alternative(parts, walk, depth)
        said = [_said(one, walk, depth + 1) for one in parts]
        text = "\n\n".join(one for one in said if one.strip())
        return _forwarded(parts[0], text) if kind == "message/rfc822" and parts else text
    walk.seen += 1
    return _leaf(part, kind, walk, is_all=depth == 0)


def _alternative(parts: list[Message], walk: _Walk, depth: int) -> str:
    """Return the same said in plain words, else the richest of the others; of a calendar among them, what it adds."""
    said = [(one.get_content_type(), _said(one, walk, depth + 1)) for one in parts]
    calendar = [text for kind, text in said if kind == "text/calendar" and text]
    others = [(kind, text) for kind, text in said if kind != "text/calendar" and text.strip()]
    plain = [text for kind, text in others if kind == "text/plain"]
    best = plain[0] if plain else others[-1][1] if others else ""
    return "\n\n".join(one for one in (best, *calendar[:1]) if one)


def _leaf(part: Message, kind: str, walk: _Walk, *, is_all: bool) -> str:
    content = _content(part)
    if kind == "text/calendar":
        entry = calendars.read(decoded(content, part.get_content_charset()))
        walk.is_calendar_answer |= entry.is_answer
        walk.is_known = True
        return entry.words
    if part.get_content_maintype() == "text" and (is_all or not _is_attached(part)):
        text = decoded(content, part.get_content_charset())
        return page.plain(text) if "html" in kind else text
    if kind in SIGNATURES:
        return ""
    if part.get_content_maintype() == "multipart" or not (content or _is_attached(part)):
        return ""
    walk.is_known = True
    name, found = _name(part) or f"piece-{walk.seen}", kind_of(content, kind)
    if found == "text/plain" and content:
        # Words are read with the message: nobody has to open a file for them.
        return f"{name}\n{decoded(content, part.get_content_charset())[:LONGEST_TEXT]}"
    is_within = part.get("Content-ID") is not None and part.get_content_disposition() != "attachment"
    walk.parts.append(Part(name, found, content, is_within))
    return ""


def _content(part: Message) -> bytes:
    """Return what a part holds; of base64 that breaks off, what came before."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(content or "").encode()
    if "base64" in str(part.get("Content-Transfer-Encoding") or "").lower() and part.defects:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        with suppress(ValueError):
            return base64.b64decode(letters[: len(letters) // 4 * 4])
    return content


def _forwarded(message: Message, text: str) -> str:
    """Return a message that hangs on another in words: who wrote it, what about, and what it says."""
    head = [FORWARDED]
    for label, name in (("De", "From"), ("Date", "Date"), ("Objet", "Subject")):
        if value := _header(message, name):
            head.append(f"{label} : {value}")
    return "\n".join([*head, "", text])


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(unfolded(str(message.get(name) or "")[:300]).split())
    except Exception:  # noqa: BLE001  (a malformed header says nothing)
        return ""


def _is_only_signed(part: Message) -> bool:
    return str(part.get_param("smime-type") or "").lower() in ("signed-data", "certs-only")


def _is_attached(part: Message) -> bool:
    """Say whether a text hangs on the message: it has a name, or says so."""
    return (part.get_content_disposition() or "") == "attachment" or bool(_name(part))


def _name(part: Message) -> str:
    try:
        given = unfolded((part.get_filename() or "")[:1_000])
    except Exception:  # noqa: BLE001  (a malformed name is no name)
        return ""
    name = given.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable()).strip(". ")[:120]
