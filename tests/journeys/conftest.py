"""One site for all journeys, and a browser that opens it as whom one wants."""

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browsing import Browsers
from tests.journeys.site import Site, filled_once, running

# The machine may be slow and busy; a page that never comes is still told.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
LOCALES = {"fr": "fr-FR", "en": "en-GB"}

type Open = Callable[..., Page]

TITLE_WITHIN_MS = 5_000

SHOWN: list[tuple[BrowserContext, list[str]]] = []
"""The contexts that are open, and what each one's pages have complained of."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, object, object]:
    """Where a journey ends red, tell what its pages showed: a slow machine does not show it again."""
    if call.excinfo and not isinstance(call.excinfo.value, pytest.skip.Exception):
        for note in told():
            call.excinfo.value.add_note(note)
    return (yield)


def told() -> Iterator[str]:
    """Tell where each open page is, what its title says and what it complained of, the last ten."""
    for context, complaints in SHOWN:
        for page in context.pages:
            title = "no title that could be read"
            with suppress(Error):
                title = page.locator("h1").first.inner_text(timeout=TITLE_WITHIN_MS)
            yield f"the page {page.url} shows: {title}; complaints: {complaints[-10:]}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The site of the demonstration, with a smaller town: one for each process, in a folder of its own."""
    own = tmp_path_factory.getbasetemp()
    var = own / "journeys"
    shutil.copytree(filled_once(own if worker_id == "master" else own.parent), var)
    with running(var) as site:
        yield site


@pytest.fixture
def chromium(browsers: Browsers) -> Browser:
    """Debian's Chromium."""
    return browsers.chromium()


@pytest.fixture
def opened(chromium: Browser, site: Site) -> Iterator[Open]:
    """Open the site in a browser of one's own: as a role of the demonstration or as a visitor."""
    with opening(chromium, site) as open_as:
        yield open_as


@contextmanager
def opening(chromium: Browser, site: Site) -> Iterator[Open]:
    """Open a site in browsers of their own, until the block ends."""
    before = len(SHOWN)

    def open_as(role: str = "", *, language: str = "fr", scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            locale=LOCALES[language],
            java_script_enabled=scripts,
            viewport={"width": 1280, "height": 900},
            # A colour that is still changing would be measured half way.
            reduced_motion="reduce",
        )
        complaints: list[str] = []
        context.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("requestfailed", lambda request: complaints.append(f"{request.url}: {request.failure}"))
        SHOWN.append((context, complaints))
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"/demo/as/{role}/" if role else "/")
        if page.locator("html").get_attribute("lang") != language:
            page.locator(f"header button[name=language][value={language}]").click()
        return page

    try:
        yield open_as
    finally:
        for context, _complaints in SHOWN[before:]:
            context.close()
        del SHOWN[before:]
