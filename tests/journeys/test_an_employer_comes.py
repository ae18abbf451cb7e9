"""An employer whom nobody knows comes, is checked by the agency, sees a first candidate; a false one is stopped."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Open
from tests.journeys.site import Site, waited

pytestmark = pytest.mark.journey

NAME, ADDRESS, SIRET = "Les Vergers du Rhône", "louise@vergers.example", "443 061 841 00047"
AD = """Les Vergers du Rhône, à Valence (26), cherchent une vendeuse ou un vendeur en CDI.
35 h par semaine, 13 € de l’heure. Débutant accepté."""

SHORTEST_NAME = 6


def identities(site: Site) -> list[str]:
    """Every jobseeker's name, e-mail and phone in the database, as they may be written."""
    found = site.rows(
        """select name, coalesce(email, ''), coalesce(phone, '') from people_user
        where id in (select user_id from jobseekers_jobseeker)"""
    )
    phones = [phone for _, _, phone in found if phone]
    spaced = [" ".join(re.findall("..", phone.replace("+33", "0"))) for phone in phones]
    families = [name.split(" ", 1)[1] for name, _, _ in found if len(name.split(" ", 1)[-1]) >= SHORTEST_NAME]
    return sorted({one for row in found for one in row if one} | set(spaced) | set(families))


def told(html: str, secrets: list[str]) -> list[str]:
    """Return what of the secrets a page tells."""
    return [secret for secret in secrets if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", html)]


def candidates(page: Page, number: str) -> int:
    page.goto(f"/vacancies/{number}/candidates/")
    return page.locator("main .card h2").count()


def test_from_nothing_to_a_first_candidate(opened: Open, site: Site) -> None:
    louise = opened()
    louise.get_by_role("link", name="J’emploie").first.click()
    louise.get_by_role("link", name="Demander un compte").click()
    louise.get_by_label("Nom de l’employeur").fill(NAME)
    louise.get_by_label("SIRET de l’établissement").fill("443 061 841 00048")
    louise.get_by_label("Votre nom").fill("Louise Vidal")
    louise.get_by_label("Votre e-mail ou votre numéro de mobile").fill(ADDRESS)
    louise.get_by_role("button", name="Continuer").click()
    expect(louise.get_by_role("alert")).to_contain_text("faute de frappe")
    louise.get_by_label("SIRET de l’établissement").fill(SIRET)
    louise.get_by_role("button", name="Continuer").click()
    louise.get_by_label("Le code que vous avez reçu").fill(site.mailbox.code_sent_to(ADDRESS))
    louise.get_by_role("button", name="Continuer").click()
    louise.get_by_role("button", name="Envoyer ma demande").click()
    expect(louise.get_by_role("main")).to_contain_text("Votre demande est bien arrivée.")

    # The counsellor finds the request, writes down a call to a number that he found, and opens the account.
    bruno = opened("counsellor")
    bruno.goto("/employers/desk/")
    bruno.get_by_role("link", name=NAME).click()
    bruno.get_by_label("Quel numéro avez-vous appelé ?").fill("04 75 11 22 33")
    bruno.get_by_label("Où avez-vous trouvé ce numéro ?").select_option("directory")
    bruno.get_by_label("À qui avez-vous parlé ?").fill("M. Vidal, gérant")
    bruno.get_by_text("Oui : cette personne").check()
    bruno.get_by_role("button", name="Garder cette vérification").click()
    bruno.get_by_role("button", name="Ouvrir le compte").click()
    expect(bruno.get_by_role("main")).to_contain_text("Le compte est ouvert")

    louise.goto("/home/")
    louise.get_by_role("link", name="Écrire une offre").click()
    louise.get_by_role("link", name="Coller un texte que vous avez déjà").click()
    louise.get_by_label("Texte de l’offre").fill(AD)
    louise.get_by_role("button", name="Voir ce qui a été compris").click()
    number = re.findall(r"\d+", louise.url)[-1]
    louise.goto(f"/vacancies/{number}/check/")
    louise.get_by_role("button", name="Publier cette offre").click()
    waited(lambda: candidates(louise, number), 40, f"nobody was found for the vacancy:\n{site.log()}")
    assert told(louise.content(), identities(site)) == []
    taken_down(bruno, opened("jobseeker"), louise, number)


def taken_down(bruno: Page, olena: Page, louise: Page, number: str) -> None:
    """A person has answered; the employer turns out false: its ad is gone, it is out, and she reads why."""
    olena.goto(f"/jobs/{number}/apply/")
    olena.get_by_role("button", name="Envoyer ma réponse").click()
    answered = olena.url
    bruno.goto("/employers/desk/?state=open")
    bruno.get_by_role("link", name=NAME).click()
    bruno.locator("summary", has_text="Retirer").click()
    form = bruno.locator("form:has(button.danger)")
    because(form, "money")
    form.locator("button.danger").click()
    assert louise.request.get(f"/jobs/{number}/").status in {404, 410}
    louise.goto("/vacancies/")
    expect(louise.get_by_role("button", name="M’envoyer un code")).to_be_visible()
    olena.goto(answered)
    expect(olena.get_by_role("main")).to_contain_text("coordonnées bancaires")


def because(form: Locator, reason: str) -> None:
    """Give a reason, whether it is chosen in a list or among choices, and words where they are asked."""
    if form.locator("select").count():
        form.locator("select").select_option(reason)
    else:
        form.locator(f"[type=radio][value={reason}]").check()
    if (words := form.locator("textarea, input[type=text]")).count():
        words.first.fill("Une candidate nous a appelés.")
