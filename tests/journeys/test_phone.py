"""On a phone: short cards, and she stays where she was. The row of main pages: tests/journeys/walking.py."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.common.examples import first_of
from tests.journeys.newcomer import open_a_file
from tests.journeys.site import Site, waited
from tests.journeys.walking import boxes

pytestmark = pytest.mark.journey

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MOST_CARD, MOST_OPEN, MOST_ASKING = 330, 460, 350
TWENTY = 20
WITHIN_S = 60
MOVED = 2
A_LINE = 24
# The page has come to rest: what she acted on has the focus, or she came back to it.
STANDS = """() => document.readyState === "complete" && !sessionStorage.getItem("visavis-stay")"""


@pytest.mark.parametrize("scripts", first_of([True, False]), ids=["scripts", "no scripts"])
def test_she_goes_through_her_openings_with_her_thumb_and_is_never_lost(
    chromium: Browser, site: Site, *, scripts: bool
) -> None:
    """Twenty with scripts and twenty without: after each act she is on the same page, at the same card.

    She is new and has answered nothing yet: in the small town only such a list is twenty long.

    With scripts the card stands where it stood; without, it is brought into view.
    """
    context = chromium.new_context(
        base_url=site.url, locale="fr-FR", java_script_enabled=scripts, reduced_motion="reduce", **PHONE
    )
    page = context.new_page()
    open_a_file(page, site, f"pouce-{scripts:d}@example.org", "Zoé Pouce")
    gone_through = 0
    for number, act in zip(openings(page), cycle((put_aside, keep, open_and_back, ask)), strict=False):
        gone_through += 1
        card = page.locator(f"#{number}")
        for touched, step in act(card):
            touched.scroll_into_view_if_needed()
            before = boxes(card)[0][0]
            touched.tap()
            if act is open_and_back:
                page.wait_for_url("**/openings/*/**")
                page.go_back()
            card.locator(step).wait_for()
            if scripts:
                page.wait_for_function(STANDS)
            assert page.url.partition("?")[0] == f"{site.url}/openings/", act
            [[top, _width, high]] = boxes(card)
            # How long a title is differs from day to day: what asks why is measured by itself.
            asks = boxes(card.locator(ASKS_WHY)) if step == ASKS_WHY else []
            high -= sum(one[2] for one in asks)
            assert high <= (MOST_OPEN if step == "details[open]" else MOST_CARD), (act, step, high)
            assert all(one[2] <= MOST_ASKING for one in asks), (act, asks)
            moved = abs(top - before)
            assert moved < MOVED or (not scripts and 0 <= top < PHONE["viewport"]["height"] / 2), (act, moved)
    assert gone_through >= TWENTY, "hardly an opening was found"
    keep_on_its_own_page(page, scripts=scripts)
    context.close()


def keep_on_its_own_page(page: Page, *, scripts: bool) -> None:
    """In the middle of an opening's own page she keeps it, and reads on where she was."""
    page.goto("/openings/")
    page.locator("article.opening:has(summary) h3 a").first.tap()
    page.wait_for_url("**/openings/*/**")
    page.evaluate("scrollTo(0, 300)")
    bar = page.locator(".bar")
    bar.locator("summary").tap()
    for name, told in (("Garder", "button[value=undo]"), ("Annuler", "summary")):
        touched = bar.get_by_role("button", name=name)
        touched.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        touched.tap()
        bar.locator(told).wait_for()
        if scripts:
            page.wait_for_function(STANDS)
            # What she said stands above the heading that is kept in its place.
            assert before > 200 and abs(page.evaluate("scrollY") - before) < A_LINE, name


def openings(page: Page) -> Iterator[str]:
    """Open one page of her list after the other by its link, and give the openings of each that wait for a word."""
    waited(lambda: has_openings(page) or None, WITHIN_S, "no list was made")
    while True:
        yield from [
            str(one.get_attribute("id")) for one in page.locator("article.opening:has(summary)").all()
        ]
        further = page.locator("a[rel=next]")
        if not further.count():
            return
        further.tap()
        page.wait_for_url("**page=2*")


def has_openings(page: Page) -> bool:
    page.goto("/openings/")
    return bool(page.locator("article.opening").count())


UNTOLD, TOLD, ASKS_WHY = "summary", ".acts[role=status]", ".why-not"
type Acts = Iterator[tuple[Locator, str]]
"""What is touched, one after the other, and what stands in the card then."""


def put_aside(card: Locator) -> Acts:
    """Not for her, a reason by one more tap, then taken back."""
    yield card.locator("summary"), "details[open]"
    yield card.get_by_role("button", name="Pas pour moi"), ASKS_WHY
    yield card.get_by_role("button", name="C’est trop loin"), ".tag:has-text('C’est trop loin')"
    yield card.get_by_role("button", name="Annuler"), UNTOLD


def keep(card: Locator) -> Acts:
    yield card.locator("summary"), "details[open]"
    yield card.get_by_role("button", name="Garder"), TOLD
    yield card.get_by_role("button", name="Annuler"), UNTOLD


def open_and_back(card: Locator) -> Acts:
    yield card.get_by_role("link").first, UNTOLD


def ask(card: Locator) -> Acts:
    """Ask to be introduced, or say that she is interested where nobody answers here, and take it back."""
    yield card.locator(".acts > button"), TOLD
    yield card.get_by_role("button", name="Annuler"), UNTOLD
