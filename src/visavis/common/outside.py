"""Where messages go and files come from: the internet, never this network unless the operator names it.

A name is resolved once, every address of it is judged, and the connection is made to one of these, whatever the name
leads to a moment later. No redirect is followed.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.encoding import iri_to_uri

from visavis.common import reaching

TIME_OUT_S = 10
# All of it, however slowly it answers.
DEADLINE_S = 15
# Addresses of IPv6 that carry one of IPv4 which the guard would not see (RFC 6052).
A_PART = 1 << 16
CARRYING = ipaddress.ip_network("64:ff9b::/96")

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReached(Exception):
    """It was not received, or not to be had. `why` is a code: each app that asks words it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Place:
    """An address that was resolved and judged."""

    parts: SplitResult
    host: str
    port: int
    at: str


def place(address: str) -> Place:
    """Resolve an address and judge it. Raises NotReached."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with reaching.judged(host):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached("name") from error
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not addresses or not all(is_allowed(one) for one in addresses):
        raise NotReached("private")
    if parts.scheme != "https" and not all(is_named(one) for one in addresses):
        raise NotReached("plain")
    return Place(parts, host, port, str(addresses[0]))


def is_allowed(address: Address) -> bool:
    """Say whether an address is of the internet, or of a network that the operator named."""
    if is_named(address):
        return True
    inner = getattr(address, "ipv4_mapped", None) or address
    if inner.version == 6 and inner in CARRYING:
        return False
    return inner.is_global and not inner.is_multicast


def is_named(address: Address) -> bool:
    """Say whether the operator named the network of an address."""
    inner = getattr(address, "ipv4_mapped", None) or address
    return any(inner.version == one.version and inner in one for one in networks())


def networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    try:
        return [ipaddress.ip_network(one) for one in settings.VISAVIS_WEBHOOKS_PRIVATE]
    except ValueError as error:
        raise ImproperlyConfigured(f"VISAVIS_WEBHOOKS_PRIVATE: {error}. Write 10.1.0.0/16.") from error


class Connection(http.client.HTTPConnection):
    """A connection to the address that was judged, under the name that was asked for."""

    def __init__(self, to: Place) -> None:
        super().__init__(to.host, to.port, timeout=TIME_OUT_S)
        self.to = to

    def connect(self) -> None:
        with reaching.judged(self.to.at):
            self.sock = socket.create_connection((self.to.at, self.to.port), timeout=TIME_OUT_S)
        if self.to.parts.scheme == "https":
            # Kept before hands are shaken, so that the deadline can cut this too.
            self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.to.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()


def post(address: str, body: str, headers: dict[str, str]) -> int:
    """Send a message and return the number that is answered. Raises NotReached."""
    with reached(address, DEADLINE_S) as (connection, path):
        connection.request("POST", path, body.encode(), headers)
        return connection.getresponse().status


def fetch(address: str, into: IO[bytes], *, most: int, deadline_s: float) -> None:
    """Write what an address answers into a file, of so many bytes at most. Raises NotReached: then it is not whole."""
    with reached(address, deadline_s) as (connection, path):
        connection.request("GET", path, headers={"Accept-Encoding": "identity", "User-Agent": "Vis-a-vis"})
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise NotReached("redirect" if 300 <= answer.status < 400 else "status")
        told, read = answer.length, 0
        while part := answer.read(A_PART):
            read += len(part)
            if read > most:
                raise NotReached("big")
            kept(into, part)
        # A length that was promised and not kept is an error of http.client only for a whole read.
        if told is not None and read < told:
            raise NotReached("cut")


def kept(into: IO[bytes], part: bytes) -> None:
    try:
        into.write(part)
    except OSError as error:
        raise NotReached("disk") from error


@contextmanager
def reached(address: str, deadline_s: float) -> Iterator[tuple[Connection, str]]:
    """Give a connection to an address that was judged, and the path to ask; cut at the deadline. Raises NotReached."""
    to = place(address)
    # As bytes of ASCII, whatever the head wrote: an accent or a blank is no reason to stop.
    path = iri_to_uri(f"{to.parts.path or '/'}?{to.parts.query}".removesuffix("?"))
    connection = Connection(to)
    late = threading.Event()

    def cut() -> None:
        late.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(deadline_s, cut)
    watch.daemon = True
    watch.start()
    try:
        yield connection, path
        if late.is_set():
            raise NotReached("late")
    except ssl.SSLError as error:
        raise NotReached("late" if late.is_set() else "tls") from error
    except TimeoutError as error:
        raise NotReached("late") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotReached("late" if late.is_set() else "silent") from error
    finally:
        watch.cancel()
        connection.close()
