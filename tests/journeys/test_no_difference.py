"""With the companion and without it, the service hears and shows the same: nothing tells the site who has it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from tests.browsing import CHROMIUM, FLAGS
from tests.companion.device import Device, device, sites
from tests.companion.firefox import FIREFOX, Fox, firefox
from tests.companion.marionette import until
from tests.companion.recording import Clerk, recording
from tests.journeys.site import Site
from tests.journeys.test_nothing_leaks import HOSTS, companion

pytestmark = pytest.mark.journey

PAGES = ("/home/", "/openings/", "/profile/interests/", "/what-we-know/mine/", "/companion/window/")
DRAWN_ANEW = re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"')
type Seen = list[tuple[str, Any]]


@contextmanager
def without(profile: Path, *flags: str) -> Iterator[BrowserContext]:
    """The same Chromium without the companion."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=str(CHROMIUM), args=[*FLAGS, *flags], locale="fr-FR"
        )
        yield context
        context.close()


def seen(site: Site, clerk: Clerk, shown: Callable[[str], str]) -> Seen:
    """Open her pages: what the service heard, header by header, and what stands in the browser then."""
    found: Seen = []
    for address in PAGES:
        before = len(clerk.came)
        page = DRAWN_ANEW.sub(r"\1", shown(f"{site.url}{address}"))
        of_page = [one for one in clerk.came[before:] if one.line == f"GET {address}"]
        heard = [{name: said for name, said in one.fields.items() if name != "Cookie"} for one in of_page]
        found += [(f"{address} heard", heard), (f"{address} shown", page)]
    return found


def seen_by_chromium(page: Page, site: Site, clerk: Clerk) -> Seen:
    return seen(site, clerk, lambda url: (page.goto(url, wait_until="networkidle"), page.content())[1])


def differing(one: Seen, other: Seen) -> list[str]:
    return [name for (name, left), (_name, right) in zip(one, other, strict=True) if left != right]


def test_the_service_cannot_tell_in_chromium(site: Site, tmp_path: Path) -> None:
    with recording() as clerk, sites() as port:
        with without(tmp_path / "bare", *clerk.chromium()) as context:
            page = context.new_page()
            page.goto(f"{site.url}/demo/as/jobseeker/")
            bare = seen_by_chromium(page, site, clerk)
        assert all(found for _name, found in bare)

        folder = companion(tmp_path / "companion", "chromium", site.url)
        with device(folder, tmp_path / "profile", *clerk.chromium()) as context:
            hers = Device(context, port)
            hers.web.goto(f"{site.url}/demo/as/jobseeker/")
            assert differing(bare, seen_by_chromium(hers.web, site, clerk)) == [], (
                "installed, and nothing agreed to"
            )
            for purpose in ("sites", "mail", "reports"):
                hers.choose(purpose)
            for host in HOSTS:
                hers.visit(host)
            assert hers.waits_for({"diy": 1, "gardening": 1})
            assert differing(bare, seen_by_chromium(hers.web, site, clerk)) == [], "agreed, with interests"
            for purpose in ("sites", "mail", "reports"):
                hers.choose(purpose)
            assert differing(bare, seen_by_chromium(hers.web, site, clerk)) == [], "withdrawn"

            # Nor can a site ask the browser: no file of the companion is to be had, no door is open.
            hers.visit(next(iter(HOSTS)))
            assert hers.web.evaluate("typeof globalThis.chrome?.runtime") == "undefined"
            for file in ("icons/16.png", "manifest.json", "src/background.js"):
                with pytest.raises(Error, match="Failed to fetch"):
                    hers.web.evaluate("(address) => fetch(address)", f"{hers.base}/{file}")
    # By itself the companion asked nothing: she pressed no button that sends.
    sent = [one.line for one in clerk.came if re.match(r"\w+ /traces/|POST /companion/", one.line)]
    assert sent + [one.line for one in clerk.came if b"chrome-extension://" in one.head] == []


# Nothing is to come, here and below, and no event says so: these two wait for a while.
SETTLED = """
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300)));
  return document.documentElement.outerHTML;
"""
# What the page of the window can hear when nobody opened it: its own first word, and no answer.
HEARD = """
  const heard = [];
  addEventListener("message", ({ data }) => heard.push(data));
  for (const told of ["ready", "file"]) postMessage({ visavis: 1, told }, location.origin);
  postMessage({ visavis: 1, ask: "nothing" }, location.origin);
  await new Promise((done) => setTimeout(done, 1000));
  return heard;
"""


def seen_by_fox(fox: Fox, site: Site, clerk: Clerk) -> Seen:
    found = seen(site, clerk, lambda url: (fox.program.go(url), fox.run(SETTLED))[1])
    return [*found, ("what the window hears", fox.run(HEARD))]


@pytest.mark.again
@pytest.mark.skipif(not FIREFOX, reason="Firefox is not on this machine")
def test_the_service_cannot_tell_in_firefox(site: Site, tmp_path: Path) -> None:
    """There the companion has a foot in one page: it does not move when she opens that page by herself."""
    folder = companion(tmp_path / "companion", "firefox", site.url)
    with recording() as clerk, sites() as port, firefox(tmp_path / "profile", clerk.mozilla()) as fox:
        fox.program.go(f"{site.url}/demo/as/jobseeker/")
        bare = seen_by_fox(fox, site, clerk)
        assert all(found for _name, found in bare)
        fox.program.install(folder)
        assert differing(bare, seen_by_fox(fox, site, clerk)) == [], "installed, and nothing agreed to"
        for purpose in ("sites", "mail"):
            fox.agree(purpose)
        for host in HOSTS:
            fox.program.go(f"http://{host}:{port}/")
        fox.open("traces")
        until(lambda: len(fox.kept().get("traces", {})) == len(HOSTS))
        assert differing(bare, seen_by_fox(fox, site, clerk)) == [], "agreed, with interests"
