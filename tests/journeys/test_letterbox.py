"""Somebody writes an e-mail, is answered from the letterbox and writes again."""

import shutil
from email.utils import parseaddr

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import opening
from tests.journeys.site import filled_once, running
from tests.mailboxes import imap
from tests.mailboxes.letters import OURS, mail
from tests.waiting import until

pytestmark = pytest.mark.journey


NAME, EMAIL = "Emma Villeret", "emma.villeret@example.org"
WORKER = {
    "VISAVIS_MAIL_IN": OURS,
    "IMAP_HOST": "127.0.0.1",
    "IMAP_TLS": "plain",
    "IMAP_USER": imap.USER,
    "IMAP_PASSWORD": imap.PASSWORD,
}


def is_waiting(page: Page) -> bool:
    """Say whether her message stands in the letterbox."""
    page.goto("/letterbox/")
    return page.get_by_role("row", name=NAME).count() == 1


def answered_in_three_keys(page: Page, said: str, words: str) -> None:
    """From the list to the field in three keys; what she wrote is read on the way."""
    until(lambda: is_waiting(page), f"nothing of {NAME} came")
    # The keys come after the page: the page says so where they are.
    expect(page.locator("[data-visavis-keys-said]")).to_be_visible()
    rows = page.locator("[data-visavis-row]").all_inner_texts()
    # Others may wait above her.
    for _row in range(1 + next(place for place, row in enumerate(rows) if NAME in row)):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(said)
    field = page.get_by_label("Votre message")
    expect(field).to_have_attribute("aria-keyshortcuts", "r")
    page.keyboard.press("r")
    expect(field).to_be_focused()
    page.keyboard.type(words)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("main")).to_contain_text(words)


def test_who_has_an_e_mail_only(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> None:
    own = tmp_path_factory.getbasetemp()
    var = own / "letterbox"
    shutil.copytree(filled_once(own if worker_id == "master" else own.parent), var)
    with (
        imap.running() as mailbox,
        running(var, WORKER | {"IMAP_PORT": str(mailbox.port)}, sweep_every=1) as site,
        opening(chromium, site) as opened,
    ):
        page = opened("counsellor")
        page.goto("/people/new/")
        page.get_by_label("Prénom et nom").fill(NAME)
        page.get_by_label("E-mail", exact=True).fill(EMAIL)
        page.get_by_role("radio", name="Le site et l’e-mail").check()
        chosen = page.get_by_label("Conseillère ou conseiller")
        chosen.select_option(label=chosen.locator("option:checked").inner_text())
        page.get_by_role("button", name="Ouvrir le dossier").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
        mailbox.deliver(mail("Bonjour, faut-il apporter mon CV ?", sender=EMAIL, subject="Mon CV"))
        answered_in_three_keys(page, "faut-il apporter mon CV", "Oui, sur papier.")
        sent = until(
            lambda: [one for one in site.mailbox.received if EMAIL in str(one["To"])], "no e-mail left"
        )[-1]
        assert "sur papier" not in str(sent)
        thread = parseaddr(str(sent["Reply-To"]))[1]
        assert thread != OURS
        mailbox.deliver(mail("D’accord, merci.", sender=EMAIL, to=thread, subject="Re: Mon CV"))
        answered_in_three_keys(page, "D’accord, merci.", "À bientôt.")
