"""Who sends a body slowly holds nobody up: sockets against the line that serves the site, behind the proxy's site."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.journeys.site import stop
from tests.operations.answers import as_options
from tests.operations.certificate import certificate_in
from tests.ports import free_port
from tests.programs import start
from tests.waiting import until
from visavis.commands import serve
from visavis.commands.__main__ import main

SLOW = 40
BEGUN = b"POST / HTTP/1.1\r\nHost: emploi.example\r\nContent-Length: 100000\r\n\r\na little"
ASKED = b"GET / HTTP/1.1\r\nHost: emploi.example\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A port where the line of `visavis serve` serves, with its own numbers of processes and threads."""
    port = free_port()
    *line, application = serve.server("127.0.0.1", port)
    assert application == serve.APPLICATION
    log = tmp_path_factory.mktemp("slow") / "server.log"
    root = Path(__file__).resolve().parents[2]
    with log.open("wb") as said:
        server = start(
            [*line, "tests.operations.reads_bodies:application"],
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: is_answered(port, None, 5), lambda: f"it did not start: {log.read_text()}")
        yield port
    finally:
        stop(server)


@contextmanager
def proxied(folder: Path, port: int) -> Iterator[int]:
    """The proxy's site as `visavis setup` writes it, on ports of the test."""
    certificate, key = certificate_in(folder)
    options = as_options(
        certificate=str(certificate), certificate_key=str(key), backup_recipient="age1" + "q" * 58
    )
    assert main(["setup", "--root", str(folder), "--files-only", *options]) == 0
    door = free_port()
    site = (folder / "etc/nginx/conf.d/visavis.conf").read_text().replace("/var/log/nginx", str(folder))
    site = re.sub(r"listen \[::\]:.*;\n", "", site).replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{door} ssl;")
    site = re.sub(r"proxy_pass http://127\.0\.0\.1:\d+;", f"proxy_pass http://127.0.0.1:{port};", site)
    (folder / "site.conf").write_text(site)
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/answers;\n"
        f"include {folder}/site.conf; }}\n"
    )
    process = start(["nginx", "-c", whole], start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        until(lambda: is_answered(door, tls(), 5), "the proxy did not start")
        yield door
    finally:
        stop(process)


def tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def opened(port: int, context: ssl.SSLContext | None, within_s: float) -> socket.socket:
    plain = socket.create_connection(("127.0.0.1", port), timeout=within_s)
    return context.wrap_socket(plain, server_hostname="emploi.example") if context else plain


def is_answered(port: int, context: ssl.SSLContext | None, within_s: float) -> bool:
    try:
        with closing(opened(port, context, within_s)) as visitor:
            visitor.sendall(ASKED)
            return b" 200 " in visitor.recv(100)
    except OSError:
        return False


@contextmanager
def slow_senders(port: int, context: ssl.SSLContext | None) -> Iterator[None]:
    """Begin many bodies, and send no more of them."""
    with ExitStack() as stack:
        for _sender in range(SLOW):
            sender = stack.enter_context(closing(opened(port, context, 30)))
            sender.sendall(BEGUN)
        yield


def test_forty_slow_bodies_behind_the_proxy_hold_nobody_up(tmp_path: Path, port: int) -> None:
    assert shutil.which("nginx"), "nginx is absent: scripts/packages installs it"
    with proxied(tmp_path, port) as door, slow_senders(door, tls()):
        assert is_answered(door, tls(), 60)


@pytest.mark.again
def test_without_the_proxy_they_hold_every_thread(port: int) -> None:
    """The control: the same senders, and a site that nothing stands before."""
    with slow_senders(port, None):
        until(lambda: not is_answered(port, None, 3), "slow senders held nobody up: is the proxy needed?")
