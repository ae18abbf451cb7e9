"""Who has Firefox and who has Chromium meet: from the link of the invitation, over a line that is cut, to the end."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.companion.firefox import FIREFOX
from tests.companion.marionette import Program, running, until
from tests.interviews.house import LOOKED_AT, House, goes_on
from tests.interviews.lossy import Line
from tests.interviews.meeting import closed, ended, host_of

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")]
# A busy machine is slow.
WITHIN_S = 30.0
# A camera and a microphone that Firefox plays itself, on this machine alone.
PLAYED = {
    "intl.accept_languages": "fr", "media.autoplay.default": 0, "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True, "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
}  # fmt: skip
COMES = """
  const here = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === "Je suis là");
  here?.click();
  return Boolean(here);
"""
WORDS = "return document.getElementById('room-says')?.textContent ?? document.body?.textContent ?? ''"
# The picture of the other as it is now, small; nothing where there is none.
PICTURE = """
  const video = document.querySelector("#room-others video");
  if (!video?.videoWidth) return "";
  const paper = Object.assign(document.createElement("canvas"), { width: 32, height: 24 });
  const pen = paper.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, 32, 24);
  return pen.getImageData(0, 0, 32, 24).data.join();
"""
# What a test knows of a page besides what is on it is laid into it as an extension does, before its own scripts.
LAID = {
    "manifest_version": 2, "name": "looked at", "version": "1",
    "browser_specific_settings": {"gecko": {"id": "looked-at@vis-a-vis.invalid"}},
    "content_scripts": [
        {"matches": ["http://localhost/*"], "js": ["looked.js"], "run_at": "document_start", "world": "MAIN"}
    ],
}  # fmt: skip


class FoxPage:
    """The page that is open in Firefox."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        folder.mkdir()
        (folder / "manifest.json").write_text(json.dumps(LAID), encoding="utf-8")
        (folder / "looked.js").write_text(LOOKED_AT, encoding="utf-8")
        program.install(folder)

    def evaluate(self, script: str) -> Any:
        return self.run(f"return await {script}")

    def run(self, script: str) -> Any:
        return self.program.in_page(f"return (async () => {{ {script} }})()")

    def until(self, script: str) -> Any:
        return until(lambda: self.run(script), WITHIN_S)

    def goes_on(self) -> None:
        """Wait until the other is heard, and moves: three pictures, each unlike the one before."""
        goes_on(self, WITHIN_S)
        for _picture in range(3):
            before = self.until(PICTURE)
            until(lambda before=before: self.run(PICTURE) != before, WITHIN_S)  # type: ignore[misc]


def test_firefox_and_chromium_meet_again(place: House, chromium: Browser, line: Line, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    with running(str(FIREFOX), profile, PLAYED) as program:
        hers = FoxPage(program, tmp_path / "laid")
        host = host_of(place, chromium, relay_only=True)
        # The link of the invitation, without an account.
        program.go(place.site.url + place.there["link"])
        assert hers.run(COMES), hers.run(WORDS)
        host.locator("[data-keep^=admit]").first.click()
        hers.until("return Boolean(document.getElementById('room-own'))")
        hers.goes_on()
        goes_on(host)
        # Whoever notices first that nothing comes any more says so, and has both look for another way.
        line.is_cut = True
        until(lambda: "coupée" in hers.run(WORDS) + host.locator("#room-says").inner_text(), WITHIN_S)
        line.is_cut = False
        hers.goes_on()
        goes_on(host)
        until(lambda: "coupée" not in hers.run(WORDS), WITHIN_S)
        ended(host)
        hers.until("return Boolean(document.body?.textContent.includes('terminé'))")
    closed(host)
