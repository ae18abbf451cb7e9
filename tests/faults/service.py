"""The service as `visavis serve` and `visavis work` run it, each part of it to be killed and started again."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import psutil

from tests import programs
from tests.faults.parts import PostgreSQL, Sqlite, is_open, wait
from tests.operations.started import clean
from tests.ports import free_port
from tests.valkey import Valkey
from visavis.commands import serve
from visavis.operations import connections

ROOT = Path(__file__).resolve().parents[2]


class Service:
    """What runs. `is_guarded` says whether it has what protects what people were told (unguarded.py)."""

    def __init__(
        self,
        folder: Path,
        database: PostgreSQL | Sqlite,
        *,
        processes: int = connections.WORKERS,
        is_guarded: bool = True,
    ) -> None:
        self.folder, self.database, self.is_guarded = folder, database, is_guarded
        self.processes = processes
        self.port, self.mail_port, self.box = free_port(), free_port(), folder / "box"
        self.box.touch()
        self.store = Valkey()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def environment(self) -> dict[str, str]:
        return clean() | {
            "DJANGO_SETTINGS_MODULE": f"{'visavis.config' if self.is_guarded else 'tests.faults'}.settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database.url,
            "CACHE_URL": f"redis://127.0.0.1:{self.store.port}/0",
            "VISAVIS_WORKERS": str(self.processes),
            "VISAVIS_VAR": str(self.folder),
            "VISAVIS_URL": f"http://127.0.0.1:{self.port}",
            "VISAVIS_PLAIN_STATIC": "yes",
            "VISAVIS_PROXIES": "1",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.mail_port),
            "SMTP_TLS": "no",
        }

    def start_all(self) -> list[str]:
        """Start every part; return the sessions of people who are signed in."""
        filled = programs.run(
            [sys.executable, "-m", "tests.faults.people"],
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        assert filled.returncode == 0, filled.stderr
        self.start_mail()
        self.start_worker()
        self.start_web()
        sessions: list[str] = json.loads(filled.stdout.splitlines()[-1])
        return sessions

    def start(self, name: str, words: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = programs.start(
                [sys.executable, *words], env=self.environment, cwd=ROOT, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start_web(self) -> None:
        line = ["-m", "visavis.commands", "serve", "--port", str(self.port)]
        if not self.is_guarded:
            with patch.dict(os.environ, self.environment):
                line = [*serve.server("127.0.0.1", self.port)[1:-1], "tests.faults.unguarded:application"]
        self.start("web", line)
        self.wait_for_web()

    def wait_for_web(self) -> None:
        """Wait until each process of the site answers: one that still starts is no help to who asks."""
        wait(self._all_listen, lambda: f"the site is not whole: {self.log('web')}")

    def _all_listen(self) -> bool:
        with suppress(psutil.NoSuchProcess):
            doors = [{one.status for one in child.net_connections()} for child in self.children()]
            return len(doors) == self.processes and all(psutil.CONN_LISTEN in one for one in doors)
        return False

    def start_worker(self) -> None:
        guarded = ["-m", "visavis.commands", "work", "--verbosity", "0"]
        self.start("worker", guarded if self.is_guarded else ["-m", "tests.faults.unguarded"])

    def start_mail(self) -> None:
        words = [] if self.is_guarded else ["slow"]
        self.start("mail", ["-m", "tests.faults.mailbox", str(self.mail_port), str(self.box), *words])
        wait(lambda: is_open(self.mail_port), lambda: f"no mail server: {self.log('mail')}")

    def kill(self, name: str) -> None:
        """Kill a part with all that it started."""
        process = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)

    def children(self) -> list[psutil.Process]:
        """Return the processes of the site that answer."""
        return psutil.Process(self.running["web"].pid).children()

    def kill_one_process(self) -> None:
        """Kill one process of the site: its master replaces it."""
        for child in self.children()[:1]:
            with suppress(psutil.NoSuchProcess):
                child.kill()

    def get(self, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
        """Open a page and return the answer, read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            answer.read()
            return answer
        finally:
            connection.close()

    def received(self) -> list[tuple[str, str]]:
        """Return the name of each message that came, and whom it is for, as often as it came."""
        lines = self.box.read_text(encoding="utf-8").splitlines()
        return [(line.split()[0], line.split()[1]) for line in lines]

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def errors(self) -> list[str]:
        """Return what the site's log says of each error, once."""
        lines = (self.folder / "web.log").read_text().splitlines()
        return sorted({line for line in lines if re.match(r"[\w.]*(Error|Exception|Undefined\w+)\b", line)})

    def stop(self) -> None:
        for name, process in self.running.items():
            if process.poll() is None:
                self.kill(name)
        self.store.stop()
        self.database.stop()


@contextmanager
def running(service: Service) -> Iterator[list[str]]:
    """Keep a service running; at the end everything is stopped."""
    try:
        yield service.start_all()
    finally:
        service.stop()
