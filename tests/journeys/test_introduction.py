"""From interest to a hire, a kind no, and a proposal that nobody answered: both sides in their browsers."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.common.examples import first_of
from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.test_an_employer_comes import identities, told
from visavis.agencies.holidays import is_holiday

pytestmark = pytest.mark.journey


OPEN_TO_HER = """
    select v.id from vacancies_vacancy v join vacancies_employer e on e.id = v.employer_id
    where v.state = 'open' and (v.closes_on is null or v.closes_on >= date('now')) and v.same_as_id is null
      and e.organisation_id is not null
      and v.id not in (select i.vacancy_id from introductions_introduction i
        join jobseekers_jobseeker j on j.id = i.jobseeker_id join people_user u on u.id = j.user_id
        where u.email = 'jobseeker@visavis.example')
      and (select count(*) from introductions_introduction i where i.vacancy_id = v.id and i.state = 'put') < 4
      and {} (select 1 from people_membership m join people_user u on u.id = m.user_id
        where m.organisation_id = e.organisation_id and u.email = 'employer@visavis.example')
    order by v.id"""
# A quantum is five minutes, counted since 1970.
HERS_THAT_DAY = """
    select 1 from appointments_quantum q join people_user u on u.id = q.person_id
    where u.email = 'jobseeker@visavis.example' and date(q.at * 300, 'unixepoch') = '{}'"""


def opening(site: Site, whose: str) -> int:
    """Return an open vacancy that she has not asked for: the employer's (`exists`) or not (`not exists`)."""
    return int(site.rows(OPEN_TO_HER.format(whose))[0][0])


def want(page: Page, vacancy: int) -> str:
    """Ask to be introduced; return the address of the introduction."""
    page.goto(f"/openings/{vacancy}/")
    page.get_by_role("button", name="Me mettre en relation").click()
    expect(page.get_by_role("main")).to_contain_text("Votre fiche est chez l’employeur, sans votre nom.")
    return page.url


def press(page: Page, address: str, name: str, then: str) -> None:
    """Open an introduction, press a button, and read what follows."""
    page.goto(address)
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("main")).to_contain_text(then)


def unfold(page: Page, name: str) -> Locator:
    """Return what is folded, opened unless it is open already."""
    folded = page.locator("details", has=page.locator("summary", has_text=name))
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    return folded


def say_no(page: Page, address: str, name: str, reason: str) -> None:
    page.goto(address)
    within = unfold(page, name)
    within.get_by_role("radio", name=reason).check()
    within.get_by_role("button", name=name).click()
    expect(page.get_by_role("status").first).to_be_visible()


@pytest.mark.parametrize("scripts", first_of([True, False]))
def test_from_interest_to_a_hire(scripts: bool, opened: Open, site: Site) -> None:
    her, his = opened("jobseeker", scripts=scripts), opened("employer", scripts=scripts)
    elsewhere = want(her, opening(site, "not exists"))
    vacancy = opening(site, "exists")
    one = want(her, vacancy)
    number = re.findall(r"\d+", one)[-1]
    expect(her.get_by_role("main")).to_contain_text(f"Personne n° {number}")

    his.goto(f"/vacancies/{vacancy}/introductions/")
    his.get_by_role("link", name=f"Personne n° {number}").first.click()
    assert told(his.content(), identities(site)) == []

    say_no(his, one, "Non, je ne donne pas suite", "Le niveau de langue ne suffit pas")
    her.goto(one)
    expect(her.get_by_role("main")).to_contain_text(
        "L’employeur a besoin d’un meilleur niveau dans une langue."
    )
    assert "Le niveau de langue ne suffit pas" not in her.content()
    his.get_by_role("button", name="Annuler ma dernière réponse").click()

    press(his, one, "Oui, je veux rencontrer cette personne", "Vous avez tous les deux dit oui.")
    assert told(his.content(), identities(site)) != []
    form = unfold(his, "Proposer un rendez-vous")
    soon = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=2)
    while soon.weekday() > 4 or is_holiday(soon.date()) or site.rows(HERS_THAT_DAY.format(soon.date())):
        soon += dt.timedelta(days=1)
    # Early, and at an hour of its own: the demonstration's people meet later on.
    form.get_by_label("Quel jour, à quelle heure ?").fill(soon.strftime(f"%Y-%m-%dT0{7 + scripts}:05"))
    form.get_by_role("radio", name="Par téléphone").check(force=True)
    form.get_by_label("Quel numéro appeler").fill("04 65 71 00 09")
    form.get_by_role("button", name="Proposer un rendez-vous").click()
    press(her, one, "Prendre ce rendez-vous", "Vous avez un rendez-vous.")

    his.goto(one)
    expect(his.get_by_role("main")).to_contain_text("Vous avez un rendez-vous.")
    form = unfold(his, "Il y a une embauche")
    form.get_by_role("radio", name="Contrat à durée indéterminée (CDI)").check(force=True)
    form.get_by_label("Premier jour de travail").fill(soon.strftime("%Y-%m-%d"))
    form.get_by_role("button", name="Il y a une embauche").click()

    her.goto(one)
    expect(her.get_by_role("main")).to_contain_text("L’employeur dit que vous êtes embauché ou embauchée.")
    press(her, one, "Oui, l’embauche est exacte", "Vous avez le poste.")
    her.goto(elsewhere)
    expect(her.get_by_role("main")).to_contain_text("C’est fermé.")

    # Everything may be taken back for a day, and what the hire closed opens again.
    press(her, one, "Annuler ma dernière réponse", "L’employeur dit que vous êtes embauché ou embauchée.")
    her.goto(elsewhere)
    expect(her.get_by_role("main")).to_contain_text("Votre fiche est chez l’employeur, sans votre nom.")
    say_no(her, one, "Cela n’aboutit pas à une embauche", "C’était une erreur")
