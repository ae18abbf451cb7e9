"""A poor line, in user space: UDP to a relay and back, with loss, a narrow bottleneck, cuts, and a change of address.

    python -m bench.interviews_line TARGET_PORT

Prints the port at which it listens, then reads a line of JSON for each change: `loss` in per cent, `rate` in bits a
second (0: any), `is_cut`, `moves` (every sender has a new address from now on, as after a change of network). Loss and
rate hold in both directions, each with a bottleneck of its own; what would wait longer than QUEUE_S is dropped. No
root and no module of the kernel: most machines have no netem.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

HOST, QUEUE_S, HEADERS = "127.0.0.1", 0.3, 28
CLEAN = {"loss": 0, "rate": 0, "is_cut": False}


class Line:
    """The line as a bench holds it: a process of its own, so that nobody's Python delays its packets."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self.process, self.port = process, int(process.stdout.readline())

    def set(self, **given: Any) -> None:
        """Make the line so from now on; what is not said is clean."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(CLEAN | given) + "\n")
        self.process.stdin.flush()


@contextmanager
def running(to: int) -> Iterator[Line]:
    """Lay a line to a port of this machine."""
    words = [sys.executable, "-m", "bench.interviews_line", str(to)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Line(process)
        finally:
            process.kill()


class Way:
    """One direction."""

    def __init__(self, how: dict[str, Any]) -> None:
        self.how, self.free_at, self.draw = how, 0.0, np.random.default_rng(7)

    def push(self, packet: bytes, send: Any) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self.how["is_cut"] or self.draw.random() * 100 < self.how["loss"]:
            return
        if not self.how["rate"]:
            send(packet)
            return
        starts = max(now, self.free_at)
        if starts - now > QUEUE_S:
            return
        self.free_at = starts + (len(packet) + HEADERS) * 8 / self.how["rate"]
        loop.call_at(self.free_at, send, packet)


class Behind(asyncio.DatagramProtocol):
    """The door towards the relay, of one sender."""

    def __init__(self, door: "Door", whence: Any) -> None:
        self.door, self.whence = door, whence

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def send(self, packet: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.sendto(packet)

    def datagram_received(self, packet: bytes, _whence: Any) -> None:
        self.door.down.push(packet, lambda one: self.door.transport.sendto(one, self.whence))


class Door(asyncio.DatagramProtocol):
    """The door towards browsers."""

    def __init__(self, to: int, how: dict[str, Any]) -> None:
        self.to, self.up, self.down = to, Way(how), Way(how)
        self.behind: dict[Any, asyncio.Task[Behind]] = {}

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, packet: bytes, whence: Any) -> None:
        if whence not in self.behind:
            self.behind[whence] = asyncio.create_task(self.open(whence))
        task = self.behind[whence]
        if task.done():
            self.up.push(packet, task.result().send)
        else:
            task.add_done_callback(lambda done: self.up.push(packet, done.result().send))

    async def open(self, whence: Any) -> Behind:
        loop = asyncio.get_running_loop()
        made = await loop.create_datagram_endpoint(lambda: Behind(self, whence), remote_addr=(HOST, self.to))
        return made[1]

    def move(self) -> None:
        """Forget every address: what was allocated for the former ones is out of reach."""
        for task in self.behind.values():
            if task.done():
                task.result().transport.close()
        self.behind.clear()


async def run(to: int) -> None:
    loop, how = asyncio.get_running_loop(), dict(CLEAN)
    transport, door = await loop.create_datagram_endpoint(lambda: Door(to, how), local_addr=(HOST, 0))
    print(transport.get_extra_info("sockname")[1], flush=True)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while said := await reader.readline():
        given = json.loads(said)
        if given.pop("moves", False):
            door.move()
        how.update(given)


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1])))
