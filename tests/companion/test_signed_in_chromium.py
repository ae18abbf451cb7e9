"""A real Chromium under an operator's policy fetches the signed companion from its service, checks it and installs it.

The policy stands in a view of the files that this browser alone has: no other browser of the machine meets it.
Elsewhere (Windows, macOS, no managed domain) only a shop's signature is enough: docs/operations.md.
"""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.programs import run, start
from tests.waiting import until
from visavis.traces import signing

pytestmark = pytest.mark.journey

CHROMIUM, POLICIES = "/usr/bin/chromium", Path("/etc/chromium")
# The folder of policies is another one, for this process and what it starts.
APART = ["unshare", "--mount", "--propagation", "private", "sh", "-c"]
START = 'mount --bind "${1:?}" "${2:?}" && shift 2 && exec "$@"'


class Shop(SimpleHTTPRequestHandler):
    """A service that gives out its signed companion; what was fetched of which is noted."""

    fetched: set[tuple[str, str]] = set()

    def do_GET(self) -> None:
        self.fetched.add((f"http://127.0.0.1:{self.server.server_address[1]}", self.path.partition("?")[0]))
        super().do_GET()

    def log_message(self, *words: Any) -> None:
        """Stay silent."""


@contextmanager
def shop(folder: Path) -> Iterator[str]:
    """Give out a folder, and say where."""
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Shop, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """The folder that stands in the place of the machine's policies."""
    folder = tmp_path / "policies"
    (folder / "policies" / "managed").mkdir(parents=True)
    if not Path(CHROMIUM).exists() or not POLICIES.is_dir():
        pytest.skip("no Chromium with a folder of policies is on this machine")
    tried = [*APART, START, "sh", str(folder), str(POLICIES), "true"]
    if not shutil.which("unshare") or run(tried, capture_output=True).returncode:
        pytest.skip("this machine gives nobody a view of its files of his own: its policies are not touched")
    return folder


def given_out(folder: Path, service: str, *, changed: bool) -> dict[str, Any]:
    """Sign a companion by a key of its own and lay it out; return its policy, which here forces it."""
    key = folder.with_suffix(".pem")
    signing.draw_key(key)
    files = signing.signed(key, service)
    place = folder / "companion" / "signed"
    place.mkdir(parents=True)
    for one, content in files.items():
        (place / one).write_bytes(content)
    if changed:
        crx = bytearray(files[signing.CRX])
        crx[-30] ^= 1
        (place / signing.CRX).write_bytes(crx)
    found: dict[str, Any] = json.loads(files[signing.CHROMIUM_POLICY])["ExtensionSettings"]
    return {number: said | {"installation_mode": "force_installed"} for number, said in found.items()}


@pytest.mark.again
def test_it_is_installed_by_policy_and_one_that_was_changed_is_not(tmp_path: Path, apart: Path) -> None:
    profile = tmp_path / "profile"
    there = profile / "Default" / "Extensions"
    browser = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
    line = [*APART, START, "sh", str(apart), str(POLICIES), *browser, "about:blank"]
    with shop(tmp_path / "right") as service, shop(tmp_path / "wrong") as other:
        right = given_out(tmp_path / "right", service, changed=False)
        wrong = given_out(tmp_path / "wrong", other, changed=True)
        policy = {"ExtensionSettings": right | wrong}
        (apart / "policies" / "managed" / "visavis.json").write_text(json.dumps(policy))
        asked = {(one, f"/companion/signed/{signing.CRX}") for one in (service, other)}
        (number,), (changed,) = right, wrong
        with start(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                until(lambda: asked <= Shop.fetched, "not both were fetched")
                until(lambda: [*there.glob(f"{number}/*/manifest.json")], "not installed")
            finally:
                process.terminate()
                process.wait(timeout=30)
    (manifest,) = [json.loads(one.read_text()) for one in there.glob(f"{number}/*/manifest.json")]
    assert manifest["update_url"] == f"{service}/companion/signed/{signing.UPDATES_XML}"
    assert not (there / changed).exists()
