"""A counsellor's way: whom to see, what to propose, side by side, and why something is missing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import finding
from tests.journeys.conftest import Open
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def at_her_page(opened: Open, site: Site, *, scripts: bool = True) -> Page:
    """Open the page of the person whom the demonstration shows, found by her name."""
    page = opened("counsellor", scripts=scripts)
    page.locator("main nav .filters a").first.click()
    name = site.rows("select name from people_user where email = 'jobseeker@visavis.example'")[0][0]
    finding.file_of(page, name, scripts=scripts)
    expect(page.get_by_role("heading", level=2, name="Comment joindre la personne")).to_be_visible()
    return page


def boxes(page: Page) -> list[str]:
    """Return what can be ticked to be proposed."""
    found = page.locator('label.choice:has-text("Choisir")').filter(has_not_text="comparer seulement")
    return [str(box.get_attribute("value")) for box in found.locator("input").all()]


@pytest.mark.again
def test_a_counsellor_proposes_an_opening_and_reads_what_became_of_it(opened: Open, site: Site) -> None:
    page = at_her_page(opened, site, scripts=False)
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="En proposer plusieurs").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("main").locator("..")).to_contain_text("Cochez au moins une ligne")
    vacancy = boxes(page)[0]
    page.locator(f'input[name=chosen][value="{vacancy}"]').check()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=3, name=name)).to_be_visible()
    page.get_by_label("Vos mots à la personne").fill("J’ai pensé à vous.")
    page.get_by_role("button", name="Proposer", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="1 proposition faite")).to_be_visible()
    page.reload()
    kept = site.rows(
        "select state, note from introductions_introduction where vacancy_id = ? and note != ''", vacancy
    )
    assert kept == [("proposed", "J’ai pensé à vous.")]


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


def in_both_lists(site: Site, people: list[str]) -> tuple[int, int, str]:
    """Return the places of two people of the desk's list, and an opening that stands in the lists of both."""
    marks = ", ".join("?" for _one in people)
    lists = site.rows(
        f"""select m.vacancy_id, m.jobseeker_id from matches_match m
        join vacancies_vacancy v on v.id = m.vacancy_id join vacancies_employer e on e.id = v.employer_id
        where m.side = 'jobseeker' and m.rank <= 20 and v.state = 'open' and e.organisation_id is not null
        and m.jobseeker_id in ({marks}) and not exists (select 1 from introductions_introduction i
            where i.jobseeker_id = m.jobseeker_id and i.vacancy_id = m.vacancy_id)""",
        *map(int, people),
    )
    whose: dict[int, list[int]] = {}
    for vacancy, person in lists:
        whose.setdefault(vacancy, []).append(people.index(str(person)))
    vacancy, places = next((vacancy, sorted(some)) for vacancy, some in whose.items() if len(some) > 1)
    return places[0], places[1], str(vacancy)


@pytest.mark.again
def test_several_people_are_proposed_an_opening_at_once_by_keyboard_alone(opened: Open, site: Site) -> None:
    """Two ticked in the list, one opening for both, each ticked at the check, sent, and taken back at once.

    At the check whoever something stands against is not ticked beforehand: it is said, and a key ticks her.
    """
    page = opened("counsellor")
    keys = page.keyboard
    page.goto("/desk/?sort=name")
    expect(page.locator("details.keys")).to_be_visible()
    ticks = page.locator("tbody tr input[type=checkbox]").all()
    people = [str(tick.get_attribute("value")) for tick in ticks]
    first, second, opening = in_both_lists(site, people)
    for _step in range(first + 1):
        keys.press("j")
    keys.press("x")
    for _step in range(second - first):
        keys.press("j")
    keys.press("x")
    expect(page.locator("[data-visavis-ticked]")).to_have_text("2 personnes sont cochées.")
    keys.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quelle offre pour 2\u00a0personnes\u00a0?")
    reach(page, f'button[formaction$="/vacancies/{opening}/propose/"]')
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez avant de proposer")
    for person in (people[first], people[second]):
        tick = f'input[name=chosen][value="{person}"]'
        if not page.locator(tick).is_checked():
            expect(page.get_by_role("main")).to_contain_text("pas coché")
            reach(page, tick)
            keys.press("Space")
        expect(page.locator(tick)).to_be_checked()
    reach(page, "button[value=send]")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=2, name="2 propositions faites")).to_be_visible()
    made = "select count(*) from introductions_introduction where vacancy_id = ? and jobseeker_id in (?, ?)"
    assert site.rows(made, *map(int, (opening, people[first], people[second]))) == [(2,)]
    reach(page, "main form:not(.stack) > button")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=2, name="2 propositions retirées")).to_be_visible()


@pytest.mark.again
def test_two_openings_stand_side_by_side_on_a_narrow_screen(opened: Open, site: Site) -> None:
    page = at_her_page(opened, site)
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("link", name="En proposer plusieurs").click()
    for box in page.locator("input[name=chosen]").all()[:2]:
        box.check()
    page.get_by_role("button", name="En comparer deux").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deux offres côte à côte")
    expect(page.locator("figure.plot")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.again
def test_a_counsellor_reads_why_a_vacancy_is_missing(opened: Open, site: Site) -> None:
    page = at_her_page(opened, site)
    number = re.findall(r"\d+", page.url)[-1]
    missing = site.rows(
        """select v.id, v.title from vacancies_vacancy v where v.state = 'open' and v.id not in (
            select vacancy_id from matches_match where jobseeker_id = ? and side = 'jobseeker')
        and v.title not in (
            select title from vacancies_vacancy w join matches_match m on m.vacancy_id = w.id
            where m.jobseeker_id = ?) order by v.id""",
        number,
        number,
    )
    page.get_by_role("link", name="Pourquoi une offre n’apparaît-elle pas").click()
    page.get_by_role("searchbox", name="Intitulé, employeur ou ville").fill(missing[0][1])
    page.get_by_role("main").get_by_role("button", name="Chercher").click()
    page.locator(f'main a[href$="/vacancies/{missing[0][0]}/"]').click()
    expect(
        page.get_by_role("heading", level=2, name="Elle n’est pas dans la liste parce que")
    ).to_be_visible()
    assert page.locator("main .cards .card").count() >= 1
