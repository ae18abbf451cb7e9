"""What goes over a line that is thin, counted in a real browser: two seats of one page, by the room's own `peer.js`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.interviews.test_scripts import SCRIPTS
from tests.journeys.site import waited

pytestmark = pytest.mark.journey
# A browser asks no network for it: the test answers.
PLACE = "http://localhost:9/"
PAGE = "<!doctype html><title>pair</title><script type=module src=/pair.js></script>"


def answer(route: Route) -> None:
    name = route.request.url.removeprefix(PLACE)
    if not name:
        route.fulfill(body=PAGE, content_type="text/html")
        return
    file = Path(__file__).with_name(name) if name == "pair.js" else SCRIPTS / name
    route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")


def opened(page: Page) -> None:
    """Open the page of both, and wait until they are connected."""
    page.route(f"{PLACE}**", answer)
    page.goto(PLACE)
    page.wait_for_function("() => window.begin")
    page.evaluate("begin()")
    page.wait_for_function("() => of.every((one) => one.pc?.connectionState === 'connected')", timeout=60_000)


def until(pair: Page, is_so: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
    """Return what both send once it is so."""
    found: dict[str, Any] = {}

    def look() -> bool:
        found.update(pair.evaluate("seen()"))
        return all(is_so(one) for one in found["sent"])

    waited(look, 60, f"{what}: {found}")
    return found


def is_whole(one: dict[str, Any]) -> bool:
    return bool(one["isRed"] and one["audio"] > 35 and one["video"] > 2)


def test_on_a_thin_line_sound_or_picture_ends_and_no_way_is_looked_for(chromium: Browser) -> None:
    pair = chromium.new_page()
    opened(pair)
    until(pair, is_whole, "redundant sound and a picture go out")
    offers = pair.evaluate("offers()")
    # Who answers notices it; who offers is told by its state.
    pair.evaluate("of[1].give(2, 'video').then(() => of[0].give(2, 'video'))")
    found = until(
        pair, lambda one: not one["isRed"] and one["audio"] < 25 and not one["video"] and one["kbits"] < 20,
        "few and full packets of plain sound, and nothing of a picture",
    )  # fmt: skip
    assert (found["offers"], found["restarts"]) == (offers + 1, 0)
    pair.evaluate("of.forEach((one) => one.give(0, ''))")
    until(pair, is_whole, "it is taken back by one touch")
    # On a line that only loses, redundant sound stays.
    pair.evaluate("of.forEach((one) => one.give(1, 'video'))")
    until(pair, lambda one: one["isRed"] and 5 < one["audio"] < 25 and not one["video"], "the sound stays")
    pair.evaluate("of.forEach((one) => one.give(0, ''))")
    until(pair, is_whole, "it is taken back by one touch")
    # For who signs, the sound waits and the picture goes on.
    pair.evaluate("of.forEach((one) => one.give(2, 'audio'))")
    until(pair, lambda one: not one["audio"] and one["video"] > 2, "the picture goes on, the sound does not")
    pair.close()
