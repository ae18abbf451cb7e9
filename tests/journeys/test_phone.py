"""On a phone: short cards, and she stays where she was. The row of main pages: tests/journeys/walking.py."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Open
from tests.journeys.walking import boxes

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}
MOST_CARD = 330


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
