"""The real ways in: a code by e-mail or text message, a second factor for staff, a passkey; and the way out."""

import re

import pytest
from playwright.sync_api import expect

from tests.common.examples import first_of
from tests.journeys import coming_in
from tests.journeys.conftest import Open
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def jobseeker_with_email(site: Site, number: int) -> tuple[str, str]:
    """Return the name and the e-mail of a person who has one."""
    found = site.rows(
        """select u.name, u.email from people_user u join jobseekers_jobseeker j on j.user_id = u.id
        where u.email is not null and u.language = 'fr' order by u.id limit 1 offset ?""",
        number,
    )
    return str(found[0][0]), str(found[0][1])


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_a_jobseeker_comes_in_by_a_code_and_the_way_back_shows_nothing(
    scripts: bool, opened: Open, site: Site
) -> None:
    name, email = jobseeker_with_email(site, int(scripts))
    page = opened(scripts=scripts)
    page.get_by_role("banner").get_by_role("link", name="Se connecter").click()
    coming_in.by_code(page, site, email)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert "no-store" in page.request.get("/profile/").headers["cache-control"]
    page.goto("/profile/")
    page.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Se connecter")).to_be_visible()
    page.go_back()
    assert name not in page.content()
    page.goto("/profile/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_staff_set_up_a_second_factor_before_any_page_and_give_it_the_next_time(
    opened: Open, site: Site
) -> None:
    # Whoever visits the demonstration in English leaves its counsellor English.
    ((email,),) = site.rows(
        """select u.email from people_user u join people_membership m on m.user_id = u.id
        where m.role = 'counsellor' and u.language = 'fr' order by u.id limit 1"""
    )
    page = opened()
    page.goto("/account/sign-in/")
    coming_in.by_code(page, site, email)
    for wanted in ("/home/", "/people/", "/account/"):
        page.goto(wanted)
        expect(page).to_have_url(re.compile("/account/second-factor/$"))
    coming_in.set_up_application(page)
    page.get_by_role("button", name="Montrer mes codes").click()
    recovery = page.get_by_role("main").locator("code").first.inner_text()
    page.goto("/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Les personnes que j’accompagne")

    page.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    page.goto("/account/sign-in/?next=/people/")
    coming_in.by_code(page, site, email)
    page.get_by_role("main").locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Continuer").click()
    assert page.request.get("/people/", max_redirects=0).status == 302
    page.get_by_role("main").locator("input[name=code]").fill(recovery)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les personnes que j’accompagne")


def test_an_answer_typed_when_the_session_is_lost_is_found_again_and_a_passkey_is_enough_later_on(
    opened: Open, site: Site
) -> None:
    name, email = jobseeker_with_email(site, 3)
    page = opened()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/account/sign-in/?next=/profile/about/")
    coming_in.by_code(page, site, email)
    words = "Je sais écouter, et je n’ai pas peur du froid."
    page.get_by_role("main").get_by_role("textbox").fill(words)
    # The script that keeps it comes after the page. Asked as a function: our policy forbids to read words again.
    page.wait_for_function("() => sessionStorage.getItem('visavis-drafts')?.includes('pas peur')")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    coming_in.by_code(page, site, email)
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_value(words)
    expect(page.get_by_role("main")).to_contain_text("Nous avons gardé ce que vous aviez écrit.")
    page.get_by_role("button", name="Enregistrer et voir mes réponses").click()
    expect(page.get_by_role("main")).to_contain_text(words)
    assert site.rows(
        "select about from jobseekers_jobseeker j join people_user u on u.id = user_id where u.name = ?", name
    ) == [(words,)]

    page.goto("/account/passkey/add/")
    page.get_by_role("main").get_by_role("textbox").fill("Mon téléphone")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.get_by_role("banner").get_by_role("button", name="Se déconnecter").click()
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Se connecter avec une clé").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
