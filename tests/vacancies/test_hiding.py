"""An ad that is hidden is nowhere, at once; whoever answered it is told, and nothing of it is lost."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import cards, hidden, services
from visavis.introductions.enums import Reason, State
from visavis.introductions.models import Introduction
from visavis.introductions.permissions import identity_is_shared
from visavis.journal.models import Entry
from visavis.matches.models import Match
from visavis.news.models import News
from visavis.vacancies import hiding
from visavis.vacancies.models import Report, Vacancy
from visavis.vacancies.services import publish

pytestmark = pytest.mark.django_db

# Where an open ad can be seen, by whom; what is hidden stands in none of these.
PLACES = [
    ("visitor", "searches:jobs", {}, "?q=boulanger"),
    ("visitor", "searches:jobs", {}, "?q=boulanger&view=map"),
    ("visitor", "vacancies:public_feed", {}, ""),
    ("visitor", "vacancies:sitemap", {}, ""),
    ("visitor", "vacancies:public", {"vacancy_id": 0}, ""),
    ("amelie", "searches:jobs", {}, "?q=boulanger"),
    ("amelie", "matches:openings", {}, ""),
    ("amelie", "matches:opening", {"vacancy_id": 0}, ""),
    ("amelie", "vacancies:page", {"vacancy_id": 0}, ""),
    ("amelie", "portal:home", {}, ""),
    ("emile", "vacancies:page", {"vacancy_id": 0}, ""),
    ("bruno", "matches:openings_of", {"jobseeker_id": 1}, ""),
]


@pytest.fixture
def baker(town: Town) -> Vacancy:
    """An open ad of Chloé's in Amélie's list, found by a word of its title."""
    Vacancy.objects.filter(pk=town.vacancy.pk).update(title="Boulanger de nuit très reconnaissable")
    town.vacancy.refresh_from_db()
    if not Match.objects.filter(jobseeker=town.jobseeker, vacancy=town.vacancy).exists():
        factories.MatchFactory(side=Match.Whose.JOBSEEKER, jobseeker=town.jobseeker, vacancy=town.vacancy)
    return town.vacancy


def take_down(town: Town, vacancy: Vacancy, capture: Any) -> None:
    with capture(execute=True):
        hiding.hide(vacancy=vacancy, why="money", words="Demande un RIB", by=town.people["bruno"])
    vacancy.refresh_from_db()


@pytest.mark.database
def test_it_stands_nowhere_any_more(
    town: Town, baker: Vacancy, django_capture_on_commit_callbacks: Any
) -> None:
    own = {"vacancy_id": baker.pk, "jobseeker_id": town.jobseeker.pk}

    def seen() -> list[tuple[int, bool]]:
        """Look at every place: its status, and whether the ad stands there."""
        found = []
        for who, name, arguments, query in PLACES:
            response = town.client(who).get(
                reverse(name, kwargs={key: own[key] for key in arguments}) + query
            )
            sign = f"/jobs/{baker.pk}/" if name == "vacancies:sitemap" else "reconnaissable"
            found.append((response.status_code, sign in response.content.decode()))
        return found

    for place, (_code, is_there) in zip(PLACES, seen(), strict=True):
        assert is_there or "view=map" in place[3], place
    take_down(town, baker, django_capture_on_commit_callbacks)
    for place, (code, is_there) in zip(PLACES, seen(), strict=True):
        assert not is_there, place
        assert "vacancy_id" not in place[2] or code in {404, 410}, place


def test_whoever_answered_it_is_told_no_name_stays_readable_and_shown_again_it_stands_again(
    town: Town, baker: Vacancy, django_capture_on_commit_callbacks: Any
) -> None:
    row = town.introduction
    services.agree(introduction=row, by=town.people["chloe"])
    take_down(town, baker, django_capture_on_commit_callbacks)
    row = Introduction.objects.get(pk=row.pk)
    assert (row.state, row.reason) == (State.WITHDRAWN, Reason.AD_HIDDEN)
    assert not identity_is_shared(row) and cards.of_person(row).identity is None
    told = set(News.objects.filter(kind="ad-hidden").values_list("user__name", "thing"))
    assert (town.people["amelie"].name, "introduction") in told
    assert (town.people["chloe"].name, "vacancy") in told
    page = town.client("amelie").get(row.url).content.decode()
    assert "ni argent ni coordonnées bancaires" in page
    with django_capture_on_commit_callbacks(execute=True):
        hiding.show_again(vacancy=baker, by=town.people["bruno"])
    assert Introduction.objects.get(pk=row.pk).state == State.AGREED
    assert Vacancy.objects.public().filter(pk=baker.pk).exists()
    assert News.objects.filter(kind="ad-shown-again", user=town.people["amelie"]).exists()
    jobs = town.client("visitor").get(reverse("searches:jobs") + "?q=boulanger")
    assert "reconnaissable" in jobs.content.decode()


@pytest.mark.database
def test_copies_are_hidden_with_it_and_a_lost_listener_made_up_for(town: Town, baker: Vacancy) -> None:
    row, copy = town.introduction, factories.VacancyFactory(same_as=baker)
    hiding.hide(vacancy=baker, why="not-a-job", by=town.people["bruno"])
    copy.refresh_from_db()
    assert copy.state == Vacancy.State.HIDDEN
    assert hidden.close_behind() == 1
    assert Introduction.objects.get(pk=row.pk).state == State.WITHDRAWN


def test_every_act_is_in_the_journal_and_stops_its_employer_meanwhile(town: Town, baker: Vacancy) -> None:
    report = Report.objects.create(vacancy=baker, why="money")
    hiding.hide(vacancy=baker, why="money", by=town.people["bruno"])
    for vacancy in (baker, town.draft):
        with pytest.raises(hiding.BeingChecked):
            publish(vacancy=vacancy, closes_on=clock.today(), by=town.people["chloe"])
    with pytest.raises(hiding.NotHidden):
        hiding.hide(vacancy=baker, why="money", by=town.people["bruno"])
    hiding.show_again(vacancy=baker, by=town.people["hugo"])
    report.refresh_from_db()
    assert report.settled_by == town.people["bruno"]
    entries = Entry.objects.filter(thing="vacancy", thing_id=str(baker.pk))
    notes = list(entries.values_list("note", "actor_id"))
    assert ("hidden:money", town.people["bruno"].pk) in notes
    assert ("shown-again", town.people["hugo"].pk) in notes
