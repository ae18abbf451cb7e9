"""A wrong answer: what to correct is said and focused, what was typed stays, the page is sound.

Without JavaScript it is the page as the server gives it: tests/ui/test_wrong_answers.py.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import looking
from tests.journeys.conftest import Open
from tests.sweeps import few
from tests.ui.test_wrong_answers import WRONG

pytestmark = pytest.mark.journey

ROLES = {"visitor": "", "amelie": "jobseeker", "rosa": "reception", "chloe": "employer", "hugo": "head"}


@pytest.mark.parametrize("case", few("wrong answers", WRONG))
def test_a_wrong_answer_is_said_and_kept(case: str, opened: Open) -> None:
    persona, address, field, typed = WRONG[case]
    page = opened(ROLES[persona])
    page.goto(address.format(agency=1))
    box = page.locator(f"main [name={field}]")
    box.fill(typed)
    page.locator("main form.form button.button").first.click()
    summary = page.get_by_role("main").get_by_role("alert").first
    expect(summary).to_be_visible()
    expect(page).to_have_title(re.compile("^Erreur"))
    if typed.strip():
        expect(box).to_have_value(typed)
    expect(summary).to_be_focused()
    found = [*looking.frame(page, "fr"), *looking.axe(page), *looking.keyboard(page)]
    page.set_viewport_size({"width": 320, "height": 700})
    assert [*found, *looking.sideways(page)] == []
