"""The companion in a real Firefox: nothing without a consent, nothing of private windows, nothing left."""

from pathlib import Path
from typing import Any

import pytest

from tests.companion.device import HOSTS, SECRETS, sites, unpack
from tests.companion.firefox import FIREFOX, ID, Fox, firefox
from tests.companion.marionette import until

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")]

# Made-up hosts are this machine, and Firefox's own question about reports is answered with yes.
PREPARE = """
  Services.prefs.setCharPref("network.dns.localDomains", arguments[0]);
  Services.prefs.setBoolPref("extensions.webextOptionalPermissionPrompts", false);
"""
STOP_BACKGROUND = (
    "return WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground().then(() => true)"
)


def installed(fox: Fox, folder: Path) -> None:
    fox.program.in_chrome(PREPARE, ",".join([*HOSTS, "inconnu.test"]))
    fox.program.install(unpack(folder, "firefox"))


def days(fox: Fox) -> dict[str, Any]:
    fox.open("traces")
    return {code.split(":")[1]: one["sites"]["n"] for code, one in fox.kept().get("traces", {}).items()}


def agree(fox: Fox, purpose: str) -> None:
    fox.open("consent")
    fox.click(f"#act-{purpose}")
    fox.see("#told .notice")


def left_by(profile: Path) -> list[Path]:
    """Return the files of the companion's own storage."""
    return [path for path in (profile / "storage").rglob("moz-extension*/**/*") if path.is_file()]


# False until the page has drawn what is chosen from: its head stands before its body.
CHOOSE = """
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot ?? document);
  const select = roots.map((root) => root.getElementById("add-code")).find(Boolean);
  if (!select) return false;
  select.value = "interest:diy";
  select.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  return true;
"""
# What the browser would bring back after a crash, of every tab.
SESSION = """
  const { TabStateFlusher } = ChromeUtils.importESModule("resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
  const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
  return Promise.all(gBrowser.tabs.map((tab) => TabStateFlusher.flush(tab.linkedBrowser)))
    .then(() => gBrowser.tabs.map((tab) => SessionStore.getTabState(tab)).join());
"""


@pytest.mark.again
def test_a_choice_is_not_in_what_the_browser_keeps_of_its_tabs(tmp_path: Path) -> None:
    with firefox(tmp_path / "profile") as fox:
        installed(fox, tmp_path / "companion")
        fox.open("traces")
        until(lambda: fox.run(CHOOSE))
        kept = until(lambda: found if "traces.html" in (found := fox.program.in_chrome(SESSION)) else "")
        assert "interest:" not in kept


@pytest.mark.again
def test_what_is_noted_and_what_is_not(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with sites() as port, firefox(profile) as fox:
        installed(fox, tmp_path / "companion")
        fox.open("traces")
        fox.program.go(f"http://bricolage.test:{port}/perceuse")
        fox.open("consent")
        assert fox.kept() == {}

        agree(fox, "sites")
        for host in ("bricolage.test", "inconnu.test", "rien.test", "bricolage.test"):
            fox.program.go(f"http://{host}:{port}/perceuse?q=canari")
        until(lambda: days(fox) == {"diy": 1})

        fox.program.in_chrome(STOP_BACKGROUND, ID)
        fox.program.go(f"http://cinema.test:{port}/")
        until(lambda: days(fox) == {"diy": 1, "gardening": 1})
        own = fox.program.command("WebDriver:GetWindowHandle")["value"]
        private = fox.program.command("WebDriver:NewWindow", type="window", private=True)["handle"]
        fox.program.choose(private)
        fox.program.go(f"http://deux.test:{port}/")
        fox.program.command("WebDriver:CloseWindow")
        fox.program.choose(own)
        assert days(fox) == {"diy": 1, "gardening": 1}
        written = str(fox.kept())
        assert not [secret for secret in SECRETS if secret in written]

        agree(fox, "reports")
        assert "browsingActivity" in fox.run("return (await browser.permissions.getAll()).data_collection")
        fox.open("traces")
        fox.click("#erase")
        fox.click("#erase-yes")
        fox.see("#told .notice")
        assert fox.kept() == {}

        agree(fox, "sites")
        assert left_by(profile)
        fox.program.uninstall(ID)
        until(lambda: not left_by(profile))
