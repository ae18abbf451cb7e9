"""A line that loses what goes over it: UDP to a relay and back, in this process, cut whenever a test says so."""

import selectors
import socket
import threading
from dataclasses import dataclass, field


@dataclass
class Line:
    """Passes packets on from a port of its own to another port of this machine."""

    to: int
    is_cut: bool = False
    door: socket.socket = field(init=False)
    is_over: bool = False

    def __post_init__(self) -> None:
        self.door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.door.bind(("127.0.0.1", 0))
        # Behind it, one door for each browser: the relay sees each at a port of its own.
        self.behind: dict[tuple[str, int], socket.socket] = {}
        self.look = selectors.DefaultSelector()
        self.look.register(self.door, selectors.EVENT_READ, None)
        self.runs = threading.Thread(target=self.run, daemon=True)
        self.runs.start()

    @property
    def port(self) -> int:
        return int(self.door.getsockname()[1])

    def run(self) -> None:
        while not self.is_over:
            for key, _events in self.look.select(timeout=0.2):
                if key.data is None:
                    packet, whence = self.door.recvfrom(65536)
                    self.pass_on(self.way_of(whence), packet)
                else:
                    packet = self.behind[key.data].recv(65536)
                    if not self.is_cut:
                        self.door.sendto(packet, key.data)

    def way_of(self, whence: tuple[str, int]) -> socket.socket:
        if whence not in self.behind:
            door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            door.connect(("127.0.0.1", self.to))
            self.behind[whence] = door
            self.look.register(door, selectors.EVENT_READ, whence)
        return self.behind[whence]

    def pass_on(self, way: socket.socket, packet: bytes) -> None:
        if not self.is_cut:
            way.send(packet)

    def close(self) -> None:
        """Pass nothing on any more, and give every port back."""
        self.is_over = True
        self.runs.join(timeout=5)
        self.look.close()
        for door in (self.door, *self.behind.values()):
            door.close()
