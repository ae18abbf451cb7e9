"""What changes is ranked at once; both sides are laid out once a process and follow the rows."""

import datetime as dt
from functools import partial
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.management.commands import db_worker
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.common.listeners import Listeners
from visavis.jobseekers import services as jobseekers
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG
from visavis.matches.bridge import in_memory, market
from visavis.matches.making import freshness, ranking, runs, tasks
from visavis.matches.models import Match, Run
from visavis.operations.management.commands.work import worker_of
from visavis.vacancies import changes
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def test_nothing_is_laid_out_again_when_nothing_changed_and_beside_when_a_process_begins_to_serve(
    baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = in_memory.WORK.ready()
    with CaptureQueriesContext(connection) as asked:
        assert in_memory.WORK.ready() is ready
    assert len(asked) <= 4
    done: list[object] = []
    monkeypatch.setattr(in_memory.InMemory, "serves_pages", False)
    monkeypatch.setattr(in_memory, "beside", done.append)
    in_memory.serve()
    assert done == [in_memory.WORK.renew] and in_memory.WORK.serves_pages


@pytest.fixture
def _serves_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A web worker in which nobody has laid anything out yet; what would be done beside is left undone."""
    monkeypatch.setattr(in_memory.InMemory, "serves_pages", True)
    monkeypatch.setattr(in_memory, "WAIT_S", 0)
    monkeypatch.setattr(in_memory, "beside", lambda work: None)


@pytest.mark.usefixtures("_serves_pages")
def test_a_process_that_serves_pages_asks_a_worker_and_reads_few_changed_rows_and_never_all(
    baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Made anew, what she put aside would stand last, and not be shown when she takes that back.
    freshness.answered(baker.pk)
    assert not Run.objects.exists()
    freshness.jobseeker_changed(baker.pk)
    freshness.answered(baker.pk)
    assert [run.jobseeker for run in Run.objects.all()] == [baker]
    with pytest.raises(in_memory.NotLaidOut):
        in_memory.WORK.at_hand()
    in_memory.WORK.renew()
    freshness.jobseeker_changed(baker.pk)
    assert Match.objects.for_jobseeker(baker).exists() and Run.objects.count() == 1
    monkeypatch.setattr(in_memory, "MOST_AT_ONCE", 2)
    in_memory.WORK.renew()
    new = [factories.VacancyFactory().pk for _number in range(2)]
    assert in_memory.WORK.ready().ids.tolist() == [bakery.pk, *new]
    for _number in range(3):
        factories.VacancyFactory()
    for _time in range(2):
        with pytest.raises(in_memory.NotLaidOut):
            in_memory.WORK.ready()
    assert in_memory.WORK.at_hand().ids.tolist() == [bakery.pk, *new]


PAGES = (
    ("amelie", "/openings/"),
    ("amelie", "/openings/more/"),
    ("bruno", "/desk/"),
    ("bruno", "/desk/people/{person}/"),
    ("bruno", "/desk/people/{person}/vacancies/{vacancy}/"),
    ("bruno", "/desk/people/{person}/compare/?a={vacancy}&b={other}"),
    ("chloe", "/vacancies/{vacancy}/candidates/"),
)


@pytest.mark.usefixtures("_serves_pages")
def test_no_request_lays_a_market_out(
    town: Town,
    baker: Jobseeker,
    bakery: Vacancy,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    other = factories.VacancyFactory(employer=town.employer)
    in_memory.WORK.renew()
    now = {"title": "Pâtissière", "changed_at": clock.now(), "version": other.version + 1}
    Vacancy.objects.filter(pk=other.pk).update(**now)
    numbers = {"person": baker.pk, "vacancy": bakery.pk, "other": other.pk}
    with patch.object(market, "market_of", side_effect=AssertionError("a request lays a market out")):
        for who, page in PAGES:
            assert town.client(who).get(page.format(**numbers)).status_code == 200, page
        with django_capture_on_commit_callbacks(execute=True):
            fields = {"unit": "km", "distance": "90", "transport": "car"}
            town.client("amelie").post("/profile/reach/", fields)
    assert Match.objects.for_jobseeker(baker).exists() and not Run.objects.exists()


def test_what_changes_does_not_wait_until_everybodys_lists_are_made(
    baker: Jobseeker, bakery: Vacancy, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The transaction of a test is kept open between two jobs.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    settings.TASKS = {"default": settings.TASKS["default"] | {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    everybody, one = runs.ask_for_everybody(), runs.ask_for_vacancy(bakery.pk)
    for run in (everybody, one):
        tasks.start(run.pk)
    worker_of(tasks.CHANGES, batch=True).run()
    everybody.refresh_from_db(), one.refresh_from_db()
    assert (everybody.state, one.state) == (Run.State.DUE, Run.State.DONE)
    assert Match.objects.for_vacancy(bakery).filter(jobseeker=baker).exists()


def test_a_failure_keeps_the_answer_and_it_or_a_vacancys_change_asks_a_worker(
    baker: Jobseeker,
    bakery: Vacancy,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with patch.object(freshness.ranking, "rank_jobseekers", side_effect=MemoryError):
        freshness.jobseeker_changed(baker.pk)
    assert Run.objects.get().jobseeker == baker and "could not be made at once" in caplog.text
    started: list[int] = []
    monkeypatch.setattr(runs, "START", Listeners(started.append))
    with django_capture_on_commit_callbacks(execute=True):
        changes.AFTER_CHANGE.call(bakery.pk)
    run = Run.objects.get(vacancy=bakery)
    assert (run.vacancy, run.state, started) == (bakery, Run.State.DUE, [run.pk])


@pytest.mark.database
def test_the_pages_ask_few_questions_of_the_database(town: Town, baker: Jobseeker, bakery: Vacancy) -> None:
    for number in range(25):
        contract = "temporary" if number % 2 else "permanent"
        factories.VacancyFactory(title=f"Boulanger {number}", contract=contract)
    ranking.rank_everybody()
    client = town.client("amelie")
    for page in ("openings", "more"):
        client.get(reverse(f"matches:{page}"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"matches:{page}"))
        # One of them asks which answer of hers would tell most.
        assert len(asked) <= 14, [query["sql"][:120] for query in asked]


# Lists are made anew when something changes, by whoever changed it ------------------------------------


@pytest.mark.database
def test_an_answer_makes_her_list_anew_without_a_worker(
    town: Town, bakery: Vacancy, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    amelie, said = town.jobseeker, {"about": "boulangerie"}
    assert not Match.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        jobseekers.save_answer(jobseeker=amelie, question=BY_SLUG["about"], data=said, by=amelie.user)
    assert Match.objects.for_jobseeker(amelie).exists()
    assert not Run.objects.exists()


def test_a_vacancy_published_or_closed_changes_lists_a_feed_all_and_a_draft_none(
    town: Town,
    baker: Jobseeker,
    bakery: Vacancy,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    done, chloe = partial(django_capture_on_commit_callbacks, execute=True), town.people["chloe"]
    with done():
        vacancies.suggest_occupation(vacancy=town.draft, by=chloe)
    assert not Run.objects.exists()
    with done():
        changes.AFTER_FEED.call()
    assert Run.objects.get().scope == Run.Scope.EVERYBODY
    assert Match.objects.for_jobseeker(baker).exists()
    draft = factories.VacancyFactory(draft=True, title="Boulangère", employer=town.employer)
    with done():
        vacancies.publish(vacancy=draft, closes_on=clock.today() + dt.timedelta(days=30), by=chloe)
    assert Match.objects.for_vacancy(draft).filter(jobseeker=baker).exists()
    assert Match.objects.for_jobseeker(baker).filter(vacancy=draft).exists()
    with done():
        vacancies.close(vacancy=draft, is_filled=True, by=chloe)
    assert not Match.objects.filter(vacancy=draft).exists()
