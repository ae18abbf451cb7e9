"""Firefox and Thunderbird driven by their own Marionette: a socket, lengths and JSON; no driver to install.

    with running("thunderbird", profile, PREFERENCES) as program:
        program.install(folder)
        found = program.in_chrome("return Services.appinfo.name")

`in_page` runs in the page of the chosen window (Firefox), `in_tab` beside a page of Thunderbird, `in_chrome` in the
program itself; a script that returns a promise is waited for. Nothing sleeps for a guessed time: `until` asks again
until the answer is yes.
"""

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests import waiting
from tests.ports import free_port
from tests.programs import start

PATIENCE_S = 120
# A busy machine may take minutes to start a program.
START_S = 300

OFF = (
    "app.normandy.enabled", "app.update.enabled", "browser.aboutwelcome.enabled",
    "browser.shell.checkDefaultBrowser", "datareporting.policy.dataSubmissionEnabled",
    "extensions.update.enabled", "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled", "toolkit.telemetry.enabled", "xpinstall.signatures.required",
    "mail.shell.checkDefaultClient", "mailnews.start_page.enabled",
)  # fmt: skip
QUIET: dict[str, Any] = dict.fromkeys(OFF, False) | {
    "browser.startup.homepage_override.mstone": "ignore",
    "extensions.autoDisableScopes": 0,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    # Thunderbird's own questions at a first start.
    "app.donation.eoy.version.viewed": 999,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.spotlight.firstRunDone": True,
}


_IN_TAB = """
  const [end, script, given] = arguments;
  const windows = [...Services.wm.getEnumerator("mail:3pane")];
  const tabs = windows.flatMap((one) => one.document.getElementById("tabmail")?.tabInfo ?? []);
  const browsers = tabs.map((tab) => tab.browser ?? tab.chromeBrowser);
  const browser = browsers.find((one) => one?.currentURI?.spec.endsWith(end));
  if (!browser) return { problem: `no page ${end} among ${browsers.map((one) => one?.currentURI?.spec)}` };
  const name = `visavis:${Math.random()}`;
  const carried = `(async () => {
    try { return { found: await (async function (given) { ${script} })(Cu.cloneInto(${given}, content)) }; }
    catch (error) { return { problem: String(error) }; }
  })().then((told) => sendAsyncMessage("${name}", JSON.stringify(told)));`;
  return new Promise((resolve) => {
    browser.messageManager.addMessageListener(name, ({ data }) => resolve(JSON.parse(data)));
    browser.messageManager.loadFrameScript(`data:,${encodeURIComponent(carried)}`, false);
  });
"""


class Refused(Exception):
    """The program said no; the message is its own."""


def until[Found](question: Callable[[], Found], patience_s: float = PATIENCE_S) -> Found:
    """Ask until the answer is something, and return it."""
    return waiting.until(question, "the program did not come so far", within_s=patience_s)


class Program:
    """A running program that listens."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        self._process, self._number, self._read = process, 0, b""
        self._socket = until(lambda: self._connected(port), START_S)
        self._socket.settimeout(START_S)
        self._packet()
        self.capabilities = self.command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})[
            "capabilities"
        ]
        self.command("WebDriver:SetTimeouts", script=PATIENCE_S * 1000)
        self._socket.settimeout(PATIENCE_S)
        self._context = "content"

    def _connected(self, port: int) -> socket.socket | None:
        if self._process.poll() is not None:
            raise Refused(f"the program stopped with {self._process.returncode}")
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        return None

    def _packet(self) -> Any:
        while b":" not in self._read:
            self._read += self._more()
        length, _, self._read = self._read.partition(b":")
        while len(self._read) < int(length):
            self._read += self._more()
        packet, self._read = self._read[: int(length)], self._read[int(length) :]
        return json.loads(packet)

    def _more(self) -> bytes:
        if not (more := self._socket.recv(1 << 16)):
            raise Refused("the program hung up")
        return more

    def command(self, name: str, **given: Any) -> Any:
        """Send one command of Marionette and return its answer."""
        self._number += 1
        packet = json.dumps([0, self._number, name, given]).encode()
        self._socket.sendall(b"%d:%s" % (len(packet), packet))
        _, _, error, answer = self._packet()
        if error:
            raise Refused(f"{name}: {error['error']}: {error['message']}")
        return answer

    def _in(self, context: str) -> None:
        if self._context != context:
            self.command("Marionette:SetContext", value=context)
            self._context = context

    def install(self, path: Path, *, temporary: bool = True) -> str:
        """Install an unpacked folder or an .xpi, and return its id."""
        self._in("chrome")
        return str(self.command("Addon:Install", path=str(path), temporary=temporary)["value"])

    def uninstall(self, extension: str) -> None:
        self._in("chrome")
        self.command("Addon:Uninstall", id=extension)

    def in_chrome(self, script: str, *given: Any) -> Any:
        """Run a function's body in the program itself."""
        self._in("chrome")
        return self.command("WebDriver:ExecuteScript", script=script, args=list(given))["value"]

    def in_page(self, script: str, *given: Any) -> Any:
        """Run a function's body in the page of the chosen window, as the page's own script would."""
        self._in("content")
        return self.command("WebDriver:ExecuteScript", script=script, args=list(given), sandbox=None)["value"]

    def in_tab(self, end: str, script: str, *given: Any) -> Any:
        """Run a function's body beside the page of Thunderbird whose address ends so: `content` is its window.

        The list `given` may be handed to the page.
        Marionette knows no tabs there, so a frame script carries it. Raises Refused when there is no such page.
        """
        told = self.in_chrome(_IN_TAB, end, script, json.dumps(given))
        if "problem" in told:
            raise Refused(told["problem"])
        return told.get("found")

    def go(self, address: str) -> None:
        """Open an address in the chosen window, and wait until it is loaded (Firefox)."""
        self._in("content")
        self.command("WebDriver:Navigate", url=address)

    def windows(self) -> list[str]:
        self._in("content")
        return [str(one) for one in self.command("WebDriver:GetWindowHandles")]

    def choose(self, window: str) -> None:
        self._in("content")
        self.command("WebDriver:SwitchToWindow", handle=window, focus=True)

    def quit(self) -> None:
        """Ask the program to end."""
        with suppress(Refused, OSError):
            self._in("chrome")
            self.command("Marionette:Quit", flags=["eForceQuit"])

    def close(self) -> None:
        self._socket.close()


@contextmanager
def running(program: str, profile: Path, preferences: Mapping[str, Any] | None = None) -> Iterator[Program]:
    """Start `firefox-esr` or `thunderbird` without a screen, with that profile, and end it afterwards.

    Marionette waits for 2828 until a preference says another port, so every run has its own.
    """
    port = free_port()
    wanted = {**QUIET, "marionette.port": port, **(preferences or {})}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    options = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
    environment = {**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1", "HOME": str(profile)}
    with (profile / "program.log").open("wb") as log:
        process = start([program, *options, "--profile", profile], stdout=log, stderr=log, env=environment)
        try:
            with closing(Program(port, process)) as driven:
                yield driven
                driven.quit()
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
