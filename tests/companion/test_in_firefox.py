"""The companion in a real Firefox: nothing without a consent, nothing of private windows, mail read, nothing left."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.companion.device import HOSTS, SECRETS, sites, unpack
from tests.companion.firefox import FIREFOX, ID, Fox, firefox
from tests.companion.mailing import CANARY, mbox, message
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


def days(fox: Fox) -> dict[str, Any]:
    fox.open("traces")
    traces = fox.kept().get("traces", {})
    return {code.split(":")[1]: one["sites"]["n"] for code, one in traces.items() if "sites" in one}


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


def takeout(folder: Path) -> Path:
    """Pack an export of mail: two letters, and a page."""
    page = message("<p>Une perceuse dans les mains</p><blockquote>le ciné-club</blockquote>", subtype="html")
    texts = ["La perceuse et l’embrayage à 12 €, avec vous.", "Rien dans les mots."]
    box = mbox(folder / "box", [*(message(text, charset="windows-1252") for text in texts), page])
    with zipfile.ZipFile(folder / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(box, "Takeout/Mail/Tous les messages.mbox")
    return folder / "takeout.zip"


@pytest.mark.again
def test_what_is_noted_and_what_is_not(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with sites() as port, firefox(profile) as fox:
        fox.program.in_chrome(PREPARE, ",".join([*HOSTS, "inconnu.test"]))
        fox.program.install(unpack(tmp_path / "companion", "firefox"))
        fox.open("traces")
        until(lambda: fox.run(CHOOSE))
        session = until(lambda: found if "traces.html" in (found := fox.program.in_chrome(SESSION)) else "")
        assert "interest:" not in session
        fox.program.go(f"http://bricolage.test:{port}/perceuse")
        fox.open("consent")
        assert fox.kept() == {}

        fox.agree("mail")
        fox.open("mail")
        files = fox.see("#files")
        fox.program.command("WebDriver:ElementSendKeys", id=files, text=str(takeout(tmp_path)))
        fox.see("#found")
        ticks = "return [...document.querySelectorAll('#found-list input')].map((one) => one.value)"
        assert fox.run(ticks) == ["0", "1"]
        fox.click("#keep")
        until(lambda: "traces" in fox.kept())
        kept = fox.kept()
        assert sorted(one["mail"]["n"] for one in kept["traces"].values()) == [1, 2]
        assert set(kept) == {"consent", "traces"} and CANARY not in json.dumps(kept)

        fox.agree("sites")
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

        fox.agree("reports")
        assert "browsingActivity" in fox.run("return (await browser.permissions.getAll()).data_collection")
        fox.open("traces")
        fox.click("#erase")
        fox.click("#erase-yes")
        fox.see("#told .notice")
        assert fox.kept() == {}

        fox.agree("sites")
        assert left_by(profile)
        fox.program.uninstall(ID)
        until(lambda: not left_by(profile))
