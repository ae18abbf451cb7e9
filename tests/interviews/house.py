"""A site with its live process, as people run it, each killed and started again at the same port; and its browsers."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext

from tests import migrated
from tests.journeys.site import ROOT, Site, environment_of, stop, waited
from tests.ports import free_port
from tests.programs import run, start
from visavis.commands import live

STARTS_WITHIN_S = 120
FLAGS = [
    "--headless=new", "--mute-audio",
    "--use-fake-device-for-media-stream=fps=20", "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required", "--allow-loopback-in-peer-connection",
    "--disable-features=LocalNetworkAccessChecks",
]  # fmt: skip
# What a test knows of a page besides what is on it: its connections, made by the relay alone where asked.
LOOKED_AT = """(() => {
  const Real = RTCPeerConnection; window.lines = [];
  const asked = (how) => window.relayOnly ? {...how, iceTransportPolicy: "relay"} : how;
  window.RTCPeerConnection = class extends Real {
    constructor(how) { super(asked(how)); window.lines.push(this); }
    setConfiguration(how) { super.setConfiguration(asked(how)); }
  };
})();
window.heard = async () => {
  const open = window.lines.filter((one) => one.connectionState == "connected").length;
  const found = {frames: 0, energy: 0, packets: 0, kinds: [], open};
  for (const line of window.lines) {
    if (line.connectionState == "closed") continue;
    const stats = await line.getStats();
    stats.forEach((one) => {
      if (one.type != "inbound-rtp") return;
      found.packets += one.packetsReceived;
      if (one.kind == "video") found.frames += one.framesDecoded ?? 0;
      else found.energy += one.totalAudioEnergy ?? 0;
    });
    stats.forEach((one) => { if (one.candidateType == "relay") found.kinds.push(one.type); });
  }
  return found;
}"""


class House:
    """The processes of one site."""

    def __init__(self, var: Path, more: dict[str, str]) -> None:
        self.port, self.live_port = free_port(), free_port()
        self.site = Site(f"http://localhost:{self.port}", var)
        self.environment = environment_of(self.site, 0) | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "VISAVIS_DEMO": "",
            "VISAVIS_LIVE_PORT": str(self.live_port),
            "VISAVIS_LIVE_URL": f"http://localhost:{self.live_port}/live/",
        } | more  # fmt: skip
        migrated.lay(var / "visavis.sqlite3")
        words = [sys.executable, "-m", "tests.interviews.filling"]
        filled = run(words, env=self.environment, cwd=ROOT, capture_output=True, text=True)
        assert filled.returncode == 0, filled.stderr
        self.there: dict[str, Any] = json.loads(filled.stdout)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("web", "live"):
            self.start(name)

    def start(self, name: str) -> None:
        web = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        web += ["--workers", "1", "--blocking-threads", "4", "visavis.config.wsgi:application"]
        command = [sys.executable, *web] if name == "web" else live.server("127.0.0.1", self.live_port)
        with (self.site.var / f"{name}.log").open("ab") as log:
            self.processes[name] = start(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        port = self.port if name == "web" else self.live_port
        path = "/" if name == "web" else "/live/health/"
        waited(lambda: answers(port, path), STARTS_WITHIN_S, f"{name} did not start:\n{self.site.log()}")

    def kill(self, name: str) -> None:
        """Kill a process and its children, as a machine that loses its power does."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            stop(process)

    def browser_of(self, chromium: Browser, who: str = "", *, relay_only: bool = False) -> BrowserContext:
        """Return a browser in which somebody is signed in, or nobody."""
        context = chromium.new_context(base_url=self.site.url, locale="fr-FR")
        if who:
            key = self.there["keys"][who]
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.site.url}])
        context.add_init_script(f"window.relayOnly = {str(relay_only).lower()};" + LOOKED_AT)
        context.set_default_timeout(30_000)
        return context


def answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def house(var: Path, more: dict[str, str] | None = None) -> Iterator[House]:
    """Keep a site open; whatever happens, its processes end."""
    one = House(var, more or {})
    try:
        yield one
    finally:
        one.stop()


class Looked(Protocol):
    """A page into which `LOOKED_AT` was laid."""

    def evaluate(self, script: str, /) -> Any: ...


def goes_on(page: Looked, within_s: float = 60) -> None:
    """Wait until more is seen and heard than now: pictures that move, and sound."""
    before = page.evaluate("heard()")

    def more() -> bool:
        now = page.evaluate("heard()")
        return bool(now["frames"] > before["frames"] + 5 and now["energy"] > before["energy"])

    waited(more, within_s, f"nothing more is seen and heard: {before}, {page.evaluate('heard()')}")
