"""From interest to a hire, a kind no, and a proposal that nobody answered: both sides in their browsers."""

import datetime as dt
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.common.examples import first_of
from tests.journeys.conftest import Open
from tests.journeys.site import Site, environment_of
from tests.journeys.test_employer import identities, told
from visavis.agencies.holidays import is_holiday

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Words:
    """What the two read on the way."""

    want: str
    with_employer: str
    person: str
    no: str
    language_level: str
    kind_no: str
    undo: str
    yes: str
    both_yes: str
    propose_time: str
    when: str
    by_phone: str
    number: str
    take_time: str
    time_agreed: str
    there_is_a_hire: str
    permanent: str
    first_day: str
    declared: str
    confirm: str
    hired: str
    closed: str
    not_a_hire: str
    mistake: str


FRENCH = Words(
    "Me mettre en relation",
    "Votre fiche est chez l’employeur, sans votre nom.",
    "Personne n°",
    "Non, je ne donne pas suite",
    "Le niveau de langue ne suffit pas",
    "L’employeur a besoin d’un meilleur niveau dans une langue.",
    "Annuler ma dernière réponse",
    "Oui, je veux rencontrer cette personne",
    "Vous avez tous les deux dit oui.",
    "Proposer un rendez-vous",
    "Quel jour, à quelle heure ?",
    "Par téléphone",
    "Quel numéro appeler",
    "Prendre ce rendez-vous",
    "Vous avez un rendez-vous.",
    "Il y a une embauche",
    "Contrat à durée indéterminée (CDI)",
    "Premier jour de travail",
    "L’employeur dit que vous êtes embauché ou embauchée.",
    "Oui, l’embauche est exacte",
    "Vous avez le poste.",
    "C’est fermé.",
    "Cela n’aboutit pas à une embauche",
    "C’était une erreur",
)
ENGLISH = Words(
    "Introduce me",
    "Your card is with the employer, without your name.",
    "Person no.",
    "No, I do not go on",
    "The language level is not enough",
    "The employer needs a higher level in a language.",
    "Take my last answer back",
    "Yes, I want to meet this person",
    "You have both said yes.",
    "Propose a time to meet",
    "Which day, at what time?",
    "By phone",
    "Which number to call",
    "Take this time",
    "You have a time to meet.",
    "There is a hire",
    "Permanent contract",
    "First day of work",
    "The employer says that you are hired.",
    "Yes, the hire is so",
    "You are hired.",
    "It is closed.",
    "It does not lead to a hire",
    "It was a mistake",
)
WAYS = {"French": (FRENCH, "fr", True), "English without JavaScript": (ENGLISH, "en", False)}

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


def vacancy_of_the_employer(site: Site) -> int:
    """Return an open vacancy of the demonstration's employer that she has not asked for."""
    return int(site.rows(OPEN_TO_HER.format("exists"))[0][0])


def vacancy_elsewhere(site: Site) -> int:
    return int(site.rows(OPEN_TO_HER.format("not exists"))[0][0])


def want(page: Page, vacancy: int, words: Words) -> str:
    """Ask to be introduced; return the address of the introduction."""
    page.goto(f"/openings/{vacancy}/")
    page.get_by_role("button", name=words.want).click()
    expect(page.get_by_role("main")).to_contain_text(words.with_employer)
    return page.url


def press(page: Page, address: str, name: str, then: str) -> None:
    """Open an introduction, press a button, and read what follows."""
    page.goto(address)
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("main")).to_contain_text(then)


def unfold(page: Page, name: str) -> None:
    """Open what is folded, unless it is open already."""
    folded = page.locator("details", has=page.locator("summary", has_text=name))
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()


def say_no(page: Page, address: str, name: str, reason: str) -> None:
    page.goto(address)
    unfold(page, name)
    within = page.locator("details", has=page.locator("summary", has_text=name))
    within.get_by_role("radio", name=reason).check()
    within.get_by_role("button", name=name).click()
    expect(page.get_by_role("status").first).to_be_visible()


