"""Lists are made anew when something changes, by whoever changed it."""

import datetime as dt

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers import services as jobseekers
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.matches.models import Match, Run
from visavis.vacancies import changes
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
Capture = DjangoCaptureOnCommitCallbacks


def run_all(capture: Capture, act: object) -> None:
    """Do something, then all that waits for its commit: the lists are made, or a run is asked and done."""
    with capture(execute=True):
        act()  # type: ignore[operator]


@pytest.mark.database
def test_an_answer_makes_her_list_anew_without_a_worker(
    town: Town, bakery: Vacancy, django_capture_on_commit_callbacks: Capture
) -> None:
    amelie = town.jobseeker
    assert not Match.objects.exists()
    question = BY_SLUG["about"]
    run_all(
        django_capture_on_commit_callbacks,
        lambda: jobseekers.save_answer(
            jobseeker=amelie, question=question, data={"about": "boulangerie"}, by=amelie.user
        ),
    )
    assert Match.objects.for_jobseeker(amelie).exists()
    assert not Run.objects.exists()


def test_publishing_a_vacancy_makes_its_list_and_closing_it_takes_it_out_of_every_list(
    town: Town, baker: Jobseeker, django_capture_on_commit_callbacks: Capture, bakery: Vacancy
) -> None:
    draft = factories.VacancyFactory(draft=True, title="Boulangère", employer=town.employer)
    closes_on = clock.today() + dt.timedelta(days=30)
    chloe = town.people["chloe"]
    run_all(
        django_capture_on_commit_callbacks,
        lambda: vacancies.publish(vacancy=draft, closes_on=closes_on, by=chloe),
    )
    assert Match.objects.for_vacancy(draft).filter(jobseeker=baker).exists()
    assert Match.objects.for_jobseeker(baker).filter(vacancy=draft).exists()
    run_all(
        django_capture_on_commit_callbacks,
        lambda: vacancies.close(vacancy=draft, is_filled=True, by=chloe),
    )
    assert not Match.objects.filter(vacancy=draft).exists()


def test_a_draft_makes_no_run_and_a_feed_that_changed_something_has_every_list_made(
    town: Town, django_capture_on_commit_callbacks: Capture, baker: Jobseeker, bakery: Vacancy
) -> None:
    run_all(
        django_capture_on_commit_callbacks,
        lambda: vacancies.suggest_occupation(vacancy=town.draft, by=town.people["chloe"]),
    )
    assert not Run.objects.exists()
    run_all(django_capture_on_commit_callbacks, changes.AFTER_FEED.call)
    assert Run.objects.get().scope == Run.Scope.EVERYBODY
    assert Match.objects.for_jobseeker(baker).exists()
