"""From page to page by the links, one page of each kind; each is looked at, and what is wrong is said."""

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Locator, Page

from tests.common.at_once import IS_FULL
from tests.journeys import looking
from tests.journeys.site import Site
from tests.sweeps import few

PEOPLE = ("", "jobseeker", "helper")
AT_WORK = ("counsellor", "employer", "reception", "head", "protection")
ROLES = (*PEOPLE, *AT_WORK)
MOST_PAGES = 50 if IS_FULL else 6
# What another width and other colours may change; in full everything is asked again.
BY_NIGHT = looking.AXE_RULES if IS_FULL else ["color-contrast", "link-in-text-block", "target-size"]
# What links do not lead to: what is found by a search.
SEARCHES = {
    "jobseeker": ("/occupations/?q=boulanjer", "/occupations/?q=xyzxyz"),
    "": ("/jobs/?q=aide&place=Valence&km=20", "/jobs/?q=&place=Nulle+Part", "/jobs/?q=zzzz&view=map"),
    "head": ("/people/?show=unassigned",),
    "protection": ("/journal/?action=read", "/journal/?person=abc"),
}
# Not pages: a file to keep, a picture, which runs no script, and the doors of the demonstration, which sign in as
# somebody else.
NOT_PAGES = re.compile(
    r"\.(json|pdf|ics|jpg)$|/download/$|^/jobs/feed|^/companion/download/|^/demo/as/|^/static/"
)

# Of the openings that are searched for, not each filter is another page.
OF_A_SEARCH = ("place", "q", "view")
# A link of a drawing has its address as an object: it is read as it is written.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
PHONES, MOST_ROW, TARGET = ((390, 844), (320, 640)), 56, 44
BOXES = "all => all.map(one => { const r = one.getBoundingClientRect(); return [r.top, r.width, r.height]; })"


def kind_of(address: str) -> str:
    """Return the kind of page: its path without numbers and codes, and what its query asks."""
    parts = urlsplit(address)
    path = re.sub(r"\b(\d+|[A-Z]\d{4})\b", "N", parts.path)
    query = {key: value for key, value in parse_qsl(parts.query) if path != "/jobs/" or key in OF_A_SEARCH}
    return f"{path}?{'&'.join(f'q={query[key]}' if key == 'q' else key for key in sorted(query))}"


def pages_among(links: list[str], host: str) -> list[str]:
    parts = [urlsplit(address)._replace(fragment="") for address in links]
    return [one.geturl() for one in parts if one.netloc == host and not NOT_PAGES.search(one.path)]


def look_at(page: Page) -> list[str]:
    """Look at a page wide and by day, then narrow and by night."""
    problems = list(looking.frame(page, "fr"))
    problems += [f"{said} (1280 px)" for said in (*looking.axe(page), *looking.keyboard(page))]
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme="dark")
    problems += [f"{said} (320 px, dark)" for said in (*looking.sideways(page), *looking.axe(page, BY_NIGHT))]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    return problems


def thumb(page: Page) -> list[str]:
    """On a phone the main pages stand in one row at the thumb, each wide and high enough for a finger."""
    found = []
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        [[top, _width, high]] = boxes(page.locator(".top__nav"))
        row = boxes(page.locator(".top__nav > ul > li > a, .top__nav summary"))
        if high > MOST_ROW or round(top + high) != height or len({round(one[0]) for one in row}) != 1:
            found.append(f"the main pages are no row at the thumb ({width} px)")
        if any(wide < TARGET or tall < TARGET for _top, wide, tall in row):
            found.append(f"a main page is too small for a finger ({width} px)")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def boxes(found: Locator) -> list[list[float]]:
    """Return where each stands from the top, and how wide and high it is."""
    measured: list[list[float]] = found.evaluate_all(BOXES)
    return measured


def walk(page: Page, site: Site, role: str) -> tuple[list[str], int]:
    """Follow links that are drawn; return what is wrong and how many pages there were."""
    wrong = [f"{page.url}: {problem}" for problem in thumb(page)]
    watch = looking.Watch(page, site.url)
    waiting = [page.url, *(f"{site.url}{address}" for address in SEARCHES.get(role, ()))]
    seen, pages = {kind_of(address) for address in waiting}, 0
    while waiting and pages < MOST_PAGES:
        address = few("pages", waiting, of=f"{role} {pages}")[0] if pages else page.url
        waiting.remove(address)
        pages += 1
        problems = watch.go(address)
        links = page.locator("a[href]").evaluate_all(LINKS)
        for link in pages_among(links, urlsplit(site.url).netloc):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
        problems += look_at(page)
        wrong += [f"{address.removeprefix(site.url)}: {problem}" for problem in problems]
    return wrong, pages


def sound(role: str, page: Page, site: Site) -> None:
    """Walk as a role, and fail with everything that is wrong on the way."""
    wrong, pages = walk(page, site, role)
    assert not wrong, "\n".join(["", *wrong])
    assert pages > 5, "hardly a page was found"
