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
from tests.personas import Town
from visavis.common import clock
from visavis.employers.models import Account
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
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

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def home(town: Town, persona: str, query: str = "") -> str:
    response = town.client(persona).get(reverse("portal:home") + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("persona", ["rosa", "hugo"])
def test_reception_and_head_see_their_own_agency_only(town: Town, persona: str) -> None:
    page = home(town, persona)
    assert town.agency.name in page
    assert town.other_agency.name not in page


def test_a_jobseeker_sees_her_openings_and_her_counsellor(town: Town) -> None:
    ranking.rank_everybody()
    page = home(town, "amelie")
    assert town.vacancy.title in page and "Bruno" in page


def test_a_counsellor_who_left_is_no_longer_announced(town: Town) -> None:
    town.people["bruno"].memberships.all().delete()
    assert "Bruno" not in home(town, "amelie")


def test_the_home_of_a_counsellor_shows_the_filters_that_hold_somebody(town: Town) -> None:
    client = town.client("bruno")
    shown = client.get(reverse("portal:home")).context["sections"][0].context["filters"]
    assert shown[0]["url"] == reverse("portal:desk")
    assert all(one["count"] for one in shown[1:])
    assert len(client.get(reverse("portal:desk")).context["filters"]) > len(shown) > 1


def test_a_counsellor_sees_what_his_people_said_and_nobody_elses(town: Town) -> None:
    services.say(jobseeker=town.jobseeker, vacancy=town.vacancy, kind="interested", by=town.people["amelie"])
    assert "Amélie" in home(town, "bruno")
    assert "Amélie" not in home(town, "dario")


def test_a_counsellor_reads_first_what_cannot_wait_for_his_people_only(town: Town) -> None:
    for counsellor, agency, name in (
        (town.people["bruno"], town.agency, "Zita"),
        (town.people["dario"], town.other_agency, "Basile"),
    ):
        user = factories.UserFactory(name=name, role="jobseeker")
        person = factories.JobseekerFactory(user=user, agency=agency, counsellor=counsellor)
        Introduction.objects.create(
            jobseeker=person,
            vacancy=town.vacancy,
            origin="counsellor",
            state="proposed",
            answer_by=clock.today(),
        )
    page = home(town, "bruno")
    assert "Zita" in page and reverse("portal:desk") + "?show=last-day" in page
    assert "Basile" not in page


def test_an_employer_sees_her_own_vacancies_only(town: Town) -> None:
    factories.VacancyFactory(employer=town.other_employer, title="Fromager")
    assert "Fromager" not in home(town, "chloe")
    assert "Fromager" in home(town, "emile")


def test_an_employer_reads_with_whom_each_thing_waits(town: Town) -> None:
    yes = {"jobseeker_yes_at": clock.now(), "put_at": clock.now()}
    row = Introduction.objects.create(
        jobseeker=town.jobseeker, vacancy=town.vacancy, origin="jobseeker", state="put", **yes
    )
    name = town.people["amelie"].name
    assert name not in titled(row, Side.EMPLOYER)
    row.state, row.employer_yes_at = "agreed", clock.now()
    assert titled(row, Side.EMPLOYER) == f"{town.vacancy.title} · {name}"
    assert titled(row, Side.JOBSEEKER) == town.vacancy.title


def test_a_visitor_finds_the_door(town: Town) -> None:
    page = town.client("visitor").get("/", headers={"accept-language": "en"}).content.decode()
    assert "You are expected here." in page and town.agency.address in page


def test_who_no_longer_looks_reads_so_instead_of_an_empty_list(town: Town) -> None:
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(is_looking=False)
    page = town.client("amelie").get(reverse("portal:home")).content.decode()
    assert "Vous ne cherchez pas de travail en ce moment." in page
    assert "Aucune offre pour l’instant" not in page


def test_what_waits_for_her_has_a_heading_though_it_is_about_no_opening(town: Town) -> None:
    bruno, her = town.people["bruno"], town.people["amelie"]
    written = mailboxes.Written(body="Bonjour.", voice=Voice.OURS, author=bruno)
    mailboxes.begin(person=her, subject="Votre rendez-vous", written=written, by=bruno)
    page = home(town, "amelie")
    assert "1 message à lire" in page
    assert not re.findall(r"<h3><a [^>]*>\s*</a></h3>", page)


def test_her_next_meeting_is_on_her_home_page(town: Town) -> None:
    day = clock.now() + dt.timedelta(days=2)
    Introduction.objects.create(
        jobseeker=town.jobseeker,
        vacancy=town.vacancy,
        origin="jobseeker",
        state="interview",
        meeting_at=day,
        meeting_place="phone",
        meeting_by="employer",
        jobseeker_yes_at=clock.now(),
        employer_yes_at=clock.now(),
    )
    page = town.client("amelie").get(reverse("portal:home")).content.decode()
    assert f'datetime="{timezone.localtime(day).isoformat()}"' in page


@pytest.mark.parametrize("persona", ["amelie", "bruno", "chloe", "rosa", "hugo"])
def test_a_home_asks_nothing_that_is_not_written_once(town: Town, persona: str) -> None:
    """To build a question anew takes longer than to answer it, and a home asks up to forty (`bench/pages.py`)."""
    home(town, persona)
    anew = []

    def seen(execute: Any, sql: str, *rest: Any) -> Any:
        asked = any(frame.filename.endswith("common/prepared.py") for frame in traceback.extract_stack())
        if not asked and sql.startswith("SELECT ") and " FROM " in sql:
            anew.append(sql)
        return execute(sql, *rest)

    client = town.client(persona)
    with connection.execute_wrapper(seen):
        assert client.get(reverse("portal:home")).status_code == 200
    assert anew == []


def behind(town: Town, words: str) -> tuple[int, str]:
    """Return a count of the head's home and where it leads."""
    page = home(town, "hugo")
    found = re.search(rf'<dt>{words}</dt><dd><a[^>]* href="([^"]+)">\s*(\d+) ', page)
    assert found, page
    return int(found[2]), found[1]


def test_people_with_a_file_count_what_the_list_behind_shows(town: Town) -> None:
    """Also who is over, who has no counsellor, and nobody of another agency or of none."""
    for agency, more in (
        (town.agency, {}),
        (town.agency, {"counsellor": town.people["bruno"]}),
        (town.other_agency, {}),
        (None, {}),
    ):
        factories.JobseekerFactory(
            user=factories.UserFactory(role="jobseeker"), agency=agency, **{"counsellor": None, **more}
        )
    counted, url = behind(town, "Personnes avec un dossier")
    before = Entry.objects.filter(actor_id=town.people["hugo"].pk, thing="people").count()
    listed = town.client("hugo").get(url)
    assert listed.context["page_obj"].paginator.count == counted == len(listed.context["rows"])
    assert counted == Jobseeker.objects.filter(agency=town.agency).count() > 2
    assert Entry.objects.filter(actor_id=town.people["hugo"].pk, thing="people").count() == before + 1


def test_whom_a_head_acts_for_elsewhere_is_counted_as_she_is_listed(town: Town) -> None:
    """A head who follows people himself, as a substitute or by a mandate, has them in his list: and counted."""
    other = town.other_agency.organisation
    Membership.objects.create(user=town.people["hugo"], organisation=other, role="counsellor")
    factories.JobseekerFactory(
        user=factories.UserFactory(role="jobseeker"), agency=town.other_agency, counsellor=town.people["hugo"]
    )
    counted, url = behind(town, "Personnes avec un dossier")
    listed = town.client("hugo").get(url)
    assert listed.context["page_obj"].paginator.count == counted == len(listed.context["rows"])


def test_open_vacancies_count_what_the_list_behind_shows(town: Town) -> None:
    """No draft, no hidden one, none that is over, and a job of two sources once."""
    yesterday = clock.today() - dt.timedelta(days=1)
    first = factories.VacancyFactory(title="Première")
    for more in ({"state": "draft"}, {"state": "hidden"}, {"closes_on": yesterday}, {"same_as": first}):
        factories.VacancyFactory(**more)
    counted, url = behind(town, "Offres ouvertes")
    listed = town.client("hugo").get(url)
    assert listed.context["found"].total == counted == Vacancy.objects.open().count() > 1


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
