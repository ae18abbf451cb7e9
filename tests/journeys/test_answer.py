"""On a phone: a stranger reads a public opening and answers it; her e-mail is read on another device."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.site import MAIL_WITHIN_S, Site, waited

pytestmark = pytest.mark.journey

PHONE = {"width": 390, "height": 844}
EMAIL = "passante@example.org"


def fits(page: Page) -> None:
    """Nothing of a page is wider than the phone."""
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways), page.url


def test_a_stranger_answers_an_opening_from_her_phone(opened: Open, site: Site) -> None:
    found = site.rows(
        """select v.id, v.title from vacancies_vacancy v join vacancies_employer e on e.id = v.employer_id
        where v.feed_id is null and v.state = 'open' and e.organisation_id is not null order by v.id limit 1"""
    )
    number, title = found[0]
    computer = opened(scripts=False)
    computer.goto(f"/jobs/{number}/")
    computer.get_by_role("link", name="Répondre à cette offre").first.click()
    expect(computer.get_by_role("main")).to_contain_text(title)
    before = len(site.mailbox.received)
    computer.get_by_label("Votre e-mail ou votre numéro de mobile").fill(EMAIL)
    computer.get_by_role("button", name="M’envoyer un code").click()
    waited(lambda: len(site.mailbox.received) > before, MAIL_WITHIN_S, "no e-mail left")
    code = site.mailbox.code_sent_to(EMAIL)

    phone = opened()
    phone.set_viewport_size(PHONE)
    body = site.mailbox.received[-1].get_payload(decode=True)
    assert isinstance(body, bytes)
    link = re.search(r"/account/code/\S+", body.decode())
    assert link
    phone.goto(link[0])
    fits(phone)
    phone.get_by_label("Le code que vous avez reçu").fill(code)
    phone.get_by_label("Votre nom, si vous n’avez pas encore de compte").fill("Passante Nouvelle")
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.get_by_role("main")).to_contain_text(title)
    fits(phone)
    if (skip := phone.get_by_role("button", name="Passer ces questions")).count():
        skip.click()
    expect(phone.get_by_role("main")).to_contain_text("Ni votre nom ni votre numéro")
    fits(phone)
    phone.get_by_role("button", name="Envoyer ma réponse").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Vous avez répondu à cette offre")
    fits(phone)
    phone.get_by_role("button", name="Reprendre ma réponse").click()
    phone.goto(f"/jobs/{number}/apply/")
    expect(phone.get_by_role("button", name="Envoyer ma réponse")).to_be_visible()
