"""A counsellor's way: whom to see, what to propose, side by side, and why something is missing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def at_her_page(opened: Open, site: Site, *, scripts: bool = True) -> Page:
    """Open the page of the person whom the demonstration shows, found by her name."""
    page = opened("counsellor", scripts=scripts)
    page.locator("main nav .filters a").first.click()
    name = site.rows("select name from people_user where email = 'jobseeker@visavis.example'")[0][0]
    page.get_by_role("searchbox", name="Nom").fill(name)
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=2, name="Comment joindre la personne")).to_be_visible()
    return page


def boxes(page: Page) -> list[str]:
    """Return what can be ticked to be proposed."""
    found = page.locator('label.choice:has-text("Choisir")').filter(has_not_text="comparer seulement")
    return [str(box.get_attribute("value")) for box in found.locator("input").all()]


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
