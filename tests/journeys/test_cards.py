"""What a person likes: sorted with the keyboard and approved; and a paper sheet that her counsellor enters."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open

pytestmark = pytest.mark.journey


def ticked(page: Page) -> set[str]:
    """Return what stands in the file, as the question of the profile shows it."""
    page.goto("/profile/interests/")
    return set(page.locator("[name=interests]:checked").evaluate_all("all => all.map(one => one.value)"))


def test_a_person_sorts_by_keyboard_and_chooses_one_by_one(opened: Open) -> None:
    page = opened("jobseeker", language="en")
    before = ticked(page)
    page.goto("/profile/cards/")
    page.get_by_role("link", name="Begin").click()
    cards = page.locator("fieldset")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("On a keyboard")
    cards.first.locator("input").first.focus()
    for pile in "123":
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press(pile)
    expect(said).to_contain_text("Sorted: 3 of")
    # She closes the page without saving: nothing is lost.
    page.goto("/profile/")
    page.goto("/profile/cards/1/")
    for place, pile in enumerate(("I like", "A little", "Not for me")):
        expect(cards.nth(place).get_by_label(pile)).to_be_checked()
    page.get_by_role("button", name="see what it draws").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the cards draw")
    page.get_by_role("link", name="Choose what goes into the file").click()
    offered = page.locator("[name=kept]:not(:checked)")
    code = offered.first.get_attribute("value") or ""
    assert set(page.locator("[name=kept]:checked").evaluate_all("all => all.map(one => one.value)")) == before
    offered.first.check()
    page.get_by_role("button", name="Keep what is ticked").click()
    expect(page.get_by_role("main")).to_contain_text("1 interest put into the file.")
    assert ticked(page) == before | {code}
    page.goto("/profile/cards/drawing/")
    page.get_by_role("button", name="Take back").click()
    assert ticked(page) == before
