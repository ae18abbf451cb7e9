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
