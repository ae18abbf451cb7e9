"""From the front door to an opening, the map, a search that is kept and stopped: with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.common.examples import first_of
from tests.journeys import looking
from tests.journeys.conftest import Open

pytestmark = pytest.mark.journey


def number(page: Page) -> int:
    said = page.locator("#found h2").inner_text()
    return int(re.sub(r"\D", "", said))


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_a_visitor_finds_filters_looks_at_the_map_and_comes_back(opened: Open, scripts: bool) -> None:
    page = opened(scripts=scripts)
    page.get_by_role("link", name="Trouver une offre").first.click()
    everything = number(page)
    page.locator("#id_place").fill("Valence")
    page.locator("#search").get_by_role("button", name="Chercher").click()
    around = number(page)
    assert 0 < around <= everything

    page.get_by_label("Temps plein").check()
    page.locator(".fold").get_by_role("button", name="Chercher").click()
    full = number(page)
    assert full < around
    chip = page.locator(".chip", has_text="Temps plein")
    expect(chip).to_contain_text(f"({around - full} de plus)")
    chip.get_by_role("link").click()
    assert number(page) == around

    page.get_by_role("link", name="Voir la carte").click()
    towns = page.locator("ul.filters li")
    name, there = towns.first.locator("span").all_inner_texts()
    towns.first.get_by_role("link").click()
    assert number(page) == int(there), name

    page.locator("article h3 a").first.click()
    page.get_by_role("link", name="Revenir à la recherche").click()
    assert number(page) == int(there)
    assert not looking.axe(page) if scripts else True
