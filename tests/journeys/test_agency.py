"""The ways of those who work in an agency, and of those who watch over it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import coming_in, finding
from tests.journeys.conftest import Open
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def name_at_home(page: Page) -> str:
    """Return whom the home page greets."""
    return re.sub(r"^\S+ ", "", page.get_by_role("heading", level=1).inner_text())


def test_a_counsellor_notes_what_a_person_says_and_she_reads_that_he_did(opened: Open, site: Site) -> None:
    her = opened("jobseeker")
    her_name = name_at_home(her)
    page = opened("counsellor")
    his_name = name_at_home(page)
    page.locator("main nav .filters a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les personnes que j’accompagne")
    finding.file_of(page, her_name, said=her_name.split()[-1].lower())
    page.get_by_role("link", name="Voir toute la liste").click()
    unsaid = page.get_by_role("article").filter(has=page.locator("summary"))
    title = unsaid.first.get_by_role("heading").inner_text()
    unsaid.first.locator("summary").click()
    unsaid.first.get_by_role("button", name="Garder").click()
    expect(page.get_by_role("main")).to_contain_text(title)
    address = page.url.split("?")[0]

    said_by = site.rows(
        """select u.name from matches_opinion o join people_user u on u.id = o.said_by_id
        order by o.said_at desc limit 1"""
    )
    assert said_by == [(his_name,)]
    her.goto("/account/")
    her.get_by_role("link", name="Voir qui a lu mon dossier").click()
    expect(her.get_by_role("main").get_by_role("listitem").filter(has_text=his_name).first).to_be_visible()

    stranger = opened()
    stranger.goto("/account/sign-in/")
    coming_in.by_code(stranger, site, counsellor_elsewhere(site, his_name))
    coming_in.set_up_application(stranger)
    assert stranger.request.get("/people/").status == 200
    for refused in (address, re.sub("openings/$", "", address), re.sub("openings/$", "profile/", address)):
        assert page.request.get(refused).status == 200
        assert stranger.request.get(refused).status == 404


def counsellor_elsewhere(site: Site, name: str) -> str:
    """Return the e-mail of a counsellor of another agency."""
    found = site.rows(
        """select u.email from people_user u join people_membership m on m.user_id = u.id
        where m.role = 'counsellor' and m.organisation_id not in (
            select organisation_id from people_membership m join people_user u on u.id = m.user_id
            where u.name = ?) order by u.id desc""",
        name,
    )
    return str(found[0][0])


def test_reception_opens_a_file_for_a_person_without_an_address(opened: Open, site: Site) -> None:
    page = opened("reception", scripts=False)
    page.get_by_role("link", name="Ouvrir un dossier pour une personne").click()
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    page.get_by_label("Prénom et nom").fill("Honorine Vasseur-Lô")
    page.get_by_role("radio", name="À l’accueil").check()
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Honorine Vasseur-Lô")
    found = site.rows("select email, phone, channel from people_user where name = 'Honorine Vasseur-Lô'")
    assert found == [(None, None, "counter")]


@pytest.mark.again
def test_the_head_has_all_lists_made_anew_and_reads_how_feeds_came(opened: Open) -> None:
    page = opened("head")
    page.get_by_role("link", name="Les flux d’offres").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Offres venues d’ailleurs")
    page.goto("/lists/")
    runs = page.get_by_role("row", name="Tout le monde")
    before = runs.count()
    page.get_by_role("button", name="Refaire toutes les listes").click()
    expect(runs).to_have_count(before + 1)
    # Said by the page itself, without a reload: it asks again while a run is in progress.
    expect(page.get_by_role("main")).to_contain_text("toutes les listes sont à jour", timeout=60_000)


@pytest.mark.again
def test_the_data_protection_officer_reads_who_did_what_but_no_profile(opened: Open) -> None:
    page = opened("protection")
    page.get_by_role("link", name="Ouvrir le journal").click()
    expect(page.get_by_role("main")).to_contain_text("La chaîne est entière")
    page.get_by_label("Ce qui a été fait").select_option("signed-in")
    page.get_by_role("button", name="Chercher").click()
    lines = page.get_by_role("table").get_by_role("row")
    assert lines.count() > 1
    assert "lecture" not in page.get_by_role("table").inner_text()
    assert page.request.get("/people/").status == 404


@pytest.mark.again
def test_a_helper_reads_her_people_within_their_mandates_and_nothing_else(opened: Open) -> None:
    page = opened("helper")
    for private in ("/people/", "/openings/", "/profile/", "/people/1/", "/people/1/openings/", "/journal/"):
        assert page.request.get(private).status == 404, private
    hers = page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link").last
    name = hers.inner_text()
    hers.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("link", name="Écrire au conseiller et lui répondre").click()
    expect(page.get_by_text("Vous agissez pour")).to_contain_text(name)
