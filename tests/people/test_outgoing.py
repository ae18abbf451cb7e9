"""Codes and warnings leave beside the pages, once; a mail server that says nothing freezes nobody."""

import ast
import datetime as dt
import smtplib
import socket
import urllib.error
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from django.conf import settings as site
from django.core import mail
from django.test import Client, override_settings
from pytest_django import Settings

import visavis
from tests.inside import Caught
from tests.personas import Town
from tests.sms import MemoryGateway
from visavis.common import clock
from visavis.people import delivery, outgoing, sms
from visavis.people.addresses import Address
from visavis.people.delivery import Mail
from visavis.people.models import Outgoing

pytestmark = pytest.mark.django_db
HERS = Address("email", "amelie@example.org")


@pytest.fixture
def silent(settings: Settings) -> Iterator[None]:
    """A mail server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        options = {"host": "127.0.0.1", "port": door.getsockname()[1], "timeout": 0.2}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        yield


def post(life: dt.timedelta = outgoing.CODE_LIFE) -> int:
    return outgoing.post(HERS, Mail("Code", "042137"), life=life)


@pytest.mark.usefixtures("silent")
def test_it_leaves_once_the_server_is_back(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Outgoing.objects.get(pk=post())
    assert (row.tries, row.claimed_at, row.handed_at) == (1, None, None)
    assert "042137" not in bytes(row.sealed).decode("latin-1")
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "mailers", None)
        assert not outgoing.send(post()), "nobody waits for a server that rests"
    with clock.moved(clock.now() + outgoing.CODE_LIFE):
        assert outgoing.sweep() == 0
    assert not Outgoing.objects.exists(), "what is worth nothing any more is thrown away"
    monkeypatch.setattr(delivery, "RESTS_UNTIL", {})
    post()
    monkeypatch.setattr(delivery, "RESTS_UNTIL", {})
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    with clock.moved(clock.now() + dt.timedelta(seconds=10)):
        assert (outgoing.sweep(), outgoing.sweep(), len(mail.outbox)) == (1, 0, 1)
    post()
    assert [one.body for one in mail.outbox] == ["042137"] * 2 and not Outgoing.objects.exists()


@pytest.mark.usefixtures("silent")
def test_the_page_waits_for_no_mail_server_and_says_when_a_code_is_late(client: Client) -> None:
    answer = client.post("/account/sign-in/", {"address": HERS.value}, follow=True)
    assert answer.status_code == 200 and "Le code n’est pas encore parti" in answer.content.decode()
    assert Outgoing.objects.get().tries == 1


class Breaks:
    """A mailer that breaks where it is told to."""

    def __init__(self, where: str, error: Exception) -> None:
        self.where, self.error, self.handed = where, error, 0

    def open(self) -> None:
        if self.where == "open":
            raise self.error

    def send_messages(self, messages: list[Any]) -> None:
        self.handed += 1
        if self.where == "send":
            raise self.error

    def close(self) -> None:
        raise OSError


@pytest.mark.parametrize(
    ("where", "error", "handed_over"),
    [
        ("open", TimeoutError(), 0),
        ("open", smtplib.SMTPAuthenticationError(535, b"no"), 0),
        ("send", smtplib.SMTPRecipientsRefused({}), 2),
        ("send", smtplib.SMTPDataError(451, b"later"), 2),
        ("send", smtplib.SMTPServerDisconnected(), 1),
        ("send", TimeoutError(), 1),
        ("send", ConnectionResetError(), 1),
    ],
)
def test_what_may_have_left_is_never_handed_over_again(
    where: str, error: Exception, handed_over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailer = Breaks(where, error)
    monkeypatch.setattr(delivery, "mailers", type("Mailers", (), {"default": mailer}))
    number = post()
    monkeypatch.setattr(delivery, "RESTS_UNTIL", {})
    outgoing.send(number)
    assert mailer.handed == handed_over
    assert Outgoing.objects.exists() is (handed_over != 1)


def test_who_refuses_is_not_asked_every_five_seconds_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    mailer = Breaks("send", smtplib.SMTPRecipientsRefused({}))
    monkeypatch.setattr(delivery, "mailers", type("Mailers", (), {"default": mailer}))
    post(outgoing.WARNING_LIFE)
    began = clock.now()
    handed = []
    for seconds in range(0, 900, 5):
        with clock.moved(began + dt.timedelta(seconds=seconds + 1)):
            outgoing.sweep()
        handed.append(mailer.handed)
    assert handed[1] == 2 and handed[12] >= 4, "a code that was refused for a moment leaves soon"
    assert handed[-1] < 25


def test_who_died_is_not_followed_and_a_page_that_goes_out_itself_is_caught(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with override_settings(
        TASKS=site.TASKS
        | {"default": site.TASKS["default"] | {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    ):
        number, other = post(), post()
    now = clock.now()
    Outgoing.objects.filter(pk=number).update(claimed_at=now, handed_at=now, tries=1)
    Outgoing.objects.filter(pk=other).update(claimed_at=now, tries=1)
    with clock.moved(now + outgoing.CLAIM + dt.timedelta(seconds=1)):
        assert outgoing.sweep() == 1
    assert len(mail.outbox) == 1 and not Outgoing.objects.exists()

    def at_once(address: Address, mail: Mail, *, life: dt.timedelta) -> int:
        delivery.hand_over(address, mail, number="1", handing=lambda: None)
        return 1

    monkeypatch.setattr(outgoing, "post", at_once)
    with pytest.raises(Caught):
        Client().post("/account/sign-in/", {"address": HERS.value})


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (urllib.error.URLError(ConnectionRefusedError()), sms.SmsNotReached),
        (TimeoutError(), sms.SmsMaybeSent),
        (ConnectionResetError(), sms.SmsMaybeSent),
    ],
)
def test_a_text_that_was_taken_and_not_answered_for_may_have_left(
    error: Exception, kind: type[Exception], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SMS_URL = "https://sms.example/"
    monkeypatch.setattr(sms.OPENER, "open", Mock(side_effect=error))
    with pytest.raises(kind):
        sms.HttpGateway().send("+33612345678", "Bonjour")


@override_settings(SMS_GATEWAY="visavis.people.sms.NoGateway")
def test_where_nothing_carries_texts_the_page_says_so_at_once(client: Client) -> None:
    answer = client.post("/account/sign-in/", {"address": "06 12 34 56 78"})
    assert answer.status_code == 200 and "Nous n’avons pas pu envoyer" in answer.content.decode()
    assert not Outgoing.objects.exists() and not MemoryGateway.sent


GOES_OUT = {
    "SMTP",
    "SMTP_SSL",
    "urlopen",
    "create_connection",
    "from_url",
    "HTTPConnection",
    "HTTPSConnection",
}


def opens_a_connection(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr="open", value=ast.Name(id="OPENER")):
            return True
        case ast.Attribute(attr="open", value=ast.Call(func=ast.Attribute(attr="build_opener"))):
            return True
        case ast.Attribute(attr="connect", value=ast.Name(id=owner)):
            return owner in {"psycopg", "socket"}
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in GOES_OUT
    return False


def test_every_connection_that_goes_out_has_a_time_out() -> None:
    calls = [
        (path.name, node)
        for path in Path(visavis.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and opens_a_connection(node)
    ]
    endless = [
        f"{name}:{call.lineno}" for name, call in calls
        if not any("timeout" in (one.arg or "") for one in call.keywords)
    ]  # fmt: skip
    assert len(calls) >= 8 and not endless
    text = (Path(visavis.__path__[0]) / "config" / "settings.py").read_text(encoding="utf-8")
    assert '"timeout": 10' in text.split("servers.EmailBackend")[1].split("}")[0]


class Box(Handler):
    """A mailbox."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


def test_a_code_goes_through_a_real_mail_server(settings: Settings) -> None:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        options = {"host": "127.0.0.1", "port": port}
        settings.MAILERS = {
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        }
        mail = delivery.code_mail("email", "042137", language="fr")
        address = Address("email", "amelie@example.org")
        delivery.hand_over(address, mail, number="out-1", handing=lambda: None)
    finally:
        server.stop()
    (message,) = box.messages
    body = message.get_payload(decode=True)
    assert message["To"] == "amelie@example.org"
    assert message["Message-ID"].startswith("<out-1@")
    assert message.get_content_type() == "text/plain"
    assert isinstance(body, bytes)
    assert "042137" in body.decode()
