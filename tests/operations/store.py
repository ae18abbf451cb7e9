"""A store that speaks S3, as a program of its own: signatures are checked, what is put there is on its disk."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.journeys.site import free_port, waited
from visavis.operations.saving import stores

KEY, SECRET = "visavis", "a/secret+of one"
STARTS_WITHIN_S = 120


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """Give the address of a store, with its key, as VISAVIS_S3 says it."""
    rights = ["Admin", "Read", "Write", "List"]
    known = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": rights}
    (folder / "s3.json").write_text(json.dumps({"identities": [known]}))
    ports = {name: port_of_two() for name in ("master", "volume", "filer", "s3")}
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
    program = Path(sys.executable).parent / "weed"
    with (folder / "store.log").open("wb") as log:
        process = subprocess.Popen([program, *words], stdout=log, stderr=log, start_new_session=True)
    try:
        address = f"http://{KEY}:{quote(SECRET, safe='')}@127.0.0.1:{ports['s3']}"
        waited(lambda: takes(address), STARTS_WITHIN_S, "the store did not start")
        yield address
    finally:
        # Not asked to end: it takes 25 s to, and its folder goes with it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def port_of_two() -> int:
    """Return a free port; each part of the store takes a second one, ten thousand above."""
    while (port := free_port()) > 55_000:
        pass
    return port


def takes(address: str) -> bool:
    """Say whether the store takes anything yet."""
    try:
        with stores.told(address):
            stores.reached("s3://first/try", address).put("it", b"takes")
    except stores.NoStore:
        return False
    return True
