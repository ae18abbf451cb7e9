"""What coturn is told: the file that `visavis relay` prints and `visavis setup` writes.

A relay sends what it is given to whoever it is told, with an address of ours. So it sends nothing to machines that
only our networks reach, takes nobody without credentials of a seat, and counts what each takes.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

PORT, TLS_PORT = 3478, 5349
# What is nobody's on the internet (IANA, special-purpose address registries), and one that clouds keep for themselves.
# Not ::, which coturn reads as any address (and refuses by itself): a range that ends there closes everything.
CLOSED = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::1/128",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
)
# A seat speaks with three others, by two ways each, and comes back: more is somebody else's traffic.
MOST_OF_A_SEAT = 48
MOST_OF_ALL = 1_200
# Bytes a second of one connection: a good picture and its sound are a third of it.
MOST_BYTES_S = 600_000


@dataclass(frozen=True, slots=True)
class Relay:
    """Where a relay stands: its name, its secret, its address, its certificate if it has one.

    `address` is public; behind a router it is followed by a slash and the machine's own: 203.0.113.7/10.0.0.7.
    """

    name: str
    secret: str
    address: str = ""
    certificate: str = ""
    certificate_key: str = ""
    port: int = PORT
    tls_port: int = TLS_PORT
    first_port: int = 49_152
    last_port: int = 65_535


def text(relay: Relay) -> str:
    """Return the file."""
    return "\n".join(options(relay)) + "\n"


def options(relay: Relay) -> Iterator[str]:
    """Yield the options of the file, each with what it is for."""
    yield "# Written by Vis-à-vis for coturn 4.6 or later. Holds a secret: mode 600."
    yield f"realm={relay.name}"
    yield f"listening-port={relay.port}"
    yield from _address(relay.address)
    yield f"min-port={relay.first_port}"
    yield f"max-port={relay.last_port}"
    yield from _tls(relay)
    yield "# Credentials of a seat, soon over; nobody without."
    yield "use-auth-secret"
    yield f"static-auth-secret={relay.secret}"
    yield "stale-nonce=600"
    yield "fingerprint"
    yield "# What one seat and all of them take."
    yield f"user-quota={MOST_OF_A_SEAT}"
    yield f"total-quota={MOST_OF_ALL}"
    yield f"max-bps={MOST_BYTES_S}"
    yield "# Nothing but packets between people: no connections, no remote control, no name of the program."
    yield from ("no-tcp-relay", "no-multicast-peers", "no-cli", "no-rfc5780", "no-software-attribute")
    yield from ("no-stun-backward-compatibility", "log-file=stdout", "simple-log")
    yield "# Addresses that are not of the internet, and those of clouds' own services."
    yield from (f"denied-peer-ip={one}" for one in closed_ranges())


def closed_ranges() -> Iterator[str]:
    """Yield what nobody is reached at, as coturn writes it: first and last."""
    for one in CLOSED:
        network = ipaddress.ip_network(one)
        yield f"{network[0]}-{network[-1]}"


def _address(address: str) -> Iterator[str]:
    public, _slash, own = address.partition("/")
    if own:
        yield f"external-ip={public}/{own}"
    if public:
        yield f"listening-ip={own or public}"
        yield f"relay-ip={own or public}"


def _tls(relay: Relay) -> Iterator[str]:
    """Speak TLS where there is a certificate: some networks let nothing else out."""
    yield "no-dtls"
    if not relay.certificate:
        yield "no-tls"
        return
    yield f"tls-listening-port={relay.tls_port}"
    yield f"cert={relay.certificate}"
    yield f"pkey={relay.certificate_key}"
    yield from ("no-tlsv1", "no-tlsv1_1")
