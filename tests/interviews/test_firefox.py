"""Who has Firefox and who has Chromium see and hear each other, also after one of them was cut off and came again."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.companion.marionette import Program, running, until
from tests.interviews.house import House, goes_on
from tests.interviews.meeting import closed, ended, host_of

pytestmark = pytest.mark.journey
# A camera and a microphone that Firefox plays itself, on this machine alone.
PLAYED = {
    "intl.accept_languages": "fr",
    "media.autoplay.default": 0,
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
}
IS_HERE = """
  const here = [...document.querySelectorAll("button")].find((one) => one.textContent.trim().startsWith("Je suis là"));
  here?.click();
  return Boolean(here);
"""
FRAMES = (
    "return document.querySelector('#room-others video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0"
)
# How loud the other is, for a second.
LOUD = """
  const stream = document.querySelector("#room-others video").srcObject;
  const out = window.out ??= new AudioContext();
  const look = out.createAnalyser();
  out.createMediaStreamSource(stream).connect(look);
  const values = new Float32Array(look.fftSize);
  let most = 0;
  for (let time = 0; time < 40; time += 1) {
    await new Promise((done) => setTimeout(done, 50));
    look.getFloatTimeDomainData(values);
    most = Math.max(most, ...values.map(Math.abs));
  }
  return most;
"""


def in_firefox(firefox: Program) -> None:
    """Wait until more is seen and heard in Firefox."""
    before = int(firefox.in_page(FRAMES))
    until(lambda: int(firefox.in_page(FRAMES)) > before + 5)
    until(lambda: float(firefox.in_page(f"return (async () => {{ {LOUD} }})()")) > 0.001)


def test_firefox_and_chromium_meet_and_meet_again(place: House, chromium: Browser, tmp_path: Path) -> None:
    host = host_of(place, chromium)
    with running("firefox-esr", tmp_path, PLAYED) as firefox:
        firefox.go(place.site.url + place.there["seats"]["2"])
        assert firefox.in_page(IS_HERE), firefox.in_page("return document.body.textContent")
        host.locator("[data-keep^=admit]").first.click()
        until(lambda: firefox.in_page("return Boolean(document.querySelector('#room-own'))"))
        in_firefox(firefox)
        goes_on(host)
        # She comes again by the same link, without being let in anew: another connection of each.
        firefox.go(place.site.url + place.there["seats"]["2"])
        until(lambda: firefox.in_page("return Boolean(document.querySelector('#room-own'))"))
        in_firefox(firefox)
        goes_on(host)
        ended(host)
        until(lambda: "terminé" in firefox.in_page("return document.body.textContent"))
    closed(host)
