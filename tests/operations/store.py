"""A store that speaks S3, as a program of its own: signatures are checked, what is put there is on its disk."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from tests.ports import free_port
from tests.programs import start
from tests.waiting import until
from visavis.operations.saving import stores

KEY, SECRET = "visavis", "a/secret+of one"
TRIES = 3
# Each part of it takes a second port, so far above.
SECOND_ABOVE = 10_000


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """Give the address of a store, with its key, as VISAVIS_S3 says it."""
    rights = ["Admin", "Read", "Write", "List"]
    known = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": rights}
    (folder / "s3.json").write_text(json.dumps({"identities": [known]}))
    process, port = started(folder)
    try:
        yield address_at(port)
    finally:
        ended(process)


def started(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start the store, with other ports when it ends or takes nothing; return it and where it listens."""
    program = Path(sys.executable).parent / "weed"
    for _ in range(TRIES):
        ports = {name: free_port(also_above=SECOND_ABOVE) for name in ("master", "volume", "filer", "s3")}
        words = ["server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-filer", "-s3"]
        words += [f"-{name}.port={port}" for name, port in ports.items()]
        # What else it offers has fixed ports: off.
        words += [
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            f"-s3.config={folder}/s3.json",
            "-master.volumeSizeLimitMB=64",
            "-volume.max=100",
        ]
        with (folder / "store.log").open("wb") as log:
            process = start([program, *words], stdout=log, stderr=log, start_new_session=True)
        until(
            lambda process=process, ports=ports: process.poll() is not None or takes(address_at(ports["s3"])),
            lambda: f"the store did not start:\n{(folder / 'store.log').read_text()[-3_000:]}",
        )
        if process.poll() is None:
            return process, ports["s3"]
    raise AssertionError("the store ended:\n" + (folder / "store.log").read_text()[-3_000:])


def ended(process: subprocess.Popen[bytes]) -> None:
    """End the store at once: asked to, it takes 25 s, and its folder goes with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


def address_at(port: int) -> str:
    return f"http://{KEY}:{quote(SECRET, safe='')}@127.0.0.1:{port}"


def takes(address: str) -> bool:
    """Say whether the store takes anything yet."""
    try:
        with stores.told(address):
            stores.reached("s3://first/try", address).put("it", b"takes")
    except stores.NoStore:
        return False
    return True
