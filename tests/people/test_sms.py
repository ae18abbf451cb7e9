"""Text messages: what a gateway is given and told, and how long a text is (3GPP TS 23.038)."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from visavis.people import gsm, sms
from visavis.people.checks import texts_reach_people


class Provider(BaseHTTPRequestHandler):
    """A provider that keeps what it got, and answers what it is told."""

    got: list[tuple[dict[str, str], dict[str, str]]] = []
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((dict(self.headers), json.loads(body)))
        self.send_response(self.answer)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    Provider.got.clear()
    Provider.answer = 200
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/", "token-1"
    yield Provider
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_http_gateway_posts_number_text_and_token(provider: type[Provider]) -> None:
    sms.HttpGateway().send("+33612345678", "Bonjour")
    headers, body = provider.got[0]
    assert body == {"to": "+33612345678", "text": "Bonjour"}
    sms.HttpGateway().send("+33612345678", "Bonjour", "news-1-2")
    assert provider.got[1][1]["id"] == "news-1-2"
    assert headers["Authorization"] == "Bearer token-1"


def test_a_failure_is_told_and_logged_without_the_number_and_a_redirect_is_one(
    provider: type[Provider], caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    for answer in (503, 302):
        provider.answer = answer
        with caplog.at_level(logging.ERROR), pytest.raises(sms.SmsFailed):
            sms.HttpGateway().send("+33612345678", "123456")
    assert len(provider.got) == 2, "the token goes nowhere else"
    assert "503" in caplog.text
    assert "612345678" not in caplog.text
    assert "123456" not in caplog.text
    settings.SMS_URL = "http://127.0.0.1:9/"
    with pytest.raises(sms.SmsFailed):
        sms.HttpGateway().send("+33612345678", "Bonjour")


@pytest.mark.parametrize("url", ["http://sms.example.org/", "http://127.0.0.1.example.org/", "ftp://x/", ""])
def test_codes_never_leave_in_clear(settings: Settings, url: str) -> None:
    settings.SMS_URL = url
    with pytest.raises(ImproperlyConfigured):
        sms.HttpGateway()


def test_the_terminal_is_no_gateway_for_people_and_shows_what_is_sent(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    sms.ConsoleGateway().send("+33612345678", "Bonjour")
    assert "Bonjour" in capsys.readouterr().err
    settings.SMS_GATEWAY = "visavis.people.sms.ConsoleGateway"
    assert [error.id for error in texts_reach_people(None)] == ["visavis.E001"]
    settings.SMS_GATEWAY = "visavis.people.sms.HttpGateway"
    assert texts_reach_people(None) == []


@pytest.mark.parametrize(
    ("text", "places", "parts"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("é" * 160, 160, 1),
        ("ê", 1, 1),
        ("ê" * 70, 70, 1),
        ("ê" * 71, 71, 2),
        ("ê" * 134, 134, 2),
        ("ê" * 135, 135, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
    ],
)
def test_how_many_places_and_messages_a_text_takes(text: str, places: int, parts: int) -> None:
    assert (gsm.places(text), gsm.parts(text)) == (places, parts)


@pytest.mark.parametrize("sign", "êâîôûëïüçœÂÊ’«»–…\u00a0\u202f")
def test_a_sign_outside_the_alphabet_is_written_as_a_phone_can(sign: str) -> None:
    plain = gsm.plain(f"a{sign}b")
    assert gsm.is_in_alphabet(plain)
    assert len(plain) > 2


def test_what_the_alphabet_has_stays() -> None:
    assert gsm.plain("À bientôt, é è ù à Ç ü ñ €") == "A bientot, é è ù à Ç ü ñ €"
