"""Which machines this service reaches: those that its settings name, and places that were judged one by one.

`guard` stands before every name that Python looks up in a process and every connection that it opens: what no setting
names is refused and told to the log. What was judged otherwise, an address that a head wrote (`outside.py`), says so
by `judged`. Not seen: the driver of PostgreSQL and the client of a store, which are not Python; each reaches the one
address of its setting.
"""

import ipaddress
import logging
import re
import socket
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

log = logging.getLogger(__name__)

type Door = tuple[str, int]

PORTS = {
    "http": 80, "https": 443, "redis": 6379, "rediss": 6379, "valkey": 6379, "valkeys": 6379, "postgresql": 5432,
    "turn": 3478, "turns": 5349, "tcp": 8786, "tls": 8786,
}  # fmt: skip
# Addresses in which such are written.
ADDRESSES = ("SMS_URL", "CACHE_URL", "VISAVIS_SENTRY", "VISAVIS_S3", "VISAVIS_NIGHT_CLUSTER")
# What sends to an address without being connected, and how many words it then has.
WITH_AN_ADDRESS = {"sendto": 2, "sendmsg": 4}
# Numbers that names were found to have: more of them are forgotten, and found again.
MOST_NUMBERS = 4_096
_numbers: set[Door] = set()
_judged: ContextVar[frozenset[str]] = ContextVar("judged", default=frozenset())


class NotNamed(ConnectionRefusedError):
    """No setting names the machine: nothing was sent there."""


def named() -> frozenset[Door]:
    """Return the machines and ports that the settings name."""
    # A store may be several machines, as Django reads them.
    addresses = [one for name in ADDRESSES for one in re.split("[;,]", getattr(settings, name))]
    addresses += [one["address"] for one in settings.VISAVIS_IDENTITY.values()]
    addresses += [one.replace(":", "://", 1) for one in settings.VISAVIS_TURN_URLS]
    addresses += [f"https://{one}" for one in settings.VISAVIS_REACHES]
    # A proxy through which the operator has programs of this machine go out.
    addresses += [one for scheme, one in urllib.request.getproxies().items() if scheme != "no"]
    doors = [
        *map(of_address, addresses),
        *(of_options(one.get("OPTIONS", {})) for one in settings.MAILERS.values()),
        *(door for one in settings.DATABASES.values() for door in of_database(one)),
        (settings.IMAP_HOST, settings.IMAP_PORT),
        # Without a host it is this machine.
        of_address(re.sub("^:", "127.0.0.1:", settings.VISAVIS_CLAMAV)),
        ("127.0.0.1", settings.VISAVIS_LIVE_PORT),
    ]
    return frozenset((plain(host), port) for host, port in doors if host and port)


def of_options(options: Mapping[str, Any]) -> Door:
    """Return the machine of a mail server, and its port."""
    return options.get("host", ""), options.get("port", 0)


def of_database(one: Mapping[str, Any]) -> list[Door]:
    """Return the machines of a database: several where one stands in for the other."""
    host = one.get("HOST") or one.get("OPTIONS", {}).get("host", "")
    return [(name, int(one.get("PORT") or PORTS["postgresql"])) for name in str(host).split(",")]


def of_address(address: str) -> Door:
    """Return the machine of an address, and its port; nothing where it names none."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        return parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", 0


def plain(host: str) -> str:
    """Return a name or a number as it is compared."""
    return host.strip("[]").rstrip(".").lower()


@contextmanager
def judged(*hosts: str) -> Iterator[None]:
    """Let this piece of code reach names or numbers that it has judged by another rule, and nothing else beside."""
    token = _judged.set(_judged.get() | {plain(one) for one in hosts})
    try:
        yield
    finally:
        _judged.reset(token)


def guard() -> None:
    """From now on this process reaches only what is named or judged."""
    if getattr(socket.getaddrinfo, "is_guarded", False):
        return
    socket.getaddrinfo = looked_up(socket.getaddrinfo)
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, reached(getattr(socket.socket, name)))
    for name, place in WITH_AN_ADDRESS.items():
        setattr(socket.socket, name, sent(getattr(socket.socket, name), place))


def looked_up(find: Callable[..., Any]) -> Callable[..., Any]:
    """Look names up that are named, and remember their numbers with the ports that go with them."""

    def getaddrinfo(host: Any, port: Any, *more: Any, **how: Any) -> Any:
        name = plain(host.decode() if isinstance(host, bytes) else host or "")
        if name in _judged.get() or is_number(name) or not name:
            return find(host, port, *more, **how)
        ports = {door for machine, door in named() if machine == name}
        # This machine's own name leads to itself: which of its ports may be reached is asked when it is.
        if not ports and name != "localhost":
            raise refused(name, port)
        found = find(host, port, *more, **how)
        if len(_numbers) > MOST_NUMBERS:
            _numbers.clear()
        _numbers.update((plain(str(one[4][0])), door) for one in found for door in ports)
        return found

    getaddrinfo.is_guarded = True  # type: ignore[attr-defined]
    return getaddrinfo


def reached(connect: Callable[..., Any]) -> Callable[..., Any]:
    """Connect to what is named or judged."""

    def connecting(self: socket.socket, address: Any) -> Any:
        refuse(self, address)
        return connect(self, address)

    return connecting


def sent(send: Callable[..., Any], least: int) -> Callable[..., Any]:
    """Send to what is named or judged; where no address is given, it was asked when it was connected."""

    def sending(self: socket.socket, *what: Any) -> Any:
        if len(what) >= least and what[-1] is not None:
            refuse(self, what[-1])
        return send(self, *what)

    return sending


def refuse(by: socket.socket, address: Any) -> None:
    """Refuse an address that is neither named nor judged; a path of this machine is none. Raises NotNamed."""
    if by.family not in (socket.AF_INET, socket.AF_INET6):
        return
    host, port = plain(str(address[0])), int(address[1])
    if host not in _judged.get() and (host, port) not in _numbers and (host, port) not in named():
        raise refused(host, port)


def refused(host: str, port: Any) -> NotNamed:
    log.error("not reached: %s, port %s, which no setting names (VISAVIS_REACHES)", host, port)
    return NotNamed(f"no setting names {host}, port {port}")


def is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
