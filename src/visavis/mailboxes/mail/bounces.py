"""What a mail server tells of a message of ours: that it did not arrive, that it is late, that it did.

RFC 3464 and 6522 say how it should; a fifth of the servers write a text instead, each in its own words.
"""

import re
from collections.abc import Iterator
from email.message import Message
from enum import StrEnum

from visavis.mailboxes.mail.parsing import Mail, words

SERVERS = re.compile(r"^(mailer-daemon|mail-?delivery|mail\.daemon|mdaemon|microsoftexchange\w*)@", re.I)
# Also the address of somebody who has a small domain: by itself it is no sign.
POSTMASTERS = re.compile(r"^(postmaster|mail-?er|admin|administrator|system)@", re.I)
SUBJECTS = re.compile(
    r"^\s*(undeliver|delivery (status notification|failure|has failed|report)|mail delivery (failed|failure|problem)|"
    r"mail system error|returned mail|failure notice|failed mail|message (not delivered|undeliverable)|"
    r"non[- ]?delivery|nondeliverable|warning: (message|could not send)|delayed mail|delivery (delayed|incomplete)|"
    r"non remis|non distribu|échec de (la )?(remise|distribution|livraison)|echec de (la )?(remise|distribution)|"
    r"message non (remis|distribu|délivr)|notification d.(état|échec)|retard de (remise|distribution)|"
    r"remise (différée|retardée)|courrier non (remis|distribu)|\*+ ?(undelivered|non remis)|unzustellbar)",
    re.I,
)
LATE = re.compile(
    r"will (keep|continue|retry)|(still|being) (re)?tr(ied|ying)|delayed|not yet been delivered|"
    r"has not been delivered yet|"
    r"you do not need to (re)?send|warning message only|this is a warning|retard|différée|nouvelle tentative|"
    r"n.a pas encore (pu )?être (remis|distribu)|sera réessay|inutile de renvoyer",
    re.I,
)
FOR_GOOD = re.compile(r"giving up|given up|permanent|fatal|abandon|i.ve given up|definitive|définitive", re.I)


class Fate(StrEnum):
    """What became of our message."""

    FAILED = "failed"
    LATE = "late"
    ARRIVED = "arrived"


def is_bounce(mail: Mail) -> bool:
    """Say whether a mail server writes of a message of ours; a person who passes one on is none."""
    if report_of(mail.message) == "delivery-status":
        return True
    if words_in(mail, "X-Failed-Recipients"):
        return True
    is_server = bool(SERVERS.match(mail.sender)) or not mail.sender
    by_itself = (
        words_in(mail, "Return-Path") == "<>"
        or words_in(mail, "Auto-Submitted") not in ("", "no")
        or bool(report_of(mail.message))
    )
    speaks = bool(SUBJECTS.match(mail.subject))
    if is_server and (by_itself or speaks):
        return report_of(mail.message) != "disposition-notification" and (bool(mail.sender) or speaks)
    return bool(POSTMASTERS.match(mail.sender)) and speaks


def report_of(message: Message) -> str:
    """Return of what a message is a report: `delivery-status`, `disposition-notification`, or nothing."""
    if message.get_content_type() != "multipart/report":
        return ""
    said = str(message.get_param("report-type") or "").lower()
    kinds = {part.get_content_type() for part in _parts(message)}
    for kind in ("delivery-status", "disposition-notification"):
        if kind in said or (not said and kinds & {f"message/{kind}", f"message/global-{kind}"}):
            return kind
    return said


def fate_of(mail: Mail) -> Fate:
    """Say what became of our message: of what says nothing clear, that it did not arrive, since somebody then calls."""
    actions = set(_actions(mail.message))
    if actions & {"failed"}:
        return Fate.FAILED
    if actions:
        return Fate.LATE if "delayed" in actions else Fate.ARRIVED
    said = f"{mail.subject}\n{mail.text[:5_000]}"
    return Fate.LATE if LATE.search(said) and not FOR_GOOD.search(said) else Fate.FAILED


def _actions(message: Message) -> Iterator[str]:
    for part in _parts(message):
        if (action := part.get("Action")) is not None:
            yield str(action).strip().lower().split(" ")[0]
        elif part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            payload = part.get_payload()
            if isinstance(payload, str):
                yield from re.findall(r"^action:\s*(\w+)", payload.lower(), re.M)


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Walk through the report, and not through the message that came back with it."""
    yield message
    payload = message.get_payload()
    if depth < 5 and isinstance(payload, list) and message.get_content_type() != "message/rfc822":
        for part in payload[:50]:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def words_in(mail: Mail, name: str) -> str:
    """Return a header in small letters; nothing where it cannot be read."""
    try:
        return words(mail.message, name).strip().lower()
    except Exception:  # noqa: BLE001  (a malformed header says nothing)
        return ""
