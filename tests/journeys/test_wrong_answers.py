"""A wrong answer: what to correct is said and focused, what was typed stays, the page is sound.

Without JavaScript it is the page as the server gives it: tests/ui/test_wrong_answers.py.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looking
from tests.journeys.conftest import Open
from tests.sweeps import few

pytestmark = pytest.mark.journey

WRONG = {
    "an address": ("", "/account/sign-in/", "address", "pas une adresse"),
    "a password": ("", "/account/sign-in-with-password/", "address", "personne@example.org"),
    "a distance": ("jobseeker", "/profile/reach/", "distance", "loin"),
    "a pay": ("jobseeker", "/profile/pay/", "amount", "beaucoup"),
    "an e-mail": ("reception", "/people/new/", "email", "pas un e-mail"),
    "a text": ("employer", "/vacancies/new/paste/", "text", " "),
    "hours": ("head", "/agencies/1/hours/", "time_0_0", "parfois"),
    "an empty name": ("jobseeker", "/account/name/", "name", " "),
}


@pytest.mark.parametrize("case", few("wrong answers", WRONG))
def test_a_wrong_answer_is_said_and_kept(case: str, opened: Open) -> None:
    role, address, field, typed = WRONG[case]
    page = opened(role)
    page.goto(address)
    box = page.locator(f"main [name={field}]")
    box.fill(typed)
    submit(page)
    summary = page.get_by_role("main").get_by_role("alert").first
    expect(summary).to_be_visible()
    expect(page).to_have_title(re.compile("^Erreur"))
    if typed.strip():
        expect(box).to_have_value(typed)
    expect(summary).to_be_focused()
    found = [*looking.frame(page, "fr"), *looking.axe(page), *looking.keyboard(page)]
    page.set_viewport_size({"width": 320, "height": 700})
    assert [*found, *looking.sideways(page)] == []


def submit(page: Page) -> None:
    page.locator("main form.form button.button").first.click()
