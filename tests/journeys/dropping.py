"""A network that drops: between a browser and the site, connections are cut in the middle, or nobody gets through."""

import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 1 << 14
# Reset, as a mast that is gone: no last bytes, no farewell.
AT_ONCE = struct.pack("ii", 1, 0)


class Dropping:
    """Passes bytes on; cuts each connection that carried `bears` bytes to the site, counts, and can be away."""

    def __init__(self, site: str) -> None:
        where = urlsplit(site)
        self.to = (where.hostname or "", where.port or 80)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.bears, self.away_after = 0, 0
        self.is_away = self.is_over = False
        self.carried = self.cuts = 0

    @property
    def url(self) -> str:
        return f"http://localhost:{self.door.getsockname()[1]}"

    def serve(self) -> None:
        while not self.is_over:
            with suppress(OSError):
                browser, _from = self.door.accept()
                threading.Thread(target=self.carry, args=(browser,), daemon=True).start()

    def carry(self, browser: socket.socket) -> None:
        """Carry one connection until an end closes it or the network drops it."""
        with browser, suppress(OSError):
            if self.is_away:
                cut(browser)
                return
            with socket.create_connection(self.to) as site, selectors.DefaultSelector() as ready:
                ready.register(browser, selectors.EVENT_READ)
                ready.register(site, selectors.EVENT_READ)
                up = 0
                while not self.is_over:
                    for key, _events in ready.select(timeout=0.2):
                        data = key.fileobj.recv(PIECE)  # type: ignore[union-attr]
                        if not data:
                            return
                        if key.fileobj is browser:
                            up += len(data)
                            self.carried += len(data)
                            site.sendall(data)
                        else:
                            browser.sendall(data)
                    if self.drops(up):
                        cut(browser)
                        return

    def drops(self, up: int) -> bool:
        """Say whether a connection ends here; at a number of bytes the whole network is gone, until it is let back."""
        if self.away_after and self.carried >= self.away_after:
            self.is_away, self.away_after = True, 0
        is_cut = self.is_away or bool(self.bears and up >= self.bears)
        self.cuts += is_cut and up > 0
        return is_cut


def cut(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    connection.close()


@contextmanager
def dropping(site: str) -> Iterator[Dropping]:
    """Stand between while a test runs."""
    network = Dropping(site)
    threading.Thread(target=network.serve, daemon=True).start()
    try:
        yield network
    finally:
        network.is_over = True
        network.door.close()
