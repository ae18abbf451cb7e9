"""What a person likes: sorted with the keyboard and approved; and a paper sheet that her counsellor enters."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.jobseekers.test_cards_paper import words_of
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


@pytest.mark.again
def test_a_counsellor_enters_a_paper_sheet_without_scripts(opened: Open) -> None:
    page = opened("counsellor", scripts=False)
    page.goto("/people/")
    page.locator("tbody th a").last.click()
    page.get_by_role("link", name="Trier des cartes ensemble").click()
    page.get_by_role("link", name="Les cartes sur papier").click()
    main = page.get_by_role("main")
    code = (re.search(r"\d{5}-\d{2}", main.inner_text()) or [""])[0]
    printed = page.get_by_role("link", name="Imprimer la feuille de réponses, en français").get_attribute(
        "href"
    )
    sheet = page.request.get(printed or "")
    assert sheet.headers["content-type"] == "application/pdf"
    words = (re.search(r"\b[0-9A-F]{4} ?[0-9A-F]{4}\b", words_of(sheet.body())) or [""])[0]
    page.goto("/people/sheet/")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("button", name="Ouvrir la feuille").click()
    expect(main).to_contain_text(code)
    page.get_by_label("Par courrier").check()
    page.get_by_label("Numéro du texte").fill(words)
    page.get_by_label("Numéros cochés sous «\N{NO-BREAK SPACE}J’aime").fill("3 17 42")
    page.get_by_label("Nombre sur la feuille pour «\N{NO-BREAK SPACE}J’aime").fill("4")
    page.get_by_label("Numéros cochés sous «\N{NO-BREAK SPACE}Dossier").fill("17")
    page.get_by_label("Nombre sur la feuille pour «\N{NO-BREAK SPACE}Dossier").fill("1")
    page.get_by_role("button", name="Enregistrer la feuille").click()
    expect(main).to_contain_text("La feuille dit 4, vous en avez saisi 3")
    page.get_by_label("Nombre sur la feuille pour «\N{NO-BREAK SPACE}J’aime").fill("3")
    page.get_by_role("button", name="Enregistrer la feuille").click()
    expect(main).to_contain_text("La feuille est enregistrée.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que dessinent les cartes")
