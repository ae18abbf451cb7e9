"""A jobseeker's ways: her openings and why, what she says of them, what she changes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.common.examples import first_of
from tests.journeys import coming_in
from tests.journeys.conftest import Open
from tests.journeys.site import MAIL_WITHIN_S, Site, waited

pytestmark = pytest.mark.journey

LIST_WITHIN_S = 120


def said_of(site: Site, opening: str) -> list[tuple[str, str]]:
    """Return what is kept of what she said of an opening."""
    number = number_of(opening)
    return site.rows(
        """select kind, reason from matches_opinion join jobseekers_jobseeker j on j.id = jobseeker_id
        where vacancy_id = ? and said_by_id = j.user_id and julianday('now') - julianday(said_at) < 0.01""",
        number,
    )


def is_kept(site: Site, opening: str, said: list[tuple[str, str]]) -> None:
    """Wait until just this is kept of what she said of an opening."""
    waited(lambda: said_of(site, opening) == said, MAIL_WITHIN_S, f"{opening}: not {said}")


def who_has_much_to_answer(site: Site) -> str:
    """Return the e-mail of the person with most openings to answer: other ways use up those of the roles."""
    ((email,),) = site.rows(
        """select u.email from people_user u join jobseekers_jobseeker j on j.user_id = u.id
        join matches_match m on m.jobseeker_id = j.id and m.side = 'jobseeker' and m.rank <= 20
        where u.email like '%@example.net'
        and not exists (select 1 from introductions_introduction i
            where i.jobseeker_id = j.id and i.vacancy_id = m.vacancy_id)
        and not exists (select 1 from matches_opinion o
            where o.jobseeker_id = j.id and o.vacancy_id = m.vacancy_id)
        group by u.id order by count(*) desc, u.id limit 1"""
    )
    return str(email)


def card(page: Page, opening: str) -> Locator:
    return page.locator(f"article#opening-{number_of(opening)}")


def number_of(opening: str) -> str:
    return re.findall(r"\d+", opening)[0]


def tap(where: Locator, act: str) -> None:
    """Do what stands behind the main act."""
    where.locator("summary", has_text="Plus").click()
    where.get_by_role("button", name=act).click()


def is_here(page: Page, opening: str) -> None:
    """Whoever acted on a card is at that card: it has the focus and is in sight, not under the navigation."""
    expect(page).to_have_url(re.compile(rf"said={number_of(opening)}#opening-{number_of(opening)}$"))
    expect(card(page, opening)).to_be_in_viewport()
    expect(page.locator(f"#opening-{number_of(opening)}")).to_be_focused()


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_she_reads_why_says_no_in_one_tap_takes_it_back_and_says_yes(
    scripts: bool, opened: Open, site: Site
) -> None:
    page = opened(scripts=scripts)
    page.goto("/account/sign-in/?next=/openings/")
    coming_in.by_code(page, site, who_has_much_to_answer(site))
    page.goto("/home/")
    page.get_by_role("link", name="Voir toutes les offres pour moi").click()
    unsaid = page.get_by_role("article").filter(has=page.locator("summary"))
    link = unsaid.first.get_by_role("heading").get_by_role("link")
    opening, title = link.get_attribute("href") or "", link.inner_text()

    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("heading", name="Pourquoi elle est dans la liste")).to_be_visible()
    page.get_by_role("main").locator("summary", has_text="Plus").click()
    page.get_by_role("button", name="Garder").click()
    is_kept(site, opening, [("kept", "")])
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("button", name="Annuler", exact=True).click()
    # Her other answers are offered again: the page that follows the act is there, and can be left.
    expect(page.get_by_role("main").locator("summary", has_text="Plus")).to_be_visible()
    is_kept(site, opening, [])

    page.goto("/openings/")
    tap(card(page, opening), "Pas pour moi")
    is_here(page, opening)
    card(page, opening).get_by_role("button", name="C’est trop loin", exact=True).click()
    # The page before has these buttons too: its Undo would be lost.
    expect(page.get_by_role("button", name="C’est trop loin", exact=True)).to_have_count(0)
    is_kept(site, opening, [("not_for_me", "too_far")])
    card(page, opening).get_by_role("button", name="Annuler").click()
    expect(card(page, opening).locator("summary")).to_be_visible()
    is_kept(site, opening, [])

    tap(card(page, opening), "Garder")
    is_here(page, opening)
    is_kept(site, opening, [("kept", "")])
    page.locator('main nav a[href$="?show=kept"]').click()
    # Her list is short, and whoever comes after her finds it as she did.
    card(page, opening).get_by_role("button", name="Annuler").click()
    is_here(page, opening)
    expect(card(page, opening).locator("summary")).to_be_visible()
    is_kept(site, opening, [])
    page.goto("/openings/")

    page.get_by_role("link", name="Voir ce qui ouvrirait plus de portes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "ce qui ouvrirait plus de portes", ignore_case=True
    )
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()


def her_matches(site: Site, page: Page) -> set[int]:
    page.goto("/home/")
    name = re.sub(r"^\S+ ", "", page.get_by_role("heading", level=1).inner_text())
    found = site.rows(
        """select vacancy_id from matches_match join jobseekers_jobseeker j on j.id = jobseeker_id
        join people_user u on u.id = j.user_id where side = 'jobseeker' and u.name = ?""",
        name,
    )
    return {number for (number,) in found}


def test_she_wants_another_occupation_and_the_list_is_made_anew(opened: Open, site: Site) -> None:
    page = opened("jobseeker")
    before = her_matches(site, page)
    page.goto("/profile/wanted/")
    box = page.get_by_role("combobox", name="Métier 2")
    box.fill("")
    box.press_sequentially("ekstra en salle", delay=20)
    offered = page.get_by_role("listbox", name="Métier 2").get_by_role("option")
    expect(offered.first).to_contain_text("salle")
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(re.compile("salle"))
    page.get_by_role("button", name="Enregistrer et voir mes réponses").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("salle|Service en restauration"))
    waited(
        lambda: her_matches(site, page) - before, LIST_WITHIN_S, f"her list stays as it was:\n{site.log()}"
    )
    waited(
        lambda: shows_a_finished_list(page), LIST_WITHIN_S, "the list is said to be in the making for ever"
    )


def shows_a_finished_list(page: Page) -> bool:
    page.goto("/openings/")
    return "est en train d’être refaite" not in page.get_by_role("main").inner_text()
