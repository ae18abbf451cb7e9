"""A process that serves open pages, and a page that reads it as a browser does: by the letter of its events."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.operations.started import clean
from tests.ports import free_port
from tests.programs import start
from tests.waiting import until
from visavis.commands import live

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """One process, which can be killed and started again at the same port."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.port = free_port()
        self.environment = clean() | variables | {
            "DJANGO_SETTINGS_MODULE": "tests.live.site_settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }  # fmt: skip
        self.site = start(
            [sys.executable, "-m", "tests.live.telling"],
            env=self.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        command = live.server("127.0.0.1", self.port)
        self.process = start(command, env=self.environment, cwd=ROOT, start_new_session=True)
        until(lambda: self.status("/live/health/") == 200, "it does not answer")

    def kill(self) -> None:
        """Kill the server and its children, as a machine that loses its power does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def status(self, path: str, cookie: str = "") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def program(self, *words: str) -> str:
        """Have something of the site done on the same database, by a program that stays."""
        assert self.site.stdin and self.site.stdout
        self.site.stdin.write(json.dumps(words) + "\n")
        self.site.stdin.flush()
        said = self.site.stdout.readline()
        assert said, "the program ended"
        return str(json.loads(said))


@contextmanager
def served(variables: dict[str, str]) -> Iterator[Served]:
    """Serve open pages; whatever happens, the process ends."""
    one = Served(variables)
    try:
        yield one
    finally:
        pages = [page for page in threading.enumerate() if isinstance(page, Page) and page.port == one.port]
        for page in pages:
            page.over.set()
        one.kill()
        for page in pages:
            page.join()
        # Nothing more to do: it ends by itself.
        one.site.communicate()


class Page(threading.Thread):
    """A page that hears: keeps the last number, comes back with it after a cut, and notes what it was told."""

    def __init__(self, port: int, topics: str, *, after: int | None = None, cookie: str = "") -> None:
        super().__init__(daemon=True)
        self.port, self.topics, self.cookie = port, topics, cookie
        self.last = after
        self.told: list[tuple[int, str]] = []
        self.resets = self.opened = 0
        self.status = 0
        self.over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.is_set():
            with suppress(OSError, http.client.HTTPException):
                self.hear()
            if self.status in {400, 403, 429}:
                return
            self.over.wait(0.1)

    def hear(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            after = f"&after={self.last}" if self.last is not None and not self.opened else ""
            back = f"Last-Event-ID: {self.last}\r\n" if self.opened and self.last is not None else ""
            cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
            asked = f"GET /live/?topics={self.topics}{after} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            line.sendall(f"{asked}{cookie}{back}\r\n".encode())
            answer = http.client.HTTPResponse(line)
            answer.begin()
            self.status = answer.status
            if answer.status != 200:
                return
            self.opened += 1
            held = b""
            while not self.over.is_set() and (data := answer.read1(65536)):
                held += data
                end = held.rfind(b"\n\n") + 2
                if end > 1:
                    for event in re.split(rb"(?<=\n)\n", held[:end]):
                        self.take(event)
                    held = held[end:]

    def take(self, event: bytes) -> None:
        fields: dict[str, Any] = dict(
            line.split(": ", 1) if ": " in line else (line.rstrip(":"), "")
            for line in event.decode().splitlines()
            if line
        )
        if "id" in fields:
            self.last = int(fields["id"])
        if fields.get("event") == "reset":
            self.resets += 1
        elif "data" in fields:
            assert self.last is not None
            self.told.append((self.last, fields["data"]))

    def is_listening(self) -> bool:
        return self.opened > 0 and self.last is not None
