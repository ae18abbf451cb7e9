"""A real SMS gateway (Kannel) for one module of tests: bearerbox and smsbox, and its own false network (`fakesmsc`)."""

import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port
from tests.programs import start
from tests.waiting import until

FALSE_NETWORK = "/usr/lib/kannel/test/fakesmsc"
USER, PASSWORD, TOKEN, OUR_NUMBER = "visavis", "geheim", "jeton", "+33700000000"
CONFIG = """
group = core
admin-port = {admin}
admin-password = x
smsbox-port = {inner}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
log-file = {folder}/bearerbox.log
log-level = 0
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
port = {network}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {port}
sendsms-interface = 127.0.0.1
global-sender = {sender}
log-file = {folder}/smsbox.log
log-level = 0

group = sendsms-user
username = {user}
password = {password}
concatenation = true
max-messages = 3

group = sms-service
keyword = default
post-url = "http://kannel:{token}@127.0.0.1:{site}/sms/in/?id=%I"
max-messages = 0
send-sender = true
"""


@dataclass(frozen=True)
class Asked:
    """One request of Kannel's to the site, as it came: a test hands it to the site itself."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Recorder:
    """Stands where the site is, and keeps what Kannel asks."""

    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        kept = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                kept.append(Asked(self.command, self.path, dict(self.headers), body))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815  (as above)

            def log_message(self, *_said: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])


def is_open(port: Any) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), timeout=1):
        return True
    return False


class Kannel:
    """The two programs of a gateway, and the network behind it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = Recorder()
        self.port, self.network = free_port(), free_port()
        words = {
            "admin": free_port(), "inner": free_port(), "network": self.network, "port": self.port,
            "folder": self.folder, "user": USER, "password": PASSWORD, "token": TOKEN, "site": self.site.port,
            "sender": OUR_NUMBER,
        }  # fmt: skip
        self.config = self.folder / "kannel.conf"
        self.config.write_text(CONFIG.format(**words))
        self.running = [self._start("bearerbox")]
        self._wait(lambda: is_open(words["inner"]) and is_open(self.network), "bearerbox does not start")
        self.running.append(self._start("smsbox"))
        self.phones = self._phones()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/cgi-bin/sendsms"

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        return start([name, self.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _phones(self) -> subprocess.Popen[bytes]:
        """Join the false network: what phones are sent is written down, and a line that it is told is sent by one."""
        with (self.folder / "phones.log").open("ab") as kept:
            words = [FALSE_NETWORK, "-H", "127.0.0.1", "-r", str(self.network)]
            return start(words, stdin=subprocess.PIPE, stdout=kept, stderr=kept)

    def log(self, name: str) -> str:
        file = self.folder / f"{name}.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def answer(self, sender: str, text: str) -> Asked:
        """Send a text message from a phone; return how it comes to the site."""
        before = len(self.site.asked)
        assert self.phones.stdin is not None
        self.phones.stdin.write(f"{sender} {OUR_NUMBER} text {text}\n".encode())
        self.phones.stdin.flush()
        self._wait(lambda: len(self.site.asked) > before, "the message did not come to the site")
        return self.site.asked[before]

    def received(self, words: str) -> str:
        """Wait until a phone shows some words; return what it was sent."""
        self._wait(lambda: words in self.log("phones"), f"no phone shows {words}")
        return self.log("phones")

    def is_ready(self) -> bool:
        return "Connected to bearerbox" in self.log("smsbox")

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let the gateway take connections, and say nothing."""
        self.running[1].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.running[1].send_signal(signal.SIGCONT)

    def stop(self) -> None:
        for one in (self.phones, *reversed(self.running)):
            with suppress(ProcessLookupError):
                one.kill()
            one.wait(10)
        self.site.server.shutdown()

    def _wait(self, look: Callable[[], bool], what: str) -> None:
        until(look, lambda: f"{what}: {self.log('bearerbox')[-1500:]}{self.log('smsbox')[-1500:]}")


@contextmanager
def running(folder: Path) -> Iterator[Kannel]:
    """Give a gateway that answers; it stops behind."""
    if shutil.which("bearerbox") is None or not os.access(FALSE_NETWORK, os.X_OK):
        pytest.skip("Kannel is absent: scripts/packages installs it (kannel, kannel-extras)")
    kannel = Kannel(folder)
    try:
        kannel._wait(kannel.is_ready, "smsbox does not start")
        yield kannel
    finally:
        kannel.stop()
