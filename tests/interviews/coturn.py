"""The real coturn with the file that we print for it, on this machine."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.ports import free_port
from tests.programs import start
from tests.waiting import until
from visavis.interviews.relay import asking, configuration
from visavis.interviews.relay.configuration import Relay

SECRET = "what the relay and the site know"
RELAY = Relay("relay.test", SECRET, "127.0.0.1")


@dataclass(frozen=True)
class Coturn:
    """A relay that runs."""

    port: int
    tls_port: int

    @property
    def url(self) -> str:
        return f"turn:127.0.0.1:{self.port}?transport=udp"


@contextmanager
def running(folder: Path, relay: Relay = RELAY, *, is_open: bool = False) -> Iterator[Coturn]:
    """Start coturn. `is_open` lets it reach this machine, for two browsers on it; never so outside of tests."""
    program = shutil.which("turnserver")
    assert program, "coturn is absent: scripts/packages installs it"
    relay = replace(relay, port=free_port(), tls_port=free_port(), first_port=49_160, last_port=49_360)
    lines = list(configuration.options(relay))
    if is_open:
        lines = [one for one in lines if not one.startswith("denied-peer-ip=")] + ["allow-loopback-peers"]
    file = folder / "relay.conf"
    file.write_text("\n".join(lines), encoding="utf-8")
    words = [program, "-c", str(file), f"--pidfile={folder / 'relay.pid'}", f"--userdb={folder / 'relay.db'}"]
    with (folder / "relay.log").open("wb") as log, start(words, stdout=log, stderr=log) as process:
        try:
            until(lambda: answers(relay.port, process), "coturn does not answer")
            yield Coturn(relay.port, relay.tls_port)
        finally:
            process.kill()


def answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, f"coturn has ended ({process.poll()})"
    try:
        with asking.talk(asking.Address("127.0.0.1", port, is_tcp=False, is_tls=False), time_out_s=1) as talk:
            return bool(talk.bind().code == 0)
    except asking.NoRelay:
        return False
