"""Three people write, are answered and write again: by text message, by e-mail, and on paper; one letterbox has all."""

import datetime as dt
import json
import re
import shutil
import urllib.request
from collections.abc import Iterator
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import coming_in
from tests.journeys.conftest import opening
from tests.journeys.site import MAIL_WITHIN_S, Site, filled_once, running, waited
from tests.mailboxes import imap
from tests.mailboxes.letters import OURS, mail

pytestmark = pytest.mark.journey
NUMBER, EMAIL = "+33612345671", "emma.villeret@example.org"
WEEK = dt.timedelta(days=7)


@pytest.fixture(scope="module")
def mailbox() -> Iterator[imap.Dovecot]:
    with imap.running() as dovecot:
        yield dovecot


@pytest.fixture(scope="module")
def written_to(
    mailbox: imap.Dovecot, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Site]:
    """A site to which one can write by text message and by e-mail."""
    own = tmp_path_factory.getbasetemp()
    var = own / "letterbox"
    shutil.copytree(filled_once(own if worker_id == "master" else own.parent), var)
    doors = {
        "SMS_GATEWAY": "visavis.people.sms.ConsoleGateway",
        "SMS_IN_TOKEN": "geheim",
        "VISAVIS_MAIL_IN": OURS,
        "IMAP_HOST": "127.0.0.1",
        "IMAP_PORT": str(mailbox.port),
        "IMAP_TLS": "plain",
        "IMAP_USER": imap.USER,
        "IMAP_PASSWORD": imap.PASSWORD,
    }
    with running(var, doors, sweep_every=1) as site:
        yield site


@pytest.fixture
def counsellor(chromium: Browser, written_to: Site) -> Iterator[Page]:
    with opening(chromium, written_to) as opened:
        yield opened("counsellor")


def file_for(page: Page, name: str, channel: str, **contact: str) -> None:
    """The counsellor opens a file for somebody he follows."""
    page.goto("/people/new/")
    page.get_by_label("Prénom et nom").fill(name)
    for label, value in contact.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("radio", name=channel).check()
    page.get_by_label("Conseillère ou conseiller").select_option(label=his_name(page))
    page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def his_name(page: Page) -> str:
    """Return the counsellor's name, as the choice has it: he is the one chosen when the form comes."""
    chosen = page.get_by_label("Conseillère ou conseiller").locator("option:checked")
    return chosen.inner_text()


def is_waiting(page: Page, name: str) -> None:
    """Wait until somebody's message stands in the letterbox."""

    def stands() -> bool:
        page.goto("/letterbox/")
        return page.get_by_role("row", name=name).count() == 1

    waited(stands, MAIL_WITHIN_S, f"nothing of {name} came")


def answered_in_three_keys(page: Page, name: str, said: str, words: str) -> None:
    """From the list to the field in three keys; what she wrote is read on the way."""
    is_waiting(page, name)
    # The keys come after the page: the page says so where they are.
    expect(page.locator("[data-visavis-keys-said]")).to_be_visible()
    rows = page.locator("[data-visavis-row]")
    place = next(n for n in range(rows.count()) if name in rows.nth(n).inner_text())
    # Others may wait above her.
    for _above in range(place):
        page.keyboard.press("j")
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


