"""One question open in two tabs: nobody's words are lost."""

import pytest
from playwright.sync_api import expect

from tests.common.examples import first_of
from tests.journeys.conftest import Open

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_the_second_tab_shows_both_answers_and_she_chooses(scripts: bool, opened: Open) -> None:
    first = opened("jobseeker", scripts=scripts)
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto("/profile/about/")
    first.get_by_role("textbox").fill("Écrit dans le premier onglet.")
    first.get_by_role("button", name="Enregistrer et voir mes réponses").click()
    expect(first.get_by_role("main")).to_contain_text("Écrit dans le premier onglet.")

    second.get_by_role("textbox").fill("Écrit dans le second.")
    second.get_by_role("button", name="Enregistrer et voir mes réponses").click()
    expect(second.get_by_role("alert")).to_contain_text("Écrit dans le premier onglet.")
    expect(second.get_by_role("textbox")).to_have_value("Écrit dans le second.")
    first.reload()
    expect(first.get_by_role("main")).to_contain_text("Écrit dans le premier onglet.")

    second.get_by_role("button", name="Garder ce que j’ai écrit").click()
    second.goto("/profile/")
    expect(second.get_by_role("main")).to_contain_text("Écrit dans le second.")
