"""The service reaches what its settings name, and nothing else: whichever library of Python somebody takes."""

import ast
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import programs
from tests.common.examples import first_of
from visavis import common
from visavis.common import reaching

SOURCE = Path(common.__path__[0]).parent
# What opens connections, and where it is used: a new place is looked at by whoever adds it.
LIBRARIES = {
    "asyncio", "ftplib", "http.client", "httpx", "imap_tools", "imaplib", "obstore", "poplib", "psycopg", "redis",
    "requests", "sentry_sdk", "smtplib", "socket", "telnetlib", "urllib.request", "urllib3", "websockets",
}  # fmt: skip
PLACES = {
    "common/bucket.py", "common/deadline.py", "common/outside.py", "common/reaching.py", "common/store.py",
    # It keeps how psycopg cuts a statement, and opens nothing.
    "common/statements.py",
    "commands/demo.py", "commands/station_site.py",
    "config/machines.py", "config/sentry.py", "documents/scanning.py", "interviews/relay/asking.py", "journal/seals.py",
    "live/serving/application.py", "live/serving/asking.py", "live/serving/following.py", "live/serving/stream.py",
    "live/signs.py", "mailboxes/mail/fetching.py", "mailboxes/mail/opening.py", "operations/connections.py",
    "operations/installing/checking.py", "operations/installing/trying.py", "people/delivery.py",
    "people/identity/protocol.py", "people/servers.py", "people/sms.py", "shards/kept.py",
}  # fmt: skip


class Heard(socketserver.ThreadingTCPServer):
    """Listens on this machine, and counts who came."""

    allow_reuse_address, daemon_threads, came = True, True, 0

    def finish_request(self, request: object, client_address: object) -> None:
        self.came += 1


@contextmanager
def listening() -> Iterator[Heard]:
    with Heard(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def tried(part: str, ports: Sequence[int], folder: Path, **variables: str) -> list[dict[str, bool]]:
    """Return which ways out to each port are shut in a process that started as a part of the service."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {
        "VISAVIS_VAR": str(folder),
        "DATABASE_URL": "",
        "VISAVIS_LOG_LEVEL": "CRITICAL",
    } | variables
    words = [sys.executable, "-m", "tests.common.reached", part, *map(str, ports)]
    done = programs.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: list[dict[str, bool]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("part", first_of(("work", "wsgi", "live")))
def test_what_a_setting_names_is_reached_and_nothing_else(part: str, tmp_path: Path) -> None:
    with listening() as named, listening() as other:
        ports = named.server_address[1], other.server_address[1]
        found = tried(part, ports, tmp_path, SMS_URL=f"http://127.0.0.1:{ports[0]}/send")
        assert [len(one) for one in found] == [12, 12]
        assert [way for way, is_shut in found[0].items() if is_shut] == ["a name"]
        assert [way for way, is_shut in found[1].items() if not is_shut] == []
        assert (named.came > 0, other.came) == (True, 0)


def test_no_other_file_opens_connections() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
            if any(name in LIBRARIES or name.split(".")[0] in LIBRARIES for name in names):
                found.add(str(path.relative_to(SOURCE)))
    assert found == PLACES


def test_each_setting_with_a_machine_names_it(settings: Settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": "…", "OPTIONS": {"host": "Mail.example.", "port": 587}}}
    settings.SMS_URL = "https://sms.example/send"
    settings.CACHE_URL = "redis://:word@one.example:6380/0;rediss://two.example"
    settings.VISAVIS_SENTRY = "https://key@errors.example/1"
    settings.VISAVIS_S3 = "https://key:word@store.example:9000?region=fr"
    settings.VISAVIS_NIGHT_CLUSTER = "tcp://night.example:8786"
    settings.VISAVIS_IDENTITY = {
        "people": {"address": "https://identity.example/api/v2"},
        "staff": {"address": ""},
    }
    settings.VISAVIS_TURN_URLS = ["turn:relay.example:3478?transport=udp", "turns:relay.example"]
    settings.VISAVIS_REACHES = ["keys.example", "10.0.0.5:8443"]
    settings.IMAP_HOST, settings.IMAP_PORT = "box.example", 993
    settings.VISAVIS_CLAMAV, settings.VISAVIS_LIVE_PORT = ":3310", 8001
    assert set(reaching.named()) >= {
        ("mail.example", 587), ("sms.example", 443), ("one.example", 6380), ("two.example", 6379),
        ("errors.example", 443), ("store.example", 9000), ("night.example", 8786), ("identity.example", 443),
        ("relay.example", 3478), ("relay.example", 5349), ("keys.example", 443), ("10.0.0.5", 8443),
        ("box.example", 993), ("127.0.0.1", 3310), ("127.0.0.1", 8001),
    }  # fmt: skip
    two = {"HOST": "first.example,second.example", "PORT": ""}
    assert reaching.of_database(two) == [("first.example", 5432), ("second.example", 5432)]


def test_numbers_of_a_named_machine_are_reached_at_its_port(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "_numbers", set())
    settings.SMS_URL = "https://sms.example/"
    find = reaching.looked_up(lambda *_asked, **_how: [(socket.AF_INET, 1, 6, "", ("192.0.2.7", 443))])
    with socket.socket() as one:
        with pytest.raises(reaching.NotNamed):
            reaching.refuse(one, ("192.0.2.7", 443))
        find("SMS.example", 443)
        reaching.refuse(one, ("192.0.2.7", 443))
        with pytest.raises(reaching.NotNamed):
            reaching.refuse(one, ("192.0.2.7", 25))


def test_what_was_judged_is_reached_there_and_no_longer_afterwards(
    settings: Settings, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    settings.SMS_URL = "http://127.0.0.1:81/"
    with socket.socket() as one:
        reaching.refuse(one, ("127.0.0.1", 81))
        with pytest.raises(reaching.NotNamed):
            reaching.refuse(one, ("127.0.0.1", 22))
        with reaching.judged("192.0.2.9"):
            reaching.refuse(one, ("192.0.2.9", 443))
            with pytest.raises(reaching.NotNamed):
                reaching.refuse(one, ("192.0.2.10", 443))
        with pytest.raises(reaching.NotNamed):
            reaching.refuse(one, ("192.0.2.9", 443))
    # The log tells the setting that would name it.
    assert "192.0.2.9" in caplog.text and "VISAVIS_REACHES" in caplog.text
    with socket.socket(socket.AF_UNIX) as one:
        reaching.refuse(one, str(tmp_path / "clamd.ctl"))
