"""How people come together in a room by real browsers."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page

from tests import browsing
from tests.interviews.house import House, goes_on

NO_DEVICES = (
    "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError') }"
)


def come_in(page: Page, address: str) -> Page:
    """Open the way in and say that one is here, unless one is there already."""
    page.goto(address)
    here = page.get_by_role("button", name="Je suis là")
    if here.count():
        here.click()
    return page


Prepare = Callable[[BrowserContext], object]


def admitted(host: Page, hers: Page) -> None:
    host.locator("[data-keep^=admit]").first.click()
    hers.wait_for_selector("#room-own")


def host_of(
    place: House, chromium: Browser, *, relay_only: bool = False, prepare: Prepare = lambda _: None
) -> Page:
    """Let Bruno come into his room, and go on where it was ended."""
    way = f"/interviews/appointment/{place.there['appointment']}/"
    context = place.browser_of(chromium, "bruno", relay_only=relay_only)
    prepare(context)
    host = come_in(context.new_page(), way)
    again = host.get_by_role("button", name=re.compile("C’était une erreur"))
    if again.count():
        again.click()
        come_in(host, way)
    return host


def meet(
    place: House, chromium: Browser, *, relay_only: bool = False, prepare: Prepare = lambda _: None
) -> tuple[Page, Page]:
    """Let Bruno and Amélie come, each signed in and with a browser that was prepared, and let her in."""
    way = f"/interviews/appointment/{place.there['appointment']}/"
    host = host_of(place, chromium, relay_only=relay_only, prepare=prepare)
    context = place.browser_of(chromium, "amelie", relay_only=relay_only)
    prepare(context)
    hers = come_in(context.new_page(), way)
    admitted(host, hers)
    for page in (host, hers):
        goes_on(page)
    return host, hers


def ended(host: Page) -> None:
    """End it for all, so that the next test begins anew."""
    host.get_by_role("button", name="Terminer pour tout le monde").click()
    host.get_by_role("button", name=re.compile("C’était une erreur")).wait_for()


def closed(*pages: Page) -> None:
    for page in pages:
        browsing.closed(page.context)
