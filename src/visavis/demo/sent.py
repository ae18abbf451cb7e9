"""Messages of the demonstration: what would leave by e-mail or SMS is read on a page, and leaves nowhere.

The backend and the gateway exist in settings only where VISAVIS_DEMO is on and nothing else was chosen.
"""

import json
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.dateparse import parse_datetime

from visavis.common import clock

SHOWN = 30


@dataclass(frozen=True)
class Sent:
    """One message: when, how, to whom (only half told), and its words."""

    at: str
    how: str
    to: str
    subject: str
    text: str

    @property
    def instant(self) -> object:
        return parse_datetime(self.at)


class PageMailBackend(BaseEmailBackend):
    """Keeps e-mails for the page of messages."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.to:
                keep(how="email", to=to, subject=str(message.subject), text=str(message.body))
        return len(email_messages)


class PageGateway:
    """Keeps text messages for the page of messages."""

    def send(self, to: str, text: str, number: str = "") -> None:
        keep(how="phone", to=to, subject="", text=text)


def keep(*, how: str, to: str, subject: str, text: str) -> None:
    """Write a message to the end of the file, and on the terminal as before."""
    one = Sent(clock.now().isoformat(), how, half(to), subject, text)
    with file().open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    sys.stderr.write(f"{'E-mail' if how == 'email' else 'SMS'} to {to}: {subject}\n{text}\n")


def latest() -> list[Sent]:
    """Return the last messages, the newest first."""
    try:
        with file().open(encoding="utf-8") as kept:
            lines = deque(kept, maxlen=SHOWN)
    except FileNotFoundError:
        return []
    return [Sent(**json.loads(line)) for line in reversed(lines) if line.endswith("\n")]


def half(address: str) -> str:
    """Tell an address to who knows it, and to nobody else: `a…@example.org`, `…12 34`."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}" if at else f"…{address[-4:]}"


def file() -> Path:
    return settings.VAR / "demo-messages.jsonl"