def text_in(site: Site, key: str, words: str) -> None:
    """Hand a text message in, as the provider does."""
    asked = urllib.request.Request(
        f"{site.url}/sms/in/",
        json.dumps({"id": key, "from": NUMBER, "text": words}).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer geheim"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert answer.status == 202


def texted(site: Site) -> list[str]:
    return re.findall(rf"SMS to {re.escape(NUMBER)}: (.*)", site.log())


@pytest.mark.again
def test_who_has_a_phone_for_text_messages_only(counsellor: Page, written_to: Site) -> None:
    file_for(counsellor, "Sami Belkacem", "SMS", Téléphone="06 12 34 56 71")
    text_in(written_to, "1", "Bonjour, je peux venir mardi ?")
    answered_in_three_keys(counsellor, "Sami Belkacem", "je peux venir mardi", "Oui, à dix heures.")
    told = waited(lambda: texted(written_to), MAIL_WITHIN_S, "no text message left")
    assert len(told[-1]) <= 160 and "dix heures" not in told[-1]
    text_in(written_to, "2", "Merci, à mardi.")
    answered_in_three_keys(counsellor, "Sami Belkacem", "Merci, à mardi.", "À mardi.")


def test_who_has_an_e_mail_only(counsellor: Page, written_to: Site, mailbox: imap.Dovecot) -> None:
    file_for(counsellor, "Emma Villeret", "Le site et l’e-mail", **{"E-mail": EMAIL})
    mailbox.deliver(mail("Bonjour, faut-il apporter mon CV ?", sender=EMAIL, subject="Mon CV"))
    answered_in_three_keys(counsellor, "Emma Villeret", "faut-il apporter mon CV", "Oui, sur papier.")
    sent = waited(
        lambda: [one for one in written_to.mailbox.received if EMAIL in str(one["To"])],
        MAIL_WITHIN_S, "no e-mail left",
    )  # fmt: skip
    assert "sur papier" not in str(sent[-1])
    thread = parseaddr(str(sent[-1]["Reply-To"]))[1]
    assert thread != OURS
    mailbox.deliver(mail("D’accord, merci.", sender=EMAIL, to=thread, subject="Re: Mon CV"))
    answered_in_three_keys(counsellor, "Emma Villeret", "D’accord, merci.", "À bientôt.")


@pytest.mark.again
def test_who_has_neither_and_a_colleague_takes_over_in_one_act(
    counsellor: Page, chromium: Browser, written_to: Site
) -> None:
    page = counsellor
    file_for(page, "Henri Lanvin", "Courrier", **{"Adresse postale": "4 rue Haute\n26000 Valence"})
    with opening(chromium, written_to) as opened:
        reception = opened("reception")
        reception.goto(page.url)
        reception.get_by_role("link", name="Noter ce que dit la personne").click()
        reception.get_by_role("radio", name="Par une lettre").check()
        reception.get_by_label("De quoi s’agit-il").fill("Sa lettre")
        reception.get_by_label("Ce qui a été dit").fill("Je voudrais un rendez-vous le matin.")
        reception.get_by_role("button", name="Mettre dans la boîte aux lettres").click()
        answered_in_three_keys(page, "Henri Lanvin", "rendez-vous le matin", "Lundi à neuf heures.")
        reception.goto("/post/")
        with reception.expect_download() as letters:
            reception.get_by_role("button", name="Faire les lettres").click()
            reception.get_by_role("link", name=re.compile("PDF|Imprimer")).first.click()
        assert letters.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_text("Terminer, remettre à plus tard, confier").click()
    colleague = page.get_by_label("Confier à").locator("option").last.inner_text()
    page.get_by_label("Confier à").select_option(label=colleague)
    page.get_by_role("button", name="Confier").click()
    expect(page.get_by_role("main")).to_contain_text(colleague)


@pytest.mark.again
def test_a_counsellor_on_leave_misses_nothing(
    counsellor: Page, chromium: Browser, written_to: Site, mailbox: imap.Dovecot
) -> None:
    page, address = counsellor, "nora.ferrand@example.org"
    file_for(page, "Nora Ferrand", "Le site et l’e-mail", **{"E-mail": address})
    page.goto("/people/new/")
    his = his_name(page)
    with opening(chromium, written_to) as opened:
        other = away_for_a_week(opened("head"), his)
        mailbox.deliver(mail("Je suis malade, je ne viendrai pas.", sender=address, subject="Jeudi"))
        hers = opened()
        hers.goto("/account/sign-in/")
        coming_in.by_code(hers, written_to, email_of(written_to, other))
        coming_in.set_up_application(hers)
        # Nobody told her of this thread: who stands in has it.
        answered_in_three_keys(hers, "Nora Ferrand", "je ne viendrai pas", "Soignez-vous bien.")
    # And he reads, when he is back, what was said without him.
    page.goto("/letterbox/?box=all")
    page.get_by_role("searchbox").fill("ferrand")
    page.get_by_role("search").get_by_role("button").click()
    page.get_by_role("row", name="Nora Ferrand").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("je ne viendrai pas")
    expect(page.get_by_role("main")).to_contain_text("Soignez-vous bien.")


def away_for_a_week(page: Page, name: str) -> str:
    """The head notes that somebody is away from today on; return who stands in."""
    page.goto("/agencies/")
    page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first.click()
    page.get_by_role("link", name="L’équipe").click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="Noter une absence").click()
    today = dt.datetime.now(tz=ZoneInfo("Europe/Paris")).date()
    page.get_by_label("Premier jour d’absence").fill(f"{today:%Y-%m-%d}")
    page.get_by_label("Dernier jour d’absence").fill(f"{today + WEEK:%Y-%m-%d}")
    stands_in = page.get_by_label(re.compile("Qui remplace"))
    other = stands_in.locator("option").last.inner_text()
    stands_in.select_option(label=other)
    page.get_by_role("button", name="Noter l’absence").click()
    expect(page.get_by_role("main")).to_contain_text(other)
    return other


def email_of(site: Site, name: str) -> str:
    return str(site.rows("select email from people_user where name = ?", name)[0][0])
