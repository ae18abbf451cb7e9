"""kill -9 of each part in turn, under load: nothing confirmed is lost, nothing is done twice.

In `make test` three rounds on PostgreSQL and three on SQLite; before that forty come at once, and the database is away
for five seconds; what a dead worker had claimed is counted and not awaited. In `make faults` twenty-five rounds and
three thousand messages on each, two hundred at once, thirty seconds and five minutes. Both once without what protects
it, where each count must show.
"""

import datetime as dt
import math
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.common.at_once import IS_FULL
from tests.faults.acts import Crowd
from tests.faults.counts import Counts, counted, settled
from tests.faults.parts import PostgreSQL, Sqlite, wait
from tests.faults.service import Service, running
from tests.waiting import until
from visavis.operations import connections

pytestmark = pytest.mark.journey
ROUNDS, SENDS = (25, 3_000) if IS_FULL else (3, 15)
# Where little is asked the site is one process, as it is without a store that several share.
PROCESSES = connections.WORKERS if IS_FULL else 1
TOGETHER = 200 if IS_FULL else 40
AWAY_S = (30, 300) if IS_FULL else (5,)
HELD = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'visavis site'"

type Victims = dict[str, tuple[Callable[[], object], Callable[[], object]]]


def victims(service: Service) -> Victims:
    """Return how each part dies, and what brings it back: the master of the site, or the unit (Restart=always)."""
    database = service.database
    found: Victims = {
        "mail": (lambda: service.kill("mail"), service.start_mail),
        "worker": (lambda: service.kill("worker"), service.start_worker),
        "store": (service.store.kill, service.store.start),
        "web": (service.kill_one_process, service.wait_for_web),
    }
    if isinstance(database, PostgreSQL):
        return found | {"database": (database.kill, database.start)}
    # A file dies with whoever writes it: all of the site at once.
    return found | {"web": (lambda: service.kill("web"), service.start_web)}


def killed(service: Service, sessions: list[str]) -> tuple[Crowd, Counts]:
    """Kill each part in turn under load, round after round, and count: so many codes and messages in all."""
    parts = victims(service)
    after_each = math.ceil(SENDS / (ROUNDS * len(parts)))
    with Crowd(service, sessions) as crowd:
        crowd.more(1, "nobody was answered")
        for number in range(ROUNDS):
            for name, (kill, revive) in parts.items():
                kill()
                since = dt.datetime.now(dt.UTC)
                revive()
                crowd.more(after_each, f"round {number}: nobody was answered after {name} was killed")
        crowd.stop()
        return crowd, settled(crowd, since, waits=IS_FULL)


def judge(crowd: Crowd, found: Counts, kills: int) -> None:
    assert (found.lost, found.doubled) == (0, 0) and len(crowd.written) >= SENDS
    # One message is in the hands of each of the worker's two senders when it, its database or the mail server dies.
    assert found.unknown + found.waiting <= 2 * kills
    assert {one for one in crowd.answers if one[0].isdigit()} <= {"200", "302", "503"}, crowd.service.errors()


def said(crowd: Crowd, found: Counts) -> str:
    return f"{ROUNDS} rounds, {len(crowd.written)} messages: {found}; {dict(crowd.answers)}"


def tell(capsys: pytest.CaptureFixture[str], words: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, list[str]]]:
    service = Service(tmp_path_factory.mktemp("service"), PostgreSQL())
    with running(service) as sessions:
        yield service, sessions


def left(site: Service) -> bool:
    return bool(site.database.rows("SELECT id FROM people_outgoing WHERE claimed_at IS NULL"))