@pytest.mark.parametrize("way", first_of(WAYS))
def test_from_interest_to_a_hire(way: str, opened: Open, site: Site) -> None:
    words, language, scripts = WAYS[way]
    her = opened("jobseeker", language=language, scripts=scripts)
    his = opened("employer", language=language, scripts=scripts)
    elsewhere = want(her, vacancy_elsewhere(site), words)
    vacancy = vacancy_of_the_employer(site)
    one = want(her, vacancy, words)
    number = re.findall(r"\d+", one)[-1]
    expect(her.get_by_role("main")).to_contain_text(f"{words.person} {number}")

    his.goto(f"/vacancies/{vacancy}/introductions/")
    his.get_by_role("link", name=f"{words.person} {number}").first.click()
    assert told(his.content(), identities(site)) == []

    say_no(his, one, words.no, words.language_level)
    her.goto(one)
    expect(her.get_by_role("main")).to_contain_text(words.kind_no)
    assert words.language_level not in her.content()
    his.get_by_role("button", name=words.undo).click()

    press(his, one, words.yes, words.both_yes)
    assert told(his.content(), identities(site)) != []
    unfold(his, words.propose_time)
    form = his.locator("details", has=his.locator("summary", has_text=words.propose_time))
    soon = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=2)
    while soon.weekday() > 4 or is_holiday(soon.date()):
        soon += dt.timedelta(days=1)
    form.get_by_label(words.when).fill(soon.strftime("%Y-%m-%dT10:30"))
    form.get_by_role("radio", name=words.by_phone).check(force=True)
    form.get_by_label(words.number).fill("04 65 71 00 09")
    form.get_by_role("button", name=words.propose_time).click()
    press(her, one, words.take_time, words.time_agreed)

    his.goto(one)
    expect(his.get_by_role("main")).to_contain_text(words.time_agreed)
    unfold(his, words.there_is_a_hire)
    form = his.locator("details", has=his.locator("summary", has_text=words.there_is_a_hire))
    form.get_by_role("radio", name=words.permanent).check(force=True)
    form.get_by_label(words.first_day).fill(soon.strftime("%Y-%m-%d"))
    form.get_by_role("button", name=words.there_is_a_hire).click()

    her.goto(one)
    expect(her.get_by_role("main")).to_contain_text(words.declared)
    press(her, one, words.confirm, words.hired)
    her.goto(elsewhere)
    expect(her.get_by_role("main")).to_contain_text(words.closed)

    # Everything may be taken back for a day, and what the hire closed opens again.
    press(her, one, words.undo, words.declared)
    her.goto(elsewhere)
    expect(her.get_by_role("main")).to_contain_text(words.with_employer)
    say_no(her, one, words.not_a_hire, words.mistake)


PROPOSE = """
import datetime as dt
from visavis.common import clock
from visavis.introductions import services
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy
her = Jobseeker.objects.get(user__email="jobseeker@visavis.example")
Introduction.objects.filter(jobseeker=her, state="proposed").update(answer_by=clock.today() + dt.timedelta(days=9))
vacancy = Vacancy.objects.get(pk={vacancy})
row = services.propose(jobseeker=her, vacancy=vacancy, by=her.counsellor)
Introduction.objects.filter(pk=row.pk).update(answer_by=clock.today() - dt.timedelta(days=1))
print(row.pk)
"""
EXPIRE = "from visavis.introductions import flow; flow.expire()"


def at_the_site(site: Site, code: str) -> str:
    """Do something that only time or a counsellor would do."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "shell", "--no-imports", "--verbosity", "0", "-c", code],
        env=environment_of(site, 1),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.again
def test_a_proposal_that_nobody_answered_ends(opened: Open, site: Site) -> None:
    number = at_the_site(site, PROPOSE.format(vacancy=vacancy_elsewhere(site))).split()[-1]
    page = opened("jobseeker", scripts=False)
    page.goto(f"/introductions/{number}/")
    yes = page.get_by_role("button", name="Oui, je veux continuer")
    if yes.count():
        yes.click()
        # The site's own task may end it between the page and the answer: then she reads that it has ended.
        late = re.compile("Le dernier jour pour répondre est passé|Cela s’est terminé sans réponse")
        expect(page.get_by_role("main")).to_contain_text(late)
    at_the_site(site, EXPIRE)
    page.goto("/introductions/")
    ended = page.locator("li", has=page.locator(f'a[href="/introductions/{number}/"]'))
    expect(ended).to_contain_text("Cela s’est terminé sans réponse.")
    page.goto(f"/introductions/{number}/")
    expect(page.get_by_role("main")).to_contain_text("Personne n’a répondu à temps.")
