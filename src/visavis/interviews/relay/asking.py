"""Ask a relay as a browser does (STUN, RFC 8489; TURN, RFC 8656): does it answer, whom does it let in, where to?"""

import hashlib
import hmac
import ipaddress
import secrets
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from visavis.interviews.relay.credentials import Login

COOKIE = 0x2112A442
BINDING, ALLOCATE, REFRESH, PERMISSION = 0x0001, 0x0003, 0x0004, 0x0008
SUCCESS, REFUSAL = 0x0100, 0x0110
USERNAME, INTEGRITY, ERROR, PEER, REALM, NONCE, TRANSPORT, LIFETIME = (
    0x0006,
    0x0008,
    0x0009,
    0x0012,
    0x0014,
    0x0015,
    0x0019,
    0x000D,
)
UDP = struct.pack("!B3x", 17)
HEAD, MARK = 20, 12
# What is lost on its way is sent again.
TRIES = 3
UNAUTHENTICATED = 401
PORTS = {"turn": 3478, "turns": 5349}


class NoRelay(Exception):
    """Nobody answers there, or not as a relay does."""


class WrongAddress(ValueError):
    """An address of a relay that cannot be read."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a relay is, and how it is spoken to."""

    host: str
    port: int
    is_tcp: bool
    is_tls: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a relay answered: `code` 0 is yes."""

    code: int
    attributes: dict[int, bytes]


def read(url: str) -> Address:
    """Read the address of a relay as browsers do (RFC 7065). Raises WrongAddress."""
    scheme, _colon, rest = url.partition(":")
    try:
        found = urlsplit(f"//{rest}")
        port = found.port
    except ValueError as error:
        raise WrongAddress(url) from error
    transport = found.query.removeprefix("transport=") or "udp"
    if scheme not in PORTS or not found.hostname or found.path or transport not in ("udp", "tcp"):
        raise WrongAddress(url)
    is_tls = scheme == "turns"
    return Address(found.hostname, port or PORTS[scheme], is_tls or transport == "tcp", is_tls)


@dataclass
class Talk:
    """A talk with a relay that is open."""

    socket: socket.socket
    is_tcp: bool
    _realm: bytes = b""
    _nonce: bytes = b""
    _key: bytes = b""
    _login: Login | None = field(default=None)

    def bind(self) -> Answer:
        """Ask what anybody may ask."""
        return self._ask(BINDING, [])

    def allocate(self, login: Login) -> Answer:
        """Ask for a place to send from, as who holds credentials."""
        first = self._ask(ALLOCATE, [(TRANSPORT, UDP)])
        if first.code != UNAUTHENTICATED:
            return first
        self._realm, self._nonce = first.attributes[REALM], first.attributes[NONCE]
        self._login = login
        words = f"{login.username}:{self._realm.decode()}:{login.password}"
        # The key of long-term credentials is this digest (RFC 8489, 9.2.2): it is no secret's only guard.
        self._key = hashlib.md5(words.encode(), usedforsecurity=False).digest()
        return self._ask(ALLOCATE, [(TRANSPORT, UDP)])

    def permit(self, address: str) -> Answer:
        """Ask to send to an address; nothing is sent."""
        mark = secrets.token_bytes(MARK)
        return self._ask(PERMISSION, [(PEER, peer(address, mark))], mark)

    def let_go(self) -> Answer:
        """Give the place back."""
        return self._ask(REFRESH, [(LIFETIME, struct.pack("!I", 0))])

    def _ask(self, kind: int, attributes: list[tuple[int, bytes]], mark: bytes = b"") -> Answer:
        mark = mark or secrets.token_bytes(MARK)
        if self._login:
            name = self._login.username.encode()
            attributes = [*attributes, (USERNAME, name), (REALM, self._realm), (NONCE, self._nonce)]
        sent = written(kind, mark, attributes, self._key)
        for _try in range(TRIES):
            self.socket.sendall(sent)
            try:
                while (answer := answered(self._received(), mark)) is None:
                    pass
            except TimeoutError:
                continue
            return answer
        raise NoRelay

    def _received(self) -> bytes:
        if not self.is_tcp:
            return self.socket.recv(2_048)
        head = self._whole(HEAD)
        return head + self._whole(struct.unpack("!H", head[2:4])[0])

    def _whole(self, length: int) -> bytes:
        found = b""
        while len(found) < length:
            more = self.socket.recv(length - len(found))
            if not more:
                raise NoRelay
            found += more
        return found


@contextmanager
def talk(address: Address, *, time_out_s: float = 2.0) -> Iterator[Talk]:
    """Begin a talk with a relay. Raises NoRelay."""
    kind = socket.SOCK_STREAM if address.is_tcp else socket.SOCK_DGRAM
    try:
        found = socket.getaddrinfo(address.host, address.port, type=kind)[0]
        with socket.socket(found[0], kind) as plain:
            plain.settimeout(time_out_s)
            plain.connect(found[4])
            if not address.is_tls:
                yield Talk(plain, address.is_tcp)
                return
            with ssl.create_default_context().wrap_socket(plain, server_hostname=address.host) as safe:
                yield Talk(safe, is_tcp=True)
    except OSError as error:
        raise NoRelay(str(error)) from error


def written(kind: int, mark: bytes, attributes: list[tuple[int, bytes]], key: bytes) -> bytes:
    """Write a message, signed where there is a key."""
    body = b"".join(_attribute(*one) for one in attributes)
    if key:
        head = struct.pack("!HHI", kind, len(body) + 24, COOKIE) + mark
        body += _attribute(INTEGRITY, hmac.new(key, head + body, hashlib.sha1).digest())
    return struct.pack("!HHI", kind, len(body), COOKIE) + mark + body


def answered(data: bytes, mark: bytes) -> Answer | None:
    """Read an answer; nothing where it is none of ours. Raises NoRelay for what is no STUN at all."""
    if len(data) < HEAD or data[4:8] != struct.pack("!I", COOKIE):
        raise NoRelay
    if data[8:HEAD] != mark:
        return None
    [kind] = struct.unpack("!H", data[:2])
    attributes, place = {}, HEAD
    while place + 4 <= len(data):
        name, length = struct.unpack("!HH", data[place : place + 4])
        attributes[name] = data[place + 4 : place + 4 + length]
        place += 4 + length + -length % 4
    if kind & REFUSAL == REFUSAL:
        error = attributes.get(ERROR, b"\0\0\5\0")
        return Answer(error[2] * 100 + error[3], attributes)
    return Answer(0, attributes) if kind & REFUSAL == SUCCESS else None


def peer(address: str, mark: bytes) -> bytes:
    """Write an address as a relay reads it: crossed with cookie and mark, so that no router changes it on the way."""
    found = ipaddress.ip_address(address)
    crossed = bytes(a ^ b for a, b in zip(found.packed, struct.pack("!I", COOKIE) + mark, strict=False))
    return struct.pack("!BBH", 0, 1 if found.version == 4 else 2, 9 ^ (COOKIE >> 16)) + crossed


def _attribute(name: int, value: bytes) -> bytes:
    return struct.pack("!HH", name, len(value)) + value + b"\0" * (-len(value) % 4)
