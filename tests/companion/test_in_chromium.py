"""The companion in a real Chromium: what is noted, what is not, and what is left of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.companion.device import SECRETS, Device, device, sites, unpack
from tests.companion.marionette import until

pytestmark = pytest.mark.journey

# What was read is old when it is written: whoever else wrote meanwhile would be lost.
SLOW_TO_WRITE = """() => {
  const { local } = chrome.storage;
  const set = local.set.bind(local);
  local.set = async (items) => { await new Promise((done) => setTimeout(done, 300)); return set(items); };
}"""


@pytest.fixture
def hers(tmp_path: Path) -> Iterator[Device]:
    """A device where the companion was just installed."""
    companion = unpack(tmp_path / "companion")
    with sites() as port, device(companion, tmp_path / "profile") as context:
        yield Device(context, port)


def session(profile: Path) -> str:
    """Return the text of what the browser keeps to bring its tabs back: addresses, and what was filled in."""
    files = (profile / "Default" / "Sessions").glob("Session_*")
    raw = b"".join(path.read_bytes() for path in files)
    return raw.replace(b"\0", b"").decode("latin-1")


def press(hers: Device, name: str, state: str) -> None:
    """Press a button of the page that shows what is kept, and wait for what it says then."""
    hers.go(hers.own, "traces")
    hers.own.get_by_role("button", name=name).click()
    hers.own.locator(state).wait_for()


def test_visits_are_counted_by_days_once_she_agrees_and_nothing_else_is_kept(hers, tmp_path):
    assert any(page.url.endswith("/consent.html") for page in hers.context.pages)
    hers.visit("bricolage.test")
    assert hers.settled() == {} and hers.kept() == {} and hers.badge() == "–"
    hers.choose("mail")
    hers.visit("bricolage.test")
    assert hers.settled() == {}, "a consent to something else"

    hers.choose("sites")
    hers.visit("inconnu.test", "/framed")
    assert hers.own.evaluate("chrome.extension.isAllowedIncognitoAccess()") is False
    private = hers.context.browser.new_context()
    hers.visit("bricolage.test", page=private.new_page())
    assert hers.settled() == {}, "neither a frame nor a private window is a visit"
    private.close()
    for host in ("bricolage.test", "bricolage.test", "www.cinema.test", "rien.test", "inconnu.test"):
        hers.visit(host)
    assert hers.waits_for({"diy": 1, "gardening": 1})
    hers.later(days=1)
    hers.visit("bricolage.test")
    assert hers.waits_for({"diy": 2, "gardening": 1})
    kept = hers.kept()
    assert set(kept) == {"consent", "traces"}
    assert {key for one in kept["traces"].values() for key in one["sites"]} == {"n", "last", "weight"}
    own = [path for path in tmp_path.rglob("profile/**/*") if path.is_file() and "Extension" in str(path)]
    written = b"".join(path.read_bytes() for path in own)
    assert b"interest:diy" in written
    for secret in SECRETS:
        assert secret not in json.dumps(kept) and secret.encode() not in written, secret

    press(hers, "Tout effacer…", "#erase-yes")
    hers.own.get_by_role("button", name="Oui, tout effacer").click()
    hers.own.locator("#told .notice").wait_for()
    hers.visit("cinema.test")
    assert hers.settled() == {} and hers.kept() == {} and hers.badge() == "–"


@pytest.mark.again
def test_it_counts_at_once_and_on_pauses_and_ends(hers):
    hers.choose("sites")
    hers.worker().evaluate(SLOW_TO_WRITE)
    for host in ("bricolage.test", "deux.test", "bricolage.test", "deux.test"):
        page = hers.context.new_page()
        page.evaluate(f"setTimeout(() => location = 'http://{host}:{hers.port}/')")
    assert hers.waits_for({"diy": 1, "cars": 1}), "opened at once"
    hers.stop_worker()
    hers.visit("cinema.test")
    assert hers.waits_for({"diy": 1, "cars": 1, "gardening": 1}), "its background was stopped"

    hers.later(days=1)
    press(hers, "Pause d’une heure", "#state[data-state=paused]")
    hers.visit("cinema.test")
    assert hers.settled()["gardening"] == 1 and hers.badge() == "II"
    hers.later(days=1 + 61 / 1440)
    hers.visit("cinema.test")
    assert hers.waits_for({"diy": 1, "cars": 1, "gardening": 2})
    press(hers, "Pause sans fin", "#state[data-state=paused]")
    hers.later(days=300)
    hers.visit("cinema.test")
    assert hers.settled()["gardening"] == 2
    press(hers, "Reprendre", "#state[data-state=on]")
    hers.visit("cinema.test")
    assert hers.waits_for({"diy": 1, "cars": 1, "gardening": 3})

    hers.choose("sites")
    hers.visit("bricolage.test")
    assert hers.settled()["diy"] == 1, "withdrawn"
    hers.own.get_by_role("button", name="Effacer aussi").click()
    assert hers.waits_for({})
    [proof] = hers.kept()["consent"]
    assert proof["withdrawn"] and len(proof["text_sha256"]) == len(proof["build_sha256"]) == 64
    hers.choose("sites")
    hers.later(days=300 + 366)
    hers.visit("bricolage.test")
    assert hers.settled() == {}, "the consent is over by itself"


@pytest.mark.again
def test_what_she_says_herself_holds_can_be_saved_and_is_not_in_what_the_browser_keeps_of_its_tabs(
    hers, tmp_path
):
    hers.own.select_option("#add-code", "interest:gardening")
    hers.own.locator("#add button").focus()
    hers.go(hers.own, "mail")
    until(lambda: "/mail.html" in session(tmp_path / "profile"))
    assert "interest:" not in session(tmp_path / "profile")

    hers.choose("sites")
    hers.visit("deux.test")
    assert hers.waits_for({"diy": 1, "cars": 1})
    hers.go(hers.own, "traces")
    row = hers.own.locator("#list > li", has_text="bricolage")
    row.locator("summary").click()
    row.get_by_role("button", name="plus jamais").click()
    hers.own.locator("#nevers li", has_text="bricolage").wait_for()
    hers.later(days=1)
    hers.visit("deux.test")
    assert hers.waits_for({"cars": 2})
    hers.own.locator("#nevers button").click()
    hers.own.locator("#nevers").wait_for(state="hidden")
    hers.visit("bricolage.test")
    assert hers.waits_for({"cars": 2, "diy": 1})

    hers.go(hers.own, "traces")
    hers.own.locator("#add button").click()
    hers.own.locator("#add-wrong").wait_for()
    hers.own.select_option("#add-code", "interest:gardening")
    hers.own.locator("#add button").click()
    hers.own.locator("#list > li", has_text="Dit par vous").wait_for()
    with hers.own.expect_download() as saved:
        hers.own.locator("#export").click()
    assert json.loads(Path(saved.value.path()).read_text()) == hers.kept()
    assert hers.kept()["corrections"] == {"interest:gardening": "mine"}
