"""Whoever said that a hidden ad interests her, or that she applied, is told as whom an introduction tells."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.introductions import services as introducing
from visavis.jobseekers.models import Jobseeker
from visavis.matches import hidden, services
from visavis.matches.models import Opinion
from visavis.news import wording
from visavis.news.models import News
from visavis.operations.management.commands.work import SWEEPS
from visavis.people.enums import Channel
from visavis.vacancies import hiding
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

WARNED = "ni argent ni coordonnées bancaires"


@pytest.fixture
def ad(town: Town) -> Vacancy:
    """A feed's ad: what is said of it is the only answer."""
    return factories.VacancyFactory(title="Préparateur à domicile")


@pytest.fixture
def hers(town: Town, ad: Vacancy) -> Opinion:
    return says(town.jobseeker, ad)


def says(person: Jobseeker, ad: Vacancy, kind: str = "interested", reason: str = "") -> Opinion:
    return services.say(jobseeker=person, vacancy=ad, kind=kind, reason=reason, by=person.user)


def hide(town: Town, ad: Vacancy) -> None:
    hiding.hide(vacancy=ad, why="money", by=town.people["bruno"])


def told(kind: str = "ad-hidden") -> list[News]:
    return list(News.objects.filter(kind=kind, thing=hidden.THING).order_by("pk"))


@pytest.mark.parametrize(("kind", "reason"), [("interested", ""), ("not_for_me", "already")])
def test_who_answered_it_is_told_once_by_her_channel_and_nobody_else(
    kind: str, reason: str, town: Town, ad: Vacancy, django_capture_on_commit_callbacks: Any
) -> None:
    for other, why in (("kept", ""), ("not_for_me", ""), ("not_for_me", "pay")):
        says(factories.JobseekerFactory(user=factories.UserFactory(role="jobseeker")), ad, other, why)
    says(town.jobseeker, ad, kind, reason)
    town.jobseeker.user.channel = Channel.PHONE
    town.jobseeker.user.save(update_fields=["channel"])
    with django_capture_on_commit_callbacks(execute=True):
        hide(town, ad)
    (row,) = told()
    hidden.vacancy_changed(ad.pk)
    assert told() == [row]
    assert (row.user, row.state, row.title) == (town.jobseeker.user, News.State.TO_TELL, ad.title)


def test_whom_an_introduction_tells_is_not_told_twice_nor_of_the_other_source(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    row = town.introduction
    for ad in (row.vacancy, factories.VacancyFactory(same_as=row.vacancy)):
        says(row.jobseeker, ad)
    with django_capture_on_commit_callbacks(execute=True):
        hide(town, row.vacancy)
    assert News.objects.filter(user=row.jobseeker.user, kind="ad-hidden").count() == 1
    assert hidden.tell_behind() == 0


@pytest.fixture
def copy(ad: Vacancy) -> Vacancy:
    """The same job as a second source brings it."""
    return factories.VacancyFactory(title="Préparatrice à domicile", same_as=ad)


@pytest.mark.database
def test_a_job_of_two_sources_is_told_once(
    town: Town, ad: Vacancy, copy: Vacancy, hers: Opinion, django_capture_on_commit_callbacks: Any
) -> None:
    """She answered both; others answered one of them: each is told once, and her home names it once."""
    says(town.jobseeker, copy)
    others = [factories.JobseekerFactory(user=factories.UserFactory(role="jobseeker")) for _ in range(2)]
    says(others[0], ad)
    says(others[1], copy)
    with django_capture_on_commit_callbacks(execute=True):
        hide(town, ad)
    assert not Vacancy.objects.filter(pk__in=[ad.pk, copy.pk]).exclude(state="hidden").exists()
    assert hidden.tell_behind() == 0
    whom = [(row.user_id, row.thing_id) for row in told()]
    assert sorted(whom) == sorted(
        [(town.jobseeker.user_id, ad.pk), (others[0].user_id, ad.pk), (others[1].user_id, copy.pk)]
    )
    assert len(hidden.taken_down(town.jobseeker)) == 1


def test_one_of_them_shown_again_does_not_tell_of_the_other(
    town: Town, ad: Vacancy, copy: Vacancy, hers: Opinion
) -> None:
    says(town.jobseeker, copy)
    hide(town, ad)
    hidden.vacancy_changed(ad.pk)
    hiding.show_again(vacancy=ad, by=town.people["bruno"])
    hidden.vacancy_changed(ad.pk)
    assert hidden.tell_behind() == 0 and not told()


def test_who_said_it_after_her_introduction_had_ended_is_told(town: Town) -> None:
    row = town.introduction
    introducing.refuse(introduction=row, reason="skills", by=town.people["chloe"])
    says(row.jobseeker, row.vacancy)
    hide(town, row.vacancy)
    assert hidden.tell_hidden(row.vacancy_id) == 1


@pytest.mark.database
def test_a_listener_that_was_lost_is_made_up_for_once_for_each_of_two_jobs(
    town: Town, ad: Vacancy, hers: Opinion
) -> None:
    other = factories.VacancyFactory(title="Autre annonce")
    says(town.jobseeker, other)
    hide(town, ad)
    hide(town, other)
    assert hidden.tell_behind in SWEEPS
    assert (hidden.tell_behind(), len(hidden.taken_down(town.jobseeker))) == (2, 2)
    assert hidden.tell_behind() == 0


def test_shown_again_what_has_not_left_is_taken_back_and_who_knows_is_told(
    town: Town, ad: Vacancy, hers: Opinion
) -> None:
    hide(town, ad)
    hidden.vacancy_changed(ad.pk)
    hiding.show_again(vacancy=ad, by=town.people["bruno"])
    hidden.vacancy_changed(ad.pk)
    assert not told() and not told("ad-shown-again")
    hide(town, ad)
    hidden.vacancy_changed(ad.pk)
    News.objects.filter(pk=told()[0].pk).update(state=News.State.SENT, told_at=hers.said_at)
    hiding.show_again(vacancy=ad, by=town.people["bruno"])
    hidden.vacancy_changed(ad.pk)
    hidden.vacancy_changed(ad.pk)
    assert len(told("ad-shown-again")) == 1
    hide(town, ad)
    assert hidden.tell_hidden(ad.pk) == 1, "hidden a second time, it is told a second time"


def test_it_is_read_on_her_home_said_aloud_and_on_paper_and_goes_with_what_she_said(
    town: Town, ad: Vacancy, hers: Opinion
) -> None:
    page, amelie = reverse("matches:opening", kwargs={"vacancy_id": ad.pk}), town.client("amelie")
    assert amelie.get(page).status_code == 200
    hide(town, ad)
    hidden.tell_hidden(ad.pk)
    (row,) = told()
    for kind in ("ad-shown-again", "ad-hidden"):
        row.kind = kind
        title, words = wording.on_paper(row)
        assert title == ad.title and words and wording.said_aloud(row)
        assert town.client("bruno").get(wording.entered_at(row)).status_code == 200
    home, there = amelie.get(reverse("portal:home")).content.decode(), amelie.get(page)
    assert ad.title in home and WARNED in home
    assert there.status_code == 410 and WARNED in there.content.decode()
    assert not hidden.over(hers.said_at).exists()
    services.unsay(jobseeker=hers.jobseeker, vacancy=ad, by=hers.jobseeker.user)
    assert list(hidden.over(hers.said_at)) == told()
    assert amelie.get(page).status_code == 404
    assert WARNED not in amelie.get(reverse("portal:home")).content.decode()
