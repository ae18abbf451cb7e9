"""Each role's home shows what is hers, and no more."""

import datetime as dt
import re
import traceback
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.caseload import Introduced, Person
from tests.personas import Town
from visavis.common import clock
from visavis.employers.models import Account
from visavis.introductions.enums import Side
from visavis.introductions.waiting import titled
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.matches import services
from visavis.matches.making import ranking
from visavis.people.models import Membership
from visavis.vacancies import reporting
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def home(town: Town, persona: str) -> str:
    response = town.client(persona).get(reverse("portal:home"))
    assert response.status_code == 200
    return response.content.decode()


def test_reception_and_head_see_their_own_agency_and_an_employer_her_own_vacancies_and_with_whom(
    town: Town, introduced: Introduced
) -> None:
    factories.VacancyFactory(employer=town.other_employer, title="Fromager")
    for persona in ("rosa", "hugo"):
        page = home(town, persona)
        assert town.agency.name in page and town.other_agency.name not in page
    assert ["Fromager" in home(town, persona) for persona in ("chloe", "emile")] == [False, True]
    # Of an opinion an employer learns what the page says that is kept.
    ranking.rank_everybody()
    services.say(jobseeker=town.jobseeker, vacancy=town.vacancy, kind="interested", by=town.people["amelie"])
    said = town.client("visitor").get(reverse("portal:privacy"), headers={"accept-language": "en"})
    assert "An employer learns only that somebody is interested, without a name." in said.content.decode()
    candidates = town.client("chloe").get(reverse("matches:candidates", args=[town.vacancy.pk]))
    page, name = candidates.content.decode(), town.people["amelie"].name
    assert "Cette offre l’intéresse" in page and name not in page
    row = introduced(town.jobseeker, state="put")
    assert name not in titled(row, Side.EMPLOYER)
    row.state, row.employer_yes_at = "agreed", clock.now()
    assert titled(row, Side.EMPLOYER) == f"{town.vacancy.title} · {name}"
    assert titled(row, Side.JOBSEEKER) == town.vacancy.title


def test_a_counsellor_reads_what_his_people_said_and_what_cannot_wait_and_of_nobody_elses(
    town: Town, person: Person, introduced: Introduced
) -> None:
    services.say(jobseeker=town.jobseeker, vacancy=town.vacancy, kind="interested", by=town.people["amelie"])
    for by, name in (("bruno", "Zita"), ("dario", "Basile")):
        introduced(person(name, by=by), answer_by=clock.today())
    client = town.client("bruno")
    answer = client.get(reverse("portal:home"))
    page = answer.content.decode()
    assert "Zita" in page and "Amélie" in page and reverse("portal:desk") + "?show=last-day" in page
    assert "Basile" not in page
    assert "Amélie" not in home(town, "dario")
    # Of the filters those that hold somebody.
    shown = answer.context["sections"][0].context["filters"]
    assert shown[0]["url"] == reverse("portal:desk")
    assert all(one["count"] for one in shown[1:])
    assert len(client.get(reverse("portal:desk")).context["filters"]) > len(shown) > 1
    # She sees her openings, and her counsellor until he leaves.
    ranking.rank_everybody()
    hers = home(town, "amelie")
    assert town.vacancy.title in hers and "Bruno" in hers
    town.people["bruno"].memberships.all().delete()
    assert "Bruno" not in home(town, "amelie")


def test_what_waits_for_her_has_a_heading_though_it_is_about_no_opening_and_she_no_longer_looks(
    town: Town, introduced: Introduced
) -> None:
    bruno, her, day = town.people["bruno"], town.people["amelie"], clock.now() + dt.timedelta(days=2)
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(is_looking=False)
    written = mailboxes.Written(body="Bonjour.", voice=Voice.OURS, author=bruno)
    mailboxes.begin(person=her, subject="Votre rendez-vous", written=written, by=bruno)
    meeting = {"meeting_at": day, "meeting_place": "phone", "meeting_by": "employer"}
    introduced(town.jobseeker, state="interview", **meeting)
    page = home(town, "amelie")
    assert "Vous ne cherchez pas de travail en ce moment." in page
    assert "Aucune offre pour l’instant" not in page
    assert "1 message à lire" in page
    assert not re.findall(r"<h3><a [^>]*>\s*</a></h3>", page)
    assert f'datetime="{timezone.localtime(day).isoformat()}"' in page


