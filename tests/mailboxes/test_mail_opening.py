"""The mailbox's password goes to nobody whose certificate is not believed."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.operations.certificate import certificate_in
from visavis.mailboxes.mail.opening import reached


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[dict[str, int]]:
    """Two doors that speak IMAP with a certificate that nobody knows: at once, and after STARTTLS."""
    certificate, key = certificate_in(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    doors = {name: socket.create_server(("127.0.0.1", 0)) for name in ("tls", "starttls")}

    def answer(name: str) -> None:
        with suppress(OSError):
            one, _ = doors[name].accept()
            with one:
                if name == "starttls":
                    one.sendall(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n")
                    while not (line := one.recv(1000)).rstrip().endswith(b"STARTTLS"):
                        one.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + line.split()[0] + b" OK x\r\n")
                    one.sendall(line.split()[0] + b" OK done\r\n")
                with context.wrap_socket(one, server_side=True) as inside:
                    inside.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
                    while line := inside.recv(1000):
                        inside.sendall(b"* CAPABILITY IMAP4rev1\r\n" + line.split()[0] + b" OK done\r\n")

    threads = [threading.Thread(target=answer, args=(name,), daemon=True) for name in doors]
    for one in threads:
        one.start()
    yield {name: door.getsockname()[1] for name, door in doors.items()}
    for door in doors.values():
        # Who waits at it hears so; of a door that is only closed he would not.
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
    for one in threads:
        one.join(5)


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_a_mailbox_whose_certificate_nobody_knows_is_not_opened(tls: str, doors: dict[str, int]) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        reached("localhost", doors[tls], tls=tls, time_out_s=5)
