"""Seven tabs of one browser, one stream: each is told once, whichever tab is closed and whatever is killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browsing import Browsers
from tests.common.own_database import own_database
from tests.live.streams import Served, served
from tests.ui.test_behaviours import trial
from tests.waiting import until

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
TABS = 7
NOTED = """
told = []; document.addEventListener("visavis:told", (event) => told.push(event.detail.body.n));
passed = []; new BroadcastChannel("visavis-live").onmessage = ({ data }) => passed.push(data);
"""


@pytest.fixture
def context(browsers: Browsers, live_server: object) -> Iterator[BrowserContext]:
    """A browser that believes that a page which the test wrote comes from this machine, as its site does."""
    browser = browsers.chromium("--disable-features=LocalNetworkAccessChecks")
    context = browser.new_context(base_url=str(live_server))
    yield context
    context.close()


@pytest.fixture
def live(tmp_path: Path, live_server: object, db: None) -> Iterator[Served]:
    there = {"VISAVIS_URL": str(live_server), "VISAVIS_LIVE_URL": "http://127.0.0.1/live/"}
    with own_database(tmp_path, "tabs") as variables, served(variables | there) as one:
        yield one


def tab(context: BrowserContext, live: Served) -> Page:
    """Open a page that hears a board, and draws itself anew when it is told something."""
    page = context.new_page()
    opened(page, live)
    return page


def opened(page: Page, live: Served) -> None:
    url = f"http://127.0.0.1:{live.port}/live/"
    body = f"<div id=d data-visavis-live='board:1' data-visavis-live-url='{url}' data-visavis-live-after='0'"
    drawn = "<div id=d>drawn anew</div>"
    page.route("**/board/", lambda route: route.fulfill(body=drawn, content_type="text/html"))
    body += " data-visavis-refresh='/board/' data-visavis-refresh-every='600'>first</div>"
    page.route("**/trial/", lambda route: route.fulfill(body=trial(body), content_type="text/html"))
    page.add_init_script(NOTED)
    page.goto("/trial/")


def heard(page: Page, wanted: list[int]) -> None:
    until(
        lambda: page.evaluate("told") == wanted,
        lambda: f"{page.evaluate('told')}, not {wanted}",
        rest=page.wait_for_timeout,
    )


def test_every_tab_is_told_once_by_one_stream(live: Served, context: BrowserContext) -> None:
    asked: list[Page] = []
    context.on(
        "request", lambda request: asked.append(request.frame.page) if "topics=" in request.url else None
    )
    tabs = [tab(context, live) for _tab in range(TABS)]
    live.program("tell", "board:1", "0", "3")
    for page in tabs:
        heard(page, [0, 1, 2])
        page.get_by_text("drawn anew").wait_for()
    assert len(set(asked)) == 1, "more than one tab holds a stream"
    # The tab that held the stream goes: another takes it over where it was.
    tabs.pop(0).close()
    live.program("tell", "board:1", "3", "5")
    for page in tabs:
        heard(page, [0, 1, 2, 3, 4])
    live.kill()
    live.program("tell", "board:1", "5", "6")
    live.start()
    for page in tabs:
        heard(page, [0, 1, 2, 3, 4, 5])


@pytest.mark.again
def test_a_page_misses_nothing_while_its_scripts_still_arrive(live: Served, context: BrowserContext) -> None:
    """What another tab passes on in that moment would be heard by nobody, and the page stay old for ten minutes."""
    first, second = tab(context, live), context.new_page()
    held: list[Route] = []
    second.route("**/refresh*.js", lambda route: held.append(route))
    opened(second, live)
    live.program("tell", "board:1", "0", "1")
    heard(first, [0])
    second.wait_for_function("() => passed.some((one) => one.topic)")
    held[0].continue_()
    second.get_by_text("drawn anew").wait_for()