def test_a_home_asks_nothing_that_is_not_written_once(town: Town) -> None:
    """To build a question anew takes longer than to answer it, and a home asks up to forty (`bench/pages.py`)."""
    anew = []

    def seen(execute: Any, sql: str, *rest: Any) -> Any:
        asked = any(frame.filename.endswith("common/prepared.py") for frame in traceback.extract_stack())
        if not asked and sql.startswith("SELECT ") and " FROM " in sql:
            anew.append(sql)
        return execute(sql, *rest)

    for persona in ("amelie", "bruno", "chloe", "rosa", "hugo"):
        home(town, persona)
        client = town.client(persona)
        with connection.execute_wrapper(seen):
            assert client.get(reverse("portal:home")).status_code == 200
        assert anew == [], persona


def behind(town: Town, words: str) -> tuple[int, Any]:
    """Return a count of the head's home, and what the list behind it shows."""
    page = home(town, "hugo")
    found = re.search(rf'<dt>{words}</dt><dd><a[^>]* href="([^"]+)">\s*(\d+) ', page)
    assert found, page
    return int(found[2]), town.client("hugo").get(found[1]).context


def test_people_with_a_file_and_open_vacancies_count_what_the_lists_behind_show(town: Town) -> None:
    """Also who is over, who has no counsellor, and whom the head follows elsewhere; nobody else of another agency."""
    hugo, bruno, elsewhere = town.people["hugo"], town.people["bruno"], town.other_agency

    def filed(agency: Any, counsellor: Any) -> None:
        user = factories.UserFactory(role="jobseeker")
        factories.JobseekerFactory(user=user, agency=agency, counsellor=counsellor)

    for agency, counsellor in ((town.agency, None), (town.agency, bruno), (elsewhere, None), (None, None)):
        filed(agency, counsellor)
    counted, listed = behind(town, "Personnes avec un dossier")
    assert listed["page_obj"].paginator.count == counted == len(listed["rows"])
    assert counted == Jobseeker.objects.filter(agency=town.agency).count() > 2
    assert Entry.objects.filter(actor_id=hugo.pk, thing="people").count() == 1
    Membership.objects.create(user=hugo, organisation=elsewhere.organisation, role="counsellor")
    filed(elsewhere, hugo)
    more, listed = behind(town, "Personnes avec un dossier")
    assert listed["page_obj"].paginator.count == more == len(listed["rows"]) > counted
    # No draft, no hidden one, none that is over, and a job of two sources once.
    yesterday = clock.today() - dt.timedelta(days=1)
    first = factories.VacancyFactory(title="Première")
    for of_it in ({"state": "draft"}, {"state": "hidden"}, {"closes_on": yesterday}, {"same_as": first}):
        factories.VacancyFactory(**of_it)
    counted, listed = behind(town, "Offres ouvertes")
    assert listed["found"].total == counted == Vacancy.objects.open().count() > 1


def test_each_line_of_a_counsellor_that_counts_says_how_many_its_list_shows(town: Town) -> None:
    for number, siret in enumerate(["73282932000074", "55208131766522", "35600000000048"]):
        Account.objects.create(name=f"Maison {number}", siret=siret, origin="employer", state="asked")
    for number in range(2):
        ad = factories.VacancyFactory(employer=town.employer, title=f"Annonce {number}")
        for _time in range(number + 1):
            reporting.report(vacancy=ad, why="money")
    page, client = home(town, "bruno"), town.client("bruno")
    for words, name, mark in (
        (r"(\d+) employeurs demandent", "employers:desk", "<tr data-visavis-row"),
        (r"(\d+) annonces sont signalées", "vacancies:reports", "<article"),
    ):
        [number] = re.findall(words, page)
        assert f'href="{reverse(name)}"' in page
        assert int(number) == client.get(reverse(name)).content.decode().count(mark) > 1
