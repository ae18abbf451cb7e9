"""Every page that links lead to, for every role: it opens, axe finds nothing, it reflows, it is light."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.journeys import looking
from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.walking import MOST_PAGES, NOT_PAGES, ROLES, kind_of

pytestmark = pytest.mark.journey

LINKS = "links => links.map(link => link.href)"
# Pages that were looked at with everything, whoever it was.
looked_at: dict[str, int] = {}


def next_pages(page: Page, host: str) -> list[str]:
    found = page.locator("a[href]").evaluate_all(LINKS)
    parts = [urlsplit(address)._replace(fragment="") for address in found]
    return [one.geturl() for one in parts if one.netloc == host and not NOT_PAGES.search(one.path)]


def look_at(page: Page, *, everything: bool) -> list[str]:
    problems = list(looking.frame(page, "fr"))
    if everything:
        problems += [f"{said} (1280 px)" for said in (*looking.axe(page), *looking.keyboard(page))]
    page.set_viewport_size({"width": 320, "height": 700})
    problems += [f"{said} (320 px)" for said in looking.sideways(page)]
    if everything:
        problems += [f"{said} (320 px)" for said in looking.axe(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return problems


@pytest.mark.parametrize("role", ROLES, ids=[role or "visitor" for role in ROLES])
def test_every_page_that_links_lead_to_is_sound(role: str, opened: Open, site: Site) -> None:
    page = opened(role)
    watch = looking.Watch(page, site.url)
    waiting, seen, wrong = [page.url], {kind_of(page.url)}, []
    for _ in range(MOST_PAGES):
        if not waiting:
            break
        address = waiting.pop(0)
        kind = kind_of(address)
        looked_at[kind] = looked_at.get(kind, 0) + 1
        problems = watch.go(address)
        for link in next_pages(page, urlsplit(site.url).netloc):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
        problems += look_at(page, everything=looked_at[kind] == 1 or kind == "/home/?")
        wrong += [f"{urlsplit(address).path}: {problem}" for problem in problems]
    assert not wrong, "\n".join(["", *wrong])
    assert len(seen) >= 4, f"hardly a page was found: {sorted(seen)}"
