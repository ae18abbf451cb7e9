"""On a phone: one row of pages for every role, short cards, and she stays where she was."""

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Open
from tests.journeys.walking import ROLES

pytestmark = pytest.mark.journey

PHONE, SMALL_PHONE = {"width": 390, "height": 844}, {"width": 320, "height": 640}
MOST_CARD, MOST_ROW = 330, 56
BOXES = "all => all.map(one => { const r = one.getBoundingClientRect(); return [r.top, r.width, r.height]; })"


def boxes(found: Locator) -> list[list[float]]:
    """Return where each stands from the top, and how wide and high it is."""
    measured: list[list[float]] = found.evaluate_all(BOXES)
    return measured


@pytest.mark.parametrize("role", ROLES, ids=[role or "visitor" for role in ROLES])
def test_the_main_pages_stand_in_one_row_at_the_thumb(role: str, opened: Open) -> None:
    page = opened(role)
    for size in (PHONE, SMALL_PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        [[top, _width, high]] = boxes(page.locator(".top__nav"))
        assert high <= MOST_ROW and round(top + high) == size["height"]
        row = boxes(page.locator(".top__nav > ul > li > a, .top__nav summary"))
        assert len({round(one[0]) for one in row}) == 1
        assert all(width >= 44 and tall >= 44 for _top, width, tall in row)


def test_every_card_of_her_list_is_short_and_an_act_leaves_her_at_its_card(opened: Open) -> None:
    page = opened("jobseeker")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    seen = 0
    for address in ("/home/", "/openings/", "/openings/?page=2"):
        page.goto(address)
        found = boxes(page.locator("article.opening"))
        assert max(high for _top, _width, high in found) <= MOST_CARD
        seen += len(found)
    assert seen > 10
    stays(page)


def stays(page: Page) -> None:
    """Keep the last card of the page that can be kept: the next page shows it where the finger was."""
    card = page.locator("article.opening:has(summary)").last
    number = card.get_attribute("id")
    there = page.locator(f"#{number}")
    card.locator("summary").click()
    before = boxes(there)[0][0]
    card.get_by_role("button", name="Garder").click()
    page.wait_for_url(f"**/openings/?page=2&said=*#{number}")
    there.get_by_role("button", name="Annuler").wait_for()
    page.wait_for_function("number => document.activeElement.id === number", arg=number)
    assert abs(boxes(there)[0][0] - before) < 2
    there.get_by_role("button", name="Annuler").click()
    there.locator("summary").wait_for()
