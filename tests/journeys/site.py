"""The real thing, started as people start it: database, hashed static files, server, worker and a mailbox."""

import fcntl
import os
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from tests import migrated, programs
from tests.journeys import sealed
from tests.ports import free_port
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
TOWN = ("--jobseekers", "60", "--vacancies", "90", "--employers", "12")
# The commands that people give, in one process.
FILL = """
import sys, django
django.setup()
from django.core.management import call_command
for command in (["migrate"], ["collectstatic", "--no-input"], ["fill_demo", *sys.argv[1:]]):
    call_command(*command, verbosity=0)
"""
STARTS_WITHIN_S = 300
MAIL_WITHIN_S = 120


class Mailbox(MessageHandler):
    """Every e-mail that the site sent."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.received.append(message)

    def code_sent_to(self, address: str) -> str:
        """Wait for the last code sent to an address, and return it."""
        return waited(lambda: self._code(address), MAIL_WITHIN_S, f"no code came to {address}")

    def _code(self, address: str) -> str | None:
        for message in reversed(self.received):
            if address in str(message["To"]):
                body = message.get_payload(decode=True)
                found = re.search(r"\b(\d{6})\b", body.decode() if isinstance(body, bytes) else "")
                return found[1] if found else None
        return None


@dataclass
class Site:
    """A running site."""

    url: str
    var: Path
    mailbox: Mailbox = field(default_factory=Mailbox)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Read the site's database, what rests sealed in it opened."""
        with closing(sqlite3.connect(f"file:{self.var / 'visavis.sqlite3'}?mode=ro", uri=True)) as database:
            sealed.open_in(database, self.var)
            return database.execute(sql, values).fetchall()

    def log(self) -> str:
        """What the server and the worker said."""
        return "\n".join(file.read_text() for file in sorted(self.var.glob("*.log")))


def waited[T](look: Callable[[], T | None], within_s: float, otherwise: str) -> T:
    """Look again and again, with a bound."""
    return cast(T, until(look, otherwise, within_s=within_s))


@contextmanager
def running(var: Path, more: dict[str, str] | None = None, sweep_every: int = 60) -> Iterator[Site]:
    """Keep the site of a folder open, with more settings; whatever happens, everything is stopped at the end."""
    mailbox = Mailbox()
    post = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    post.start()
    processes: list[subprocess.Popen[bytes]] = []
    try:
        # A passkey belongs to a name, never to a number.
        port = free_port()
        site = Site(f"http://localhost:{port}", var, mailbox)
        environment = environment_of(site, post.port) | (more or {})
        server = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        server += ["--workers", "1", "--blocking-threads", "4", application()]
        processes += [start("server", server, environment, var)]
        work = ["django", "work", "--verbosity", "0", "--sweep-every", str(sweep_every)]
        processes += [start("worker", work, environment, var)]
        waited(lambda: answers(site, processes), STARTS_WITHIN_S, f"the site did not start:\n{site.log()}")
        yield site
    finally:
        for process in processes:
            stop(process)
        post.stop()


def application() -> str:
    """Return what answers: the site, or where `SLOW` is asked for the site behind a poor line."""
    return "tests.journeys.slow:application" if os.environ.get("SLOW") else "visavis.config.wsgi:application"


def environment_of(site: Site, mail_port: int) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("VISAVIS_", "DATABASE_"))
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "VISAVIS_VAR": str(site.var),
        "VISAVIS_DEMO": "yes",
        "VISAVIS_URL": site.url,
        "VISAVIS_HOSTS": "localhost,127.0.0.1",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_port),
        "SMTP_TLS": "no",
    }


def filled_once(folder: Path) -> Path:
    """Return a folder with a small town in it, filled by the first of the processes that ask for it."""
    filled, done = folder / "town", folder / "town-is-filled"
    with (folder / "town-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            fill(filled)
            done.touch()
    return filled


def fill(var: Path) -> None:
    migrated.lay(var / "visavis.sqlite3")
    environment = environment_of(Site("http://localhost", var), 0)
    command = [sys.executable, "-c", FILL, *TOWN]
    done = programs.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def start(name: str, module: list[str], environment: dict[str, str], var: Path) -> "subprocess.Popen[bytes]":
    options: dict[str, Any] = {"stderr": subprocess.STDOUT, "start_new_session": True}
    with (var / f"{name}.log").open("wb") as log:
        return programs.start([sys.executable, "-m", *module], env=environment, stdout=log, **options)


def answers(site: Site, processes: "list[subprocess.Popen[bytes]]") -> bool:
    assert all(process.poll() is None for process in processes), site.log()
    try:
        with urllib.request.urlopen(site.url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process and those it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
