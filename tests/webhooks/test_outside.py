"""Nothing is told to this machine or its network, whatever a name leads to."""

import socket
import threading
from contextlib import suppress
from typing import Any

import pytest
from pytest_django import Settings

from tests.webhooks.receiver import running
from visavis.common import outside
from visavis.common.outside import NotReached

PRIVATE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
)  # fmt: skip


def leads_to(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    """Let every name lead to these addresses."""

    def getaddrinfo(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(outside.socket, "getaddrinfo", getaddrinfo)


def test_to_the_internet_only_by_https_and_to_no_private_address_but_what_the_operator_named(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    leads_to(monkeypatch, "93.184.216.34")
    assert outside.place("https://programme.example/").at == "93.184.216.34"
    with pytest.raises(NotReached) as refused:
        outside.place("http://programme.example/")
    assert refused.value.why == "plain"
    for private in PRIVATE:
        leads_to(monkeypatch, private)
        with pytest.raises(NotReached) as refused:
            outside.place("https://programme.example/")
        assert refused.value.why == "private"
    leads_to(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(NotReached):
        outside.place("https://programme.example/")
    settings.VISAVIS_WEBHOOKS_PRIVATE = ["10.1.0.0/16"]
    leads_to(monkeypatch, "10.1.2.3")
    assert outside.place("https://programme.example/").at == "10.1.2.3"
    leads_to(monkeypatch, "10.2.2.3")
    with pytest.raises(NotReached):
        outside.place("https://programme.example/")


def test_the_connection_goes_to_the_address_that_was_judged(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """A name that leads elsewhere when it is asked for a second time: it is not asked for."""
    settings.VISAVIS_WEBHOOKS_PRIVATE = ["127.0.0.0/8"]
    with running() as receiver:
        port = receiver.address.rpartition(":")[2].partition("/")[0]
        asked: list[str] = []
        real = socket.getaddrinfo

        def getaddrinfo(host: str, *more: Any, **named: Any) -> list[Any]:
            asked.append(host)
            if host == "programme.example":
                return real("127.0.0.1" if asked.count(host) == 1 else "192.0.2.1", *more, **named)
            return real(host, *more, **named)

        monkeypatch.setattr(outside.socket, "getaddrinfo", getaddrinfo)
        assert outside.post(f"http://programme.example:{port}/", "{}", {}) == 204
        assert asked.count("programme.example") == 1
        assert receiver.got[0][0]["host"].startswith("programme.example")


def test_an_address_with_an_accent_is_reached_and_who_answers_a_sign_at_a_time_is_cut(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VISAVIS_WEBHOOKS_PRIVATE = ["127.0.0.0/8"]
    with running() as receiver:
        assert outside.post(receiver.address.replace("/told?", "/prévenu ici?à="), "{}", {}) == 204
        assert receiver.paths == ["/pr%C3%A9venu%20ici?%C3%A0=by=us"]
    monkeypatch.setattr(outside, "DEADLINE_S", 0.3)
    with running() as receiver:
        receiver.drips = True
        with pytest.raises(NotReached) as late:
            outside.post(receiver.address, "{}", {})
    assert late.value.why == "late"


def test_who_shakes_hands_for_ever_is_cut(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The time-out of one answer is longer than all that a message may take: only the deadline ends it in time."""
    settings.VISAVIS_WEBHOOKS_PRIVATE = ["127.0.0.0/8"]
    monkeypatch.setattr(outside, "DEADLINE_S", 0.3)
    cut = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            met, _address = server.accept()
            with met:
                met.settimeout(5)
                with suppress(TimeoutError):
                    while met.recv(4096):
                        pass
                    cut.set()

        thread = threading.Thread(target=listen)
        thread.start()
        with pytest.raises(NotReached) as late:
            outside.post(f"https://127.0.0.1:{server.getsockname()[1]}/", "{}", {})
        thread.join()
    assert late.value.why == "late"
    assert cut.is_set()