@pytest.mark.again
def test_many_at_once_are_answered_and_the_database_has_room_for_others(
    on_postgresql: tuple[Service, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that documentation gives: everybody waits a little, and who is sent away is told when to come back."""
    site, _sessions = on_postgresql
    most = 0
    with ThreadPoolExecutor(TOGETHER) as people:
        asked = [people.submit(site.get, "/jobs/") for _one in range(TOGETHER)]

        def are_answered() -> bool:
            nonlocal most
            most = max(most, int(str(site.database.rows(HELD)[0][0])))
            return all(one.done() for one in asked)

        until(are_answered, "somebody is not answered", within_s=600)
    answers = [one.result() for one in asked]
    told = Counter(one.status for one in answers)
    tell(capsys, f"{TOGETHER} at once: {dict(told)}, {most} connections at most")
    assert set(told) <= {200, 503} and told[200] >= TOGETHER // 2
    assert all(one.headers["Retry-After"] for one in answers if one.status == 503)
    assert 0 < most <= connections.workers(site.environment) * connections.of_process(site.environment)


@pytest.mark.again
@pytest.mark.parametrize("away_s", AWAY_S)
def test_while_the_database_is_away_pages_say_so_and_then_all_goes_on(
    on_postgresql: tuple[Service, list[str]], away_s: int, capsys: pytest.CaptureFixture[str]
) -> None:
    site, sessions = on_postgresql
    assert isinstance(site.database, PostgreSQL)
    worker = site.running["worker"]
    with Crowd(site, sessions) as crowd:
        crowd.more(1, "nobody was answered")
        site.database.kill()
        is_time = threading.Event()
        threading.Timer(away_s, is_time.set).start()
        page = wait(
            lambda: found if (found := site.get("/jobs/")).status == 503 else None,
            lambda: f"no page says that the database is away: {site.log('web')}",
        )
        assert page.headers["Retry-After"]
        is_time.wait()
        assert site.get("/jobs/").status == 503 and worker.poll() is None
        site.database.start()
        crowd.more(1, "nothing goes on")
        crowd.stop()
        codes = len(site.received())
        # What was asked leaves by the same worker.
        wait(lambda: len(site.received()) > codes or not left(site), lambda: site.log("worker"))
        found = counted(crowd)
    tell(capsys, f"Away for {away_s} s: {found}; {dict(crowd.answers)}")
    assert (found.lost_sessions, found.lost_messages, found.doubled) == (0, 0, 0)
    assert worker.poll() is None
    assert {one for one in crowd.answers if one[0].isdigit()} <= {"200", "302", "503"}


def test_nothing_confirmed_is_lost_and_nothing_is_done_twice(
    on_postgresql: tuple[Service, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    service, sessions = on_postgresql
    crowd, found = killed(service, sessions)
    tell(capsys, f"PostgreSQL, {said(crowd, found)}")
    judge(crowd, found, 3 * ROUNDS)


@pytest.mark.again
def test_nor_where_the_server_dies_with_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    service = Service(tmp_path, Sqlite(tmp_path), processes=PROCESSES)
    with running(service) as sessions:
        crowd, found = killed(service, sessions)
    tell(capsys, f"SQLite, {said(crowd, found)}")
    judge(crowd, found, 2 * ROUNDS)


@pytest.mark.again
def test_without_what_protects_it_each_count_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A yes before it is written, a form taken each time, a message handed over unmarked, a store without stand-in."""
    service = Service(tmp_path, Sqlite(tmp_path), processes=PROCESSES, is_guarded=False)
    with running(service) as sessions, Crowd(service, sessions) as crowd:
        crowd.more(2, "nobody was answered")
        service.store.kill()
        wait(lambda: crowd.answers["500"], lambda: f"the store is gone and nothing fails: {crowd.answers}")
        service.store.start()
        service.kill("web")
        service.kill("worker")
        service.start_worker()
        service.start_web()
        wait(lambda: counted(crowd).codes_twice, lambda: f"nobody was told twice: {counted(crowd)}")
        crowd.stop()
        found = counted(crowd)
    tell(capsys, f"Unguarded: {found}; {dict(crowd.answers)}")
    assert found.lost_messages and found.messages_twice and found.codes_twice


@pytest.mark.again
def test_a_database_that_confirms_too_early_is_seen(on_postgresql: tuple[Service, list[str]]) -> None:
    """The last of this server: without waiting for the disk, a kill takes what was confirmed."""
    service, sessions = on_postgresql
    assert isinstance(service.database, PostgreSQL)
    service.database.set(
        {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}
    )
    with Crowd(service, sessions) as crowd:
        crowd.more(2, "nobody was answered")
        service.database.kill()
        service.database.start()
        crowd.over.set()
        assert counted(crowd).lost
