"""A mail server that is silent, refuses, is full, or dies after it took a message: what was written is neither lost nor
told twice, and each end is visible.

Forty messages in `make test`, three thousand in `make faults`. The clock is moved; nothing waits.
"""

import datetime as dt
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests import factories
from tests.common.at_once import IS_FULL
from tests.personas import Town
from tests.ports import free_port
from visavis.common import clock
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message
from visavis.mailboxes.services import Written
from visavis.news import services as news
from visavis.news.models import News
from visavis.people import delivery

pytestmark = pytest.mark.django_db
SENDS = 3_000 if IS_FULL else 40
FULL, BUSY, NO = "452 4.3.1 Insufficient system storage", "421 4.3.2 Try again later", "554 5.7.1 Refused"


class Server:
    """Keeps whom each message was for; `bad` of every `of` meet what is wrong with it."""

    def __init__(self, wrong: str, of: int = 3) -> None:
        self.wrong, self.of, self.seen = wrong, of, 0
        self.kept: list[str] = []

    async def handle_RCPT(  # noqa: N802  (as aiosmtpd calls it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(  # noqa: N802  (as above)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.seen += 1
        is_bad = self.seen % self.of == 0
        if is_bad and self.wrong != "dies":
            return self.wrong
        self.kept += envelope.rcpt_tos
        if is_bad and server.transport is not None:
            server.transport.abort()
        return "250 kept"


@contextmanager
def serving(wrong: str, settings: Any) -> Iterator[Server]:
    """Let the site send to a server of its own."""
    handler = Server(wrong)
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        _send_to(port, settings)
        yield handler
    finally:
        controller.stop()


def _send_to(port: int, settings: Any) -> None:
    options = {"host": "127.0.0.1", "port": port, "timeout": 1}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def written(town: Town) -> list[Message]:
    """What a counsellor wrote, each to somebody else who is told by e-mail."""
    agency, bruno = town.agency, town.people["bruno"]
    found = []
    for number in range(SENDS):
        user = factories.UserFactory(email=f"personne{number}@example.org", channel="web")
        factories.JobseekerFactory(user=user, agency=agency, counsellor=bruno)
        said = Written(body=f"Message {number}", voice=Voice.OURS, author=bruno)
        found.append(services.begin(person=user, subject="Rendez-vous", written=said, by=bruno))
    return found


def rounds(number: int, time_machine: Any) -> None:
    """Let the worker sweep so often, half an hour after each other."""
    for _round in range(number):
        delivery.RESTS_UNTIL.clear()
        while news.send_what_waits():
            pass
        time_machine.move_to(clock.now() + dt.timedelta(minutes=30), tick=False)


def left_to_somebody(written: list[Message], kept: list[str]) -> int:
    """Count what somebody has to tell; all else was told, and nothing of what was written is lost or told twice."""
    assert Message.objects.filter(pk__in=[one.pk for one in written]).count() == len(written)
    rows = News.objects.filter(thing="thread", thing_id__in=[one.thread_id for one in written])
    told = [str(row.user.email) for row in rows.filter(state=News.State.SENT).select_related("user")]
    by_hand = rows.filter(state__in=News.UNTOLD).count()
    assert len(told) + by_hand == len(written)
    assert set(told) <= set(kept) and len(kept) == len(set(kept))
    return by_hand


@pytest.mark.parametrize("wrong", [FULL, BUSY, NO, "dies"])
def test_nothing_is_lost_or_told_twice_where_the_server_fails_now_and_then(
    wrong: str, written: list[Message], settings: Any, time_machine: Any
) -> None:
    with serving(wrong, settings) as server:
        rounds(8, time_machine)
        by_hand = left_to_somebody(written, server.kept)
    # What surely did not leave is tried again and leaves, but for the few that are refused five times; what may have
    # left is told by somebody, once.
    if wrong == "dies":
        assert by_hand >= SENDS // 4
    else:
        assert by_hand <= SENDS // 100


def test_a_silent_server_is_left_to_people(written: list[Message], settings: Any, time_machine: Any) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as silent:
        _send_to(silent.getsockname()[1], settings)
        settings.MAILERS["default"]["OPTIONS"]["timeout"] = 0.05
        rounds(2, time_machine)
        waiting = News.objects.filter(state=News.State.WAITING, handed_at=None).count()
        assert waiting == len(written)
        time_machine.move_to(clock.now() + dt.timedelta(days=2), tick=False)
        for row in News.objects.filter(thing="thread"):
            delivery.RESTS_UNTIL.clear()
            News.objects.filter(pk=row.pk).update(tries=0)
            if row.pk % 10 == 0:
                news.send(row.pk)
    left = News.objects.filter(state=News.State.FAILED)
    assert left.count() >= len(written) // 10
    assert not News.objects.filter(state=News.State.SENT).exists()
