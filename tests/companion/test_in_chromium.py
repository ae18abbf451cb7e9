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


@pytest.fixture(scope="module")
def companion(tmp_path_factory) -> Path:
    return unpack(tmp_path_factory.mktemp("companion"))


@pytest.fixture
def hers(companion: Path, tmp_path: Path) -> Iterator[Device]:
    """A device where the companion was just installed."""
    with sites() as port, device(companion, tmp_path / "profile") as context:
        yield Device(context, port)


def session(profile: Path) -> str:
    """Return the text of what the browser keeps to bring its tabs back: addresses, and what was filled in."""
    files = (profile / "Default" / "Sessions").glob("Session_*")
    raw = b"".join(path.read_bytes() for path in files)
    return raw.replace(b"\0", b"").decode("latin-1")


@pytest.mark.again
def test_nothing_is_kept_before_a_consent_and_the_first_page_asks_for_it(hers):
    assert any(page.url.endswith("/consent.html") for page in hers.context.pages)
    hers.visit("bricolage.test")
    assert hers.settled() == {} and hers.kept() == {}
    assert hers.badge() == "–"


@pytest.mark.again
def test_a_consent_to_something_else_counts_no_site(hers):
    hers.choose("mail")
    hers.visit("bricolage.test")
    assert hers.settled() == {}


def test_visits_are_counted_by_days_and_nothing_else_is_kept(hers, tmp_path):
    hers.choose("sites")
    for host in ("bricolage.test", "bricolage.test", "www.cinema.test", "rien.test", "inconnu.test"):
        hers.visit(host)
    assert hers.waits_for({"diy": 1, "gardening": 1})
    hers.later(days=1)
    hers.visit("bricolage.test")
    assert hers.waits_for({"diy": 2, "gardening": 1})
    kept = hers.kept()
    assert set(kept) == {"consent", "traces"}
    assert {key for one in kept["traces"].values() for key in one["sites"]} == {"n", "last", "weight"}
    own = [path for path in tmp_path.rglob("*") if path.is_file() and "Extension" in str(path)]
    written = b"".join(path.read_bytes() for path in own)
    assert b"interest:diy" in written
    for secret in SECRETS:
        assert secret not in json.dumps(kept) and secret.encode() not in written, secret


@pytest.mark.again
def test_a_frame_in_a_page_is_not_a_visit(hers):
    hers.choose("sites")
    hers.visit("inconnu.test", "/framed")
    assert hers.settled() == {}


@pytest.mark.again
def test_sites_opened_at_once_are_all_counted(hers):
    hers.choose("sites")
    hers.worker().evaluate(SLOW_TO_WRITE)
    pages = [hers.context.new_page() for _ in range(4)]
    for page, host in zip(
        pages, ("bricolage.test", "cinema.test", "deux.test", "www.cinema.test"), strict=True
    ):
        page.evaluate(f"setTimeout(() => location = 'http://{host}:{hers.port}/')")
    assert hers.waits_for({"diy": 1, "gardening": 1, "cars": 1})


@pytest.mark.again
def test_a_pause_counts_nothing_and_ends(hers):
    hers.choose("sites")
    hers.go(hers.own, "traces")
    hers.own.get_by_role("button", name="Pause d’une heure").click()
    hers.own.locator("#state[data-state=paused]").wait_for()
    hers.visit("bricolage.test")
    assert hers.settled() == {} and hers.badge() == "II"
    hers.later(days=61 / 1440)
    hers.visit("bricolage.test")
    assert hers.waits_for({"diy": 1})
    hers.go(hers.own, "traces")
    hers.own.get_by_role("button", name="Pause sans fin").click()
    hers.own.locator("#state[data-state=paused]").wait_for()
    hers.later(days=300)
    hers.visit("cinema.test")
    assert hers.settled() == {"diy": 1}
    hers.own.get_by_role("button", name="Reprendre").click()
    hers.own.locator("#state[data-state=on]").wait_for()
    hers.visit("cinema.test")
    assert hers.waits_for({"diy": 1, "gardening": 1})


@pytest.mark.again
def test_a_background_that_was_stopped_counts_on(hers):
    hers.choose("sites")
    hers.visit("bricolage.test")
    assert hers.waits_for({"diy": 1})
    hers.stop_worker()
    hers.visit("cinema.test")
    assert hers.waits_for({"diy": 1, "gardening": 1})


@pytest.mark.again
def test_a_consent_ends_by_itself(hers):
    hers.choose("sites")
    hers.later(days=366)
    hers.visit("bricolage.test")
    assert hers.settled() == {}


@pytest.mark.again
def test_withdrawing_stops_at_once_and_offers_to_erase(hers):
    hers.choose("sites")
    hers.visit("bricolage.test")
    assert hers.waits_for({"diy": 1})
    hers.choose("sites")
    hers.visit("cinema.test")
    assert hers.settled() == {"diy": 1}
    hers.own.get_by_role("button", name="Effacer aussi").click()
    assert hers.waits_for({})
    [proof] = hers.kept()["consent"]
    assert proof["withdrawn"] and len(proof["text_sha256"]) == len(proof["build_sha256"]) == 64


@pytest.mark.again
def test_erasing_everything_leaves_nothing_and_stops(hers):
    hers.choose("sites")
    hers.visit("bricolage.test")
    assert hers.waits_for({"diy": 1})
    hers.go(hers.own, "traces")
    hers.own.get_by_role("button", name="Tout effacer…").click()
    hers.own.get_by_role("button", name="Oui, tout effacer").click()
    hers.own.locator("#told .notice").wait_for()
    hers.visit("cinema.test")
    assert hers.settled() == {} and hers.kept() == {}
    assert hers.badge() == "–"


@pytest.mark.again
def test_corrections_hold_against_later_visits(hers):
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


@pytest.mark.again
def test_an_interest_is_added_by_herself_and_everything_can_be_saved(hers):
    hers.own.locator("#add button").click()
    hers.own.locator("#add-wrong").wait_for()
    hers.own.select_option("#add-code", "interest:diy")
    hers.own.locator("#add button").click()
    hers.own.locator("#list > li", has_text="Dit par vous").wait_for()
    with hers.own.expect_download() as saved:
        hers.own.locator("#export").click()
    assert json.loads(Path(saved.value.path()).read_text()) == hers.kept()
    assert hers.kept()["corrections"] == {"interest:diy": "mine"}


@pytest.mark.again
def test_a_choice_is_not_in_what_the_browser_keeps_of_its_tabs(hers, tmp_path):
    hers.own.select_option("#add-code", "interest:diy")
    hers.own.locator("#add button").focus()
    hers.go(hers.own, "mail")
    profile = tmp_path / "profile"
    until(lambda: "/mail.html" in session(profile))
    assert "interest:" not in session(profile)


@pytest.mark.again
def test_private_windows_never_reach_it(hers):
    hers.choose("sites")
    assert hers.own.evaluate("chrome.extension.isAllowedIncognitoAccess()") is False
    private = hers.context.browser.new_context()
    hers.visit("bricolage.test", page=private.new_page())
    assert hers.settled() == {}
    private.close()
    hers.visit("cinema.test")
    assert hers.waits_for({"gardening": 1})
