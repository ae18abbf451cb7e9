"""Runs are asked once, done once, and never forgotten."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.personas import Town
from visavis.common import clock, keeping
from visavis.common.listeners import Listeners
from visavis.matches.bridge import serving
from visavis.matches.making import ranking, runs, tasks
from visavis.matches.models import Match, Run

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def swept() -> int:
    """Sweep when no night run is due, and start nothing."""
    with patch.object(runs, "START", Listeners()), patch.object(runs, "night_run_is_due", return_value=False):
        return runs.sweep()


def test_a_run_is_asked_once_and_done_once_and_one_that_fails_keeps_yesterdays_lists(town: Town) -> None:
    first = runs.ask_for_jobseeker(town.jobseeker.pk)
    assert runs.ask_for_jobseeker(town.jobseeker.pk) == first
    run = runs.ask_for_everybody()
    runs.work_on(run.pk)
    with patch.object(ranking, "rank_everybody") as again:
        runs.work_on(run.pk)
    again.assert_not_called()
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    assert run.done == run.total > 0
    kept = Match.objects.count()
    run = runs.ask_for_everybody()
    with patch.object(serving, "night", side_effect=MemoryError), pytest.raises(MemoryError):
        runs.work_on(run.pk)
    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert Match.objects.count() == kept > 0


def test_a_second_run_due_for_the_same_is_refused_and_the_page_says_how_lists_are_spread(town: Town) -> None:
    about: list[dict[str, object]] = [{}, {"jobseeker": town.jobseeker}, {"vacancy": town.vacancy}]
    for scope, whose in zip(("everybody", "jobseeker", "vacancy"), about, strict=True):
        Run.objects.create(scope=scope, **whose)
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.create(scope=scope, **whose)
    client = town.client("hugo")
    assert "servies ensemble" not in client.get("/lists/").content.decode()
    ranking.rank_everybody()
    assert "Réparties à 100\xa0%" in client.get("/lists/").content.decode()
    ranking.rank_everybody(strength=0.0)
    assert "Non réparties" in client.get("/lists/").content.decode()


def test_a_run_whose_worker_died_is_started_again_and_one_that_still_moves_is_left_alone(town: Town) -> None:
    run = runs.ask_for_everybody()
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.RUNNING, started_at=clock.now() - dt.timedelta(hours=2)
    )
    started: list[int] = []
    with patch.object(runs, "START", Listeners(started.append)):
        runs.sweep()
    assert started == [run.pk]
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING, moved_at=clock.now())
    assert swept() == 0
    run.refresh_from_db()
    assert run.state == Run.State.RUNNING


def test_the_night_run_is_asked_once_a_night_even_when_clocks_go_forward(time_machine: object) -> None:
    time_machine.move_to("2026-11-25T01:30:00+00:00", tick=False)  # type: ignore[attr-defined]
    assert not runs.night_run_is_due()
    time_machine.move_to("2026-11-25T02:10:00+00:00", tick=False)  # type: ignore[attr-defined]
    assert runs.night_run_is_due()
    runs.sweep()
    assert not runs.night_run_is_due()
    assert Run.objects.filter(scope=Run.Scope.EVERYBODY).count() == 1
    time_machine.move_to("2027-03-28T01:05:00+00:00", tick=False)  # type: ignore[attr-defined]
    runs.sweep()
    time_machine.move_to("2027-03-28T09:00:00+00:00", tick=False)  # type: ignore[attr-defined]
    runs.sweep()
    assert Run.objects.filter(scope=Run.Scope.EVERYBODY).count() == 2


def test_a_failed_night_is_tried_again_the_same_night_but_not_for_ever(time_machine: object) -> None:
    asked = []
    for minute in range(0, 60, 5):
        time_machine.move_to(f"2026-11-25T02:{minute:02}:00+00:00", tick=False)  # type: ignore[attr-defined]
        with patch.object(runs, "START", Listeners()):
            runs.sweep()
        due = Run.objects.filter(state=Run.State.DUE)
        asked += [minute] * due.update(state=Run.State.FAILED, ended_at=clock.now())
    assert asked == [0, 10, 20]


def test_a_run_that_kills_its_workers_is_given_up(town: Town) -> None:
    run = runs.ask_for_jobseeker(town.jobseeker.pk)
    long_ago = clock.now() - dt.timedelta(hours=2)
    for _try in range(runs.MOST_TRIES):
        Run.objects.filter(pk=run.pk).update(
            state=Run.State.RUNNING, started_at=long_ago, tries=F("tries") + 1
        )
        swept()
    run.refresh_from_db()
    assert run.state == Run.State.FAILED and run.ended_at


def test_a_run_that_waits_is_handed_to_a_worker_once_and_forgotten_after_a_week(
    town: Town, settings: Settings
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "changes"]}
    }
    for number in (7, 8, 7):
        tasks.start(number)
    assert DBTaskResult.objects.count() == 2
    for row, days in zip(DBTaskResult.objects.all(), (8, 6), strict=True):
        ended = {"status": "SUCCESSFUL", "finished_at": clock.now() - dt.timedelta(days=days)}
        DBTaskResult.objects.filter(pk=row.pk).update(**ended)
    tasks.start(9)
    assert keeping.forget()["tasks"] == 1
    assert DBTaskResult.objects.count() == 2
