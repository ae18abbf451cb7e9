"""A proxy of the tests' own: it writes down every request of a program, to the byte, and leads to this machine only.

    with recording() as clerk:
        … a program that has `clerk.chromium()` as flags or `clerk.mozilla()` as preferences …
    assert clerk.telling(["a secret"]) == []

What is asked of other machines is written down too, and refused. A secret is looked for in the shapes that a line of
code would give it: as it is, in another case, escaped, in base64, in hexadecimal, hashed.
"""

import base64
import hashlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

HERE = {"localhost", "127.0.0.1"}
MOST_BYTES = 1 << 16
ENDS = frozenset({b"\r\n", b""})
REFUSED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """One request as the program sent it."""

    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        """The method, and the address without what follows `?`."""
        method, address, _ = self.head.split(b"\r\n")[0].decode("latin-1").split(" ", 2)
        return f"{method} {urlsplit(address).path or address}"

    @property
    def host(self) -> str:
        """The machine that it was for."""
        address = self.head.split(b" ", 2)[1].decode("latin-1")
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""

    @property
    def fields(self) -> dict[str, str]:
        """The header, without what is drawn anew for each visit."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines if ": " in line)


@dataclass
class Clerk:
    """What was asked so far."""

    port: int = 0
    came: list[Request] = field(default_factory=list)
    # What is to happen when a request came, and when it is answered before the program hears of it.
    on: Callable[[str, bool], object] = lambda _line, _is_answered: None

    def chromium(self) -> list[str]:
        """The flags that send everything through here, this machine's own addresses too."""
        return [f"--proxy-server=http://127.0.0.1:{self.port}", "--proxy-bypass-list=<-loopback>"]

    def mozilla(self) -> dict[str, Any]:
        """The same for Firefox and Thunderbird, which then ask no name of anybody and never go around."""
        one = {"http": "127.0.0.1", "http_port": self.port, "ssl": "127.0.0.1", "ssl_port": self.port}
        one |= {"type": 1, "no_proxies_on": "", "allow_hijacking_localhost": True, "failover_direct": False}
        return {f"network.proxy.{name}": value for name, value in one.items()}

    def asked(self, line: str) -> list[Request]:
        return [one for one in self.came if one.line == line]

    def telling(self, secrets: Sequence[str]) -> list[tuple[str, str]]:
        """Return each secret in a request, but for the visit itself: what was asked of that very host."""
        return [
            (secret, one.line)
            for one in list(self.came)
            for secret in held(one.head + b"\n" + one.body, secrets)
            if one.host != secret
        ]


def shapes(secret: str) -> set[bytes]:
    """Return how a secret could be written."""
    raw = secret.encode()
    # In base64 a word has three looks, by where it begins in a group of three; its edges depend on its neighbours.
    turned = {base64.b64encode(bytes(before) + raw)[4 if before else 0 : -4] for before in range(3)}
    hashes = {made(raw).digest() for made in (hashlib.sha256, hashlib.sha1, hashlib.md5)}
    hashed = {one for digest in hashes for one in (digest.hex().encode(), base64.b64encode(digest)[:20])}
    url_safe = {base64.urlsafe_b64encode(digest)[:20] for digest in hashes}
    return {raw, raw[::-1], raw.hex().encode(), secret.encode("utf-16-le"), *turned, *hashed, *url_safe}


def held(found: bytes, secrets: Iterable[str]) -> list[str]:
    """Return the secrets that bytes hold in one of their shapes."""
    plain = found + b"\n" + unquote_to_bytes(found)
    either = (plain, plain.lower())
    return [one for one in secrets if any(shape in text for shape in shapes(one) for text in either)]


def files_holding(folder: Path, secrets: Sequence[str]) -> list[tuple[str, str]]:
    """Return each secret that stands in a file under a folder, and where."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        (one, str(path.relative_to(folder))) for path in files for one in held(path.read_bytes(), secrets)
    ]


class Desk(socketserver.StreamRequestHandler):
    """One request on one connection: written down, then led on."""

    def handle(self) -> None:
        # A connection that is closed gives nothing, for ever: what came until then is all there is.
        lines = iter(self.rfile.readline, None)
        head = b"".join(takewhile(lambda line: line not in ENDS, lines)).rstrip()
        if head.count(b" ") < 2:
            return
        length = next(
            (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0"
        )
        request = Request(head, self.rfile.read(int(length.partition(b":")[2])))
        clerk: Clerk = self.server.clerk  # type: ignore[attr-defined]
        clerk.came.append(request)
        clerk.on(request.line, False)
        method, address, _ = head.split(b" ", 2)
        parts = urlsplit(address.decode("latin-1"))
        if method == b"CONNECT" or not (parts.hostname in HERE or str(parts.hostname).endswith(".test")):
            self.wfile.write(REFUSED)
            return
        self.lead_on(request, parts.port or 80, parts.path + (f"?{parts.query}" if parts.query else ""))

    def lead_on(self, request: Request, port: int, address: str) -> None:
        """Ask this machine, and give back whatever it says."""
        method, fields = request.head.split(b" ", 1)[0], request.head.split(b"\r\n")[1:]
        kept = [one for one in fields if not one.lower().startswith((b"connection:", b"proxy-connection:"))]
        head = b"\r\n".join([b"%s %s HTTP/1.1" % (method, address.encode("latin-1")), *kept])
        try:
            onward = socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            self.wfile.write(REFUSED)
            return
        with closing(onward):
            onward.sendall(head + b"\r\nConnection: close\r\n\r\n" + request.body)
            answer = b"".join(iter(lambda: onward.recv(MOST_BYTES), b""))
        self.server.clerk.on(request.line, True)  # type: ignore[attr-defined]
        self.wfile.write(answer)


class Office(socketserver.ThreadingTCPServer):
    """The proxy's port."""

    daemon_threads, allow_reuse_address, request_queue_size = True, True, 64
    block_on_close = False

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.clerk = clerk

    def handle_error(self, *_: Any) -> None:
        """A browser that closes leaves its connections in the middle."""


@contextmanager
def recording() -> Iterator[Clerk]:
    """Keep the proxy open."""
    clerk = Clerk()
    with Office(clerk) as office:
        clerk.port = office.server_address[1]
        threading.Thread(target=office.serve_forever, daemon=True).start()
        yield clerk
        office.shutdown()
