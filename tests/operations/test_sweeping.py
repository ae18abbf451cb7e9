"""The sweeps of `visavis work`: one that fails is told, is seen by the head, and holds up none behind it."""

import logging
from collections.abc import Callable
from types import SimpleNamespace

import psycopg
import pytest
from django.db import OperationalError

from visavis.common import clock
from visavis.matches.making.tasks import work_on_run
from visavis.news.services import send_news
from visavis.operations import connections
from visavis.operations.health import machine
from visavis.operations.management.commands import work
from visavis.operations.models import SWEEP_FAILED, Beat
from visavis.scans.working import work_on
from visavis.vacancies.fetching import fetch_address

pytestmark = pytest.mark.django_db


def raising(error: Exception) -> Callable[[], None]:
    def sweep() -> None:
        raise error

    return sweep


def busy() -> Exception:
    error = OperationalError("busy")
    error.__cause__ = psycopg.errors.LockNotAvailable()
    return error


@pytest.mark.parametrize("error", [ValueError(), KeyError("x"), busy()], ids=lambda one: type(one).__name__)
def test_one_that_fails_holds_up_none_behind_it(error: Exception) -> None:
    done: list[str] = []
    work.sweep_all([lambda: done.append("first"), raising(error), lambda: done.append("behind")])
    assert done == ["first", "behind"]


@pytest.mark.parametrize("failing", [0, len(work.SWEEPS) - 1])
def test_whichever_of_them_fails_the_worker_is_seen_at_work(
    failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    sweeps = [lambda place=place: done.append(place) for place in range(len(work.SWEEPS))]
    sweeps[failing] = raising(ValueError())
    work.sweep_all([*sweeps, work.seen])
    assert done == [place for place in range(len(work.SWEEPS)) if place != failing]
    assert machine.last("worker") is not None


def test_the_log_says_which_failed_and_the_head_that_one_did(caplog: pytest.LogCaptureFixture) -> None:
    work.seen()
    assert machine.worker().level == "well"
    with caplog.at_level(logging.ERROR):
        assert work.sweep_all([raising(ValueError())]) is False
    assert f"the sweep of {__name__}" in caplog.text
    assert machine.worker().level == "look"
    Beat.objects.filter(part=SWEEP_FAILED).update(at=clock.now() - machine.WORKER.look)
    assert machine.worker().level == "well", "it went well since"


def test_a_database_that_lets_nobody_in_ends_the_round_and_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(work, "connection", SimpleNamespace(connection=None))
    assert work.sweep_all([raising(busy()), lambda: asked.append("behind")]) is True
    assert not asked and machine.last(SWEEP_FAILED) is None


def test_who_waits_for_a_mail_server_or_a_program_waits_alone() -> None:
    """Red: a mailbox that hangs would keep what has come already from being filed."""
    alone = {some[0] for _every_s, some in work.sweeps(60) if len(some) == 1}
    assert alone == {
        work.fetching.fetch,
        work.filing.file_what_waits,
        work.outgoing.sweep,
        work.sending.send_due,
        work.working.sweep,
        work.taking.look_into_folder,
    }
    # Both read words, which nobody waits for: one after the other.
    reading = (work.words.read_what_waits, work.pages.read_what_waits)
    assert [some for _every_s, some in work.sweeps(60) if set(reading) & set(some)] == [reading]


def test_each_thread_of_the_worker_is_counted_with_its_connection() -> None:
    lays_out = 1
    assert len(work.QUEUES) + len(work.sweeps(60)) + lays_out == connections.OF_WORKER


def test_what_takes_long_in_one_queue_holds_up_no_other() -> None:
    """A source that never ends, a scan that is drawn: messages and lists leave meanwhile."""
    queues = [one.queue_name for one in (work_on_run, fetch_address, send_news, work_on)]
    assert len(set(queues)) == len(queues) and {*queues} < set(work.QUEUES)
    assert len(set(work.QUEUES)) == len(work.QUEUES)
