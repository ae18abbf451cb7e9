"""An employer's ways: five questions or a pasted text, then people without their names."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.common.examples import first_of
from tests.journeys.conftest import Open
from tests.journeys.site import Site, waited

pytestmark = pytest.mark.journey

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


@pytest.mark.again
@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_she_writes_a_vacancy_in_five_questions_and_sees_people_without_names(
    scripts: bool, opened: Open, site: Site
) -> None:
    page = opened("employer", scripts=scripts)
    page.get_by_role("link", name="Écrire une offre").click()
    page.get_by_role("button", name="Répondre à cinq questions").click()
    number = re.findall(r"\d+", page.url)[-1]
    field(page, "Intitulé de l’offre").fill("Aide à domicile")
    save(page)
    expect(page.get_by_role("radio", name="Assistance auprès d’adultes")).to_be_visible()
    page.get_by_role("radio", name="Assistance auprès d’adultes").check()
    save(page)
    field(page, "Commune ou code postal").fill("Valence")
    page.get_by_label("Heures par semaine, au moins").fill("35")
    save(page)
    page.get_by_role("radio", name="Contrat à durée indéterminée (CDI)").check()
    page.get_by_label("Salaire brut en euros, de").fill("13,50")
    page.get_by_label("Ce salaire est").select_option(label="par heure")
    save(page)
    page.get_by_label("Quelle expérience ?").select_option("12")
    save(page)
    page.get_by_label("Description").fill("Aider chez elles des personnes âgées : repas, courses, ménage.")
    save(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    for answer in ("Aide à domicile", "Valence", "13,50", "CDI", "1 an", "personnes âgées"):
        expect(page.get_by_role("main")).to_contain_text(answer)
    page.get_by_role("button", name="Publier cette offre").click()
    expect(page.get_by_role("main")).to_contain_text("est publiée")

    waited(lambda: candidates(page, number), 40, f"nobody was found for the vacancy:\n{site.log()}")
    assert told(page.content(), identities(site)) == []


def candidates(page: Page, number: str) -> int:
    page.goto(f"/vacancies/{number}/candidates/")
    return page.locator("main .card h2").count()


def field(page: Page, label: str) -> Locator:
    """Return a field, not the list that its label also names."""
    return page.get_by_label(label).and_(page.locator("input"))


def save(page: Page) -> None:
    # Who stays in a field has what it proposes below it, maybe over the button; who leaves it has not.
    page.get_by_role("button", name="Enregistrer et continuer").focus()
    page.get_by_role("button", name="Enregistrer et continuer").click()
