"""Several machines on one database share a store, or the second does not start.

Red before: the lock of a process is a file of one machine, so that two machines counted each by itself.
"""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from tests.common.own_database import own_database
from tests.programs import run
from visavis.common import clock
from visavis.config import machines
from visavis.operations.models import Beat

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STARTED = "import socket; socket.gethostname = lambda: {name!r}; import visavis.config.wsgi; print('ready')"
SHARED = "rediss://store.example:6380/0"


@pytest.fixture(autouse=True)
def on_postgresql(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """What is asked here of the table is the same on both; only a server is reached by several machines."""
    monkeypatch.setattr(machines.connection, "vendor", "postgresql", raising=False)
    settings.CACHE_URL = ""


def named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(machines.socket, "gethostname", lambda: name)


@pytest.mark.parametrize(
    ("first", "second", "starts"),
    [
        ("", "", False),
        ("redis://127.0.0.1/0", "redis://127.0.0.1/0", False),
        ("redis://localhost/0", SHARED, False),
        (SHARED, "", False),
        (SHARED, "rediss://other.example:6380/0", False),
        (SHARED, SHARED, True),
        (SHARED, SHARED.replace("//", "//user:secret@"), True),
    ],
)
def test_limits_are_counted_where_all_machines_count(
    monkeypatch: pytest.MonkeyPatch, settings: Any, first: str, second: str, starts: bool
) -> None:
    named(monkeypatch, "one")
    settings.CACHE_URL = first
    machines.refuse_another()
    named(monkeypatch, "two")
    settings.CACHE_URL = second
    if starts:
        machines.refuse_another()
        return
    with pytest.raises(ImproperlyConfigured, match="one store that all machines share"):
        machines.refuse_another()
    assert Beat.objects.filter(part__startswith=machines.PART).count() == 1, "who was refused is not there"


def test_a_machine_that_says_nothing_for_a_minute_is_gone_and_the_same_may_change_its_store(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    named(monkeypatch, "one")
    machines.refuse_another()
    Beat.objects.update(at=clock.now() - dt.timedelta(seconds=61))
    named(monkeypatch, "two")
    machines.refuse_another()
    settings.CACHE_URL = SHARED
    machines.refuse_another()


def test_who_starts_while_the_database_is_away_is_told_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    named(monkeypatch, "one")
    machines.refuse_another()
    named(monkeypatch, "two")
    monkeypatch.setattr(machines.connection, "close", lambda: None)
    with monkeypatch.context() as away:
        away.setattr(machines, "beat", lambda _part: (_ for _ in ()).throw(DatabaseError))
        machines.refuse_another()
        machines.say_once()
        assert "does not answer" in caplog.text
    machines.say_once()
    assert "one store that all machines share" in caplog.text


def test_two_machines_start_for_true(tmp_path: Path) -> None:
    if not os.environ.get("DATABASE_URL"):
        pytest.skip("SQLite is a file of one machine")
    with own_database(tmp_path, "machines") as variables:
        environment = (
            os.environ | variables | {"DJANGO_SETTINGS_MODULE": "visavis.config.settings", "CACHE_URL": ""}
        )
        done = []
        for name in ("one", "two"):
            # Each has a folder of its own: the lock of one machine's processes says nothing to the other.
            its = environment | {"VISAVIS_VAR": str(tmp_path / name)}
            done.append(
                run(
                    [sys.executable, "-c", STARTED.format(name=name)], env=its, capture_output=True, text=True
                )
            )
        assert done[0].stdout == "ready\n", done[0].stderr
        assert done[1].returncode != 0 and "one store that all machines share" in done[1].stderr
