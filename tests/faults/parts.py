"""What the service stands on, each to be killed and started again: a PostgreSQL or a file of SQLite."""

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg

from tests.postgresql import Server
from tests.waiting import until

# What a kill of the server's processes may lose, the machine's power apart.
DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "on", "max_connections": "40"}


def wait[T](look: Callable[[], T], what: Callable[[], str]) -> T:
    """Wait as `until` does, for what begins anew beside much other work."""
    return until(look, what, within_s=180)


def is_open(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


class PostgreSQL(Server):
    """A server of its own, whose processes may be killed."""

    def __init__(self) -> None:
        super().__init__(DURABLE)

    def set(self, settings: dict[str, str]) -> None:
        """Start it again with more settings."""
        self.settings = self.settings | settings
        self.kill()
        self.start()

    def kill(self) -> None:
        process = psutil.Process(self.process.pid)
        family = [process, *process.children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(family, timeout=30)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as server:
            return server.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    def stop(self) -> None:
        self.end()


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
