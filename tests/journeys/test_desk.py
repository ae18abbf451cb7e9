"""A counsellor's way: whom to see, what to propose, side by side, and why something is missing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def reach(page: Page, wanted: str) -> None:
    """Go on by Tab until the focus stands on something."""
    for _step in range(120):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {wanted}")


def tops(page: Page) -> list[float]:
    rows = page.locator("tbody tr").all()
    return [row.evaluate("row => row.getBoundingClientRect().top + scrollY") for row in rows[:8]]


ROW = 40
# How high each row is, and where each of its cells begins.
CELLS = """rows => rows.map((row) => [
  row.getBoundingClientRect().height, ...[...row.cells].map((cell) => cell.getBoundingClientRect().left),
])"""


def test_a_morning_at_the_desk_by_keyboard_alone(opened: Open, site: Site) -> None:
    """From the list to somebody's file and back, found by her name turned round, proposed an opening, taken back."""
    page = opened("counsellor")
    keys = page.keyboard
    name = site.rows("select name from people_user where email = 'jobseeker@visavis.example'")[0][0]
    readings = "select count(*) from journal_entry where action = 'read' and thing = 'jobseeker'"
    page.goto("/desk/?sort=name")
    # The keys come after the page: their help shows where they work.
    helped = page.locator("details.keys")
    expect(helped).to_be_visible()
    [row, *others] = page.locator("thead tr, tbody tr").evaluate_all(CELLS)
    assert len(others) > 8 and {high for high, *_begins in others} == {ROW}
    assert {tuple(begins) for _high, *begins in others} == {tuple(row[1:])}, "the columns do not align"
    before, read = tops(page), site.rows(readings)
    keys.press("j"), keys.press("j"), keys.press("j"), keys.press("k")
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    for whole in ("td.act a", "td.date"):
        assert page.locator(f"tbody {whole}").evaluate_all(cut) == [], f"{whole} is cut"
    second = page.locator("tbody tr").nth(1).locator("th a")
    expect(second).to_be_focused()
    assert site.rows(readings) == read, "moving through the list reads nobody's file"
    keys.press("Enter")
    beside = page.locator(".beside")
    expect(beside.get_by_role("heading", level=2)).to_have_text(second.inner_text())
    expect(second).to_be_focused()
    assert tops(page) == before, "the rows moved when somebody was opened beside"
    assert re.search(r"open=\d+$", page.url) and site.rows(readings) != read
    keys.press("ArrowRight")
    expect(beside.locator("a").first).to_be_focused()
    keys.press("k"), keys.press("j")
    expect(second).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Comment joindre la personne")).to_be_visible()
    page.go_back()
    expect(page.locator("tbody tr").nth(1).locator("th a")).to_be_focused()
    keys.press("Escape")
    expect(beside).to_be_hidden()
    next_act = page.locator("tbody tr").nth(1).locator("td.act a")
    there = next_act.get_attribute("href")
    keys.press("n")
    page.wait_for_url(f"**{there}")
    page.go_back()
    expect(helped).to_be_visible()
    keys.press("?")
    expect(page.locator("details.keys dl")).to_be_visible()
    keys.press("/")
    keys.type(" ".join(reversed(name.split())))
    keys.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(helped).to_be_visible()
    keys.press("j"), keys.press("x")
    expect(page.locator("[data-visavis-ticked]")).to_have_text("1 personne est cochée.")
    keys.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quelle offre pour 1\u00a0personne\u00a0?")
    reach(page, "button[value=choose]")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez avant de proposer")
    reach(page, "button[value=send]")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=2, name="1 proposition faite")).to_be_visible()
    reach(page, "button[name=back]")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=2, name="1 proposition retirée")).to_be_visible()
