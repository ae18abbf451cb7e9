"""A browser that stands still ends its test with a sentence, and the next test has another."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests import browsing
from tests.browsing import Browsers
from tests.common.examples import first_of
from tests.programs import run
from tests.waiting import BOUND_S

pytestmark = pytest.mark.journey
RESCUED_AFTER_S = 20


def send(number: signal.Signals, name: str) -> None:
    """Send a signal to what this process drives under that name."""
    for one in browsing.driven():
        with suppress(OSError):
            if browsing.name_of(one).startswith(name):
                os.kill(one, number)


@contextmanager
def standing_still(name: str) -> Iterator[None]:
    """Nothing of that name moves; long after the bound it goes on, so that without a bound this ends too."""
    rescue = Timer(RESCUED_AFTER_S, send, (signal.SIGCONT, name))
    send(signal.SIGSTOP, name)
    rescue.start()
    try:
        yield
    finally:
        rescue.cancel()
        send(signal.SIGCONT, name)


@pytest.mark.parametrize("name", first_of(["chromium", "node"]))
def test_what_stands_still_ends_its_test_and_the_next_has_another(browsers: Browsers, name: str) -> None:
    page = browsers.chromium().new_page()
    failed = pytest.raises(pytest.fail.Exception, match="did not answer within 1 s")
    with standing_still(name), failed, browsing.bounded(1):
        # Nothing of Playwright bounds what is evaluated.
        page.evaluate("1 + 1")
    with pytest.raises(Error):
        page.evaluate("1 + 1")
    assert browsers.chromium().new_page().evaluate("1 + 1") == 2


@pytest.mark.again
def test_what_never_closes_is_killed_and_the_next_has_another(browsers: Browsers) -> None:
    page = browsers.chromium().new_page()
    with standing_still("chromium"):
        browsing.closed(page.context, within_s=1)
    assert browsers.chromium().new_page().evaluate("1 + 1") == 2


# Set when the whole of a page is waited for.
ASKED = Event()


class InPieces(BaseHTTPRequestHandler):
    """A page that leads to a list, of which the last line comes once the whole is waited for."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(b"<a href=/list>The list</a>")
            return
        self.wfile.write(b"<title>The list</title><ul><li>first</li>")
        self.wfile.flush()
        ASKED.wait(BOUND_S)
        self.wfile.write(b"<li>last</li></ul>")

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.mark.again
def test_what_is_asked_after_a_click_is_asked_of_the_whole_page(
    browsers: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Page.wait_for_load_state

    def noted(page: Page, state: Any) -> None:
        ASKED.set()
        waits(page, state)

    with ThreadingHTTPServer(("127.0.0.1", 0), InPieces) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browsers.chromium().new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.get_by_role("link").click()
        monkeypatch.setattr(Page, "wait_for_load_state", noted)
        assert page.locator("li").all_inner_texts() == ["first", "last"]
        page.close()
        server.shutdown()


def said_by(program: Path) -> str:
    return str(run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1])


@pytest.mark.again
def test_what_draws_pages_is_the_chromium_that_people_have() -> None:
    assert said_by(browsing.SHELL) == said_by(browsing.CHROMIUM)


@pytest.fixture
def bound_meanwhile() -> Iterator[list[float]]:
    bounds = [signal.getitimer(signal.ITIMER_REAL)[0]]
    yield bounds
    bounds.append(signal.getitimer(signal.ITIMER_REAL)[0])
    assert all(0 < one <= browsing.WITHIN_S for one in bounds), bounds


@pytest.mark.again
def test_each_part_of_a_journey_has_a_bound(bound_meanwhile: list[float]) -> None:
    bound_meanwhile.append(signal.getitimer(signal.ITIMER_REAL)[0])


@pytest.mark.again
def test_without_a_browser_what_takes_its_time_goes_on(browsers: Browsers) -> None:
    browsers.stop()
    rung = []
    with browsing.bounded(0.05, 0.05), pytest.MonkeyPatch.context() as patch:
        patch.setattr(browsing, "end_driven", lambda: rung.append(1))
        while len(rung) < 3:
            signal.pause()
    assert not browsing.driven()
