"""Every page that links lead to, for every role: it opens, axe finds nothing, it reflows, it is light."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys import coming_in, looking
from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.walking import MOST_PAGES, NOT_PAGES, ROLES, SEARCHES, kind_of

pytestmark = pytest.mark.journey

LINKS = "links => links.map(link => link.href)"
EMPTY_AT_FIRST = (
    "/openings/?",
    "/openings/more/?",
    "/profile/?",
    "/profile/experience/?",
    "/profile/skills/?",
    "/account/readings/?",
)
# Pages that were looked at with everything, whoever it was.
looked_at: dict[str, int] = {}


def next_pages(page: Page, host: str) -> list[str]:
    found = page.locator("a[href]").evaluate_all(LINKS)
    parts = [urlsplit(address)._replace(fragment="") for address in found]
    return [one.geturl() for one in parts if one.netloc == host and not NOT_PAGES.search(one.path)]


def look_at(page: Page, *, everything: bool) -> list[str]:
    """Look at a page wide and by day, then narrow and by night."""
    problems = list(looking.frame(page, "fr"))
    if everything:
        problems += [f"{said} (1280 px)" for said in (*looking.axe(page), *looking.keyboard(page))]
    page.set_viewport_size({"width": 320, "height": 700})
    problems += [f"{said} (320 px)" for said in looking.sideways(page)]
    if everything:
        page.emulate_media(color_scheme="dark")
        problems += [f"{said} (320 px, dark)" for said in looking.axe(page)]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    return problems


def walk(page: Page, site: Site, searches: tuple[str, ...] = ()) -> tuple[list[str], int]:
    """Follow the links; return what is wrong and how many pages there were."""
    watch = looking.Watch(page, site.url)
    waiting = [page.url, *(f"{site.url}{address}" for address in searches)]
    seen, wrong, pages = {kind_of(address) for address in waiting}, [], 0
    while waiting and pages < MOST_PAGES:
        # What nobody has looked at comes first.
        waiting.sort(key=lambda address: looked_at.get(kind_of(address), 0))
        address, pages = waiting.pop(0), pages + 1
        kind = kind_of(address)
        looked_at[kind] = looked_at.get(kind, 0) + 1
        problems = watch.go(address)
        for link in next_pages(page, urlsplit(site.url).netloc):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
        problems += look_at(page, everything=looked_at[kind] == 1 or kind == "/home/?")
        wrong += [f"{address.removeprefix(site.url)}: {problem}" for problem in problems]
    return wrong, pages


@pytest.mark.parametrize("role", ROLES, ids=[role or "visitor" for role in ROLES])
def test_every_page_that_links_lead_to_is_sound(role: str, opened: Open, site: Site) -> None:
    wrong, pages = walk(opened(role), site, SEARCHES.get(role, ()))
    assert not wrong, "\n".join(["", *wrong])
    assert pages > 10, "hardly a page was found"


def test_every_page_of_somebody_new_is_sound(opened: Open, site: Site) -> None:
    page = opened()
    coming_in.with_a_new_file(page, site, "06 12 34 56 79", "Nina Passerat")
    for kind in EMPTY_AT_FIRST:
        looked_at.pop(kind, None)
    wrong, pages = walk(page, site)
    assert not wrong, "\n".join(["", *wrong])
    assert pages > 10, "hardly a page was found"
