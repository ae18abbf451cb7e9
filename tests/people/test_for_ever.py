"""Who answers a byte at a time is within every time-out, and would hold whoever asks for ever: it is cut."""

import datetime as dt
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core import mail
from pytest_django import Settings

from tests.people.test_outgoing import post
from visavis.common import clock
from visavis.news import services as news
from visavis.news.models import News
from visavis.people import delivery, outgoing, servers, sms
from visavis.people.models import Outgoing

pytestmark = pytest.mark.django_db
# As a mail server says until a message has come.
SPEAKS = {
    b"EHLO": b"250 hello\r\n",
    b"MAIL": b"250 yes\r\n",
    b"RCPT": b"250 yes\r\n",
    b"DATA": b"354 go on\r\n",
}
# Far longer than the deadline of these tests, if nothing cuts.
BYTES, EVERY_S = 400, 0.05


class Drips:
    """A server that speaks until it was told some words, and answers them a byte at a time."""

    def __init__(self, after: bytes) -> None:
        self.after, self.door = after, socket.create_server(("127.0.0.1", 0))
        self.port, self.was_cut = self.door.getsockname()[1], threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connection, _who = self.door.accept()
        with connection, suppress(OSError):
            self._speak(connection)
            for _byte in range(BYTES):
                connection.sendall(b"2")
                heard, _out, _err = select.select([connection], [], [], EVERY_S)
                if heard and not connection.recv(65536):
                    break
            else:
                return
        self.was_cut.set()

    def _speak(self, connection: socket.socket) -> None:
        """Say what a mail server says, until the words have come."""
        if self.after.startswith(b"\r\n."):
            connection.sendall(b"220 here\r\n")
        heard = b""
        while self.after not in heard:
            said = connection.recv(65536)
            assert said, f"it went before it said all: {heard!r}"
            heard += said
            if self.after not in heard:
                connection.sendall(SPEAKS.get(said[:4].upper(), b""))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "MOST_S", 1.0)


def dripping(settings: Settings, after: bytes) -> Drips:
    server = Drips(after)
    options = {"host": "127.0.0.1", "port": server.port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "visavis.people.servers.EmailBackend", "OPTIONS": options}}
    return server


def test_a_server_for_ever_was_not_reached_or_may_have_the_message(settings: Settings) -> None:
    server = dripping(settings, b"\r\n.\r\n")
    post()
    assert not Outgoing.objects.exists() and outgoing.sweep() == 0
    assert server.was_cut.wait(60)
    server = dripping(settings, b"")
    row = Outgoing.objects.get(pk=post())
    assert (row.tries, row.claimed_at, row.handed_at) == (1, None, None)
    assert server.was_cut.wait(60)


def test_a_gateway_for_ever_may_have_it_and_all_is_shorter_than_a_claim(settings: Settings) -> None:
    """Red: another sender would take it for one that a dead worker left, and send it again."""
    longest = dt.timedelta(seconds=_kept_most_s)
    assert longest < outgoing.CLAIM < News.CLAIM
    server = Drips(b"\r\n\r\n")
    settings.SMS_URL = f"http://127.0.0.1:{server.port}/"
    with pytest.raises(sms.SmsMaybeSent):
        sms.HttpGateway().send("+33612345678", "123456")
    assert server.was_cut.wait(60)


_kept_most_s = servers.MOST_S


def test_who_lost_the_claim_meanwhile_hands_nothing_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender that slept too long before it reached the server finds that another has taken the message."""
    reach = mail.backends.locmem.EmailBackend.open

    def late(backend: object) -> object:
        Outgoing.objects.update(claimed_at=clock.now() + dt.timedelta(seconds=1))
        return reach(backend)  # type: ignore[arg-type]

    monkeypatch.setattr(mail.backends.locmem.EmailBackend, "open", late)
    row = Outgoing.objects.get(pk=post())
    assert not mail.outbox and row.claimed_at is not None and row.handed_at is None


@pytest.fixture
def slow_news(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Twenty pieces of news wait, and each takes a second."""
    now, sent = [0.0], list[int]()

    def send(number: int) -> bool:
        now[0] += 1.0
        sent.append(number)
        return True

    monkeypatch.setattr(news.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(news, "send", send)
    monkeypatch.setattr(delivery, "rests", lambda _kind: False)
    yield sent


def test_the_sweep_waits_for_a_slow_mail_server_for_a_while_only(
    slow_news: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [(number, "email") for number in range(200)]
    monkeypatch.setattr(
        News.objects.unsent().__class__, "values_list", lambda *_names, **_more: waiting, raising=True
    )
    news.send_what_waits()
    assert news.LONGEST_S <= len(slow_news) <= news.LONGEST_S + 2
