"""Copies made as the database is written: people read how long they hold an erased key, and the head whether they work.

Red before: the page said “at once”, and nothing watched the unit that makes the copies and throws old ones away.
"""

import datetime as dt
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.conftest import ROOT
from tests.operations.test_continuous import ANSWERS, VARIABLES
from visavis.common import clock, signs
from visavis.operations.health import machine
from visavis.operations.installing import continuous
from visavis.operations.installing.files import Places
from visavis.operations.models import Beat, beat
from visavis.operations.promises import of_time
from visavis.operations.promises.promise import Held
from visavis.people import waiting

pytestmark = pytest.mark.django_db
AT_ONCE = {"fr": "la clé qui l’ouvre est effacée aussitôt.", "en": "the key that opens it is erased at once."}
IN_NINE_DAYS = {"fr": "garder cette clé 9 jours de plus.", "en": "hold this key for 9 days more."}


def read(client: Client, language: str) -> str:
    return client.get("/privacy/kept/", headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_what_is_true_of_this_installation(
    client: Client, settings: Any, language: str
) -> None:
    assert AT_ONCE[language] in read(client, language)
    settings.VISAVIS_CONTINUOUS_DAYS = 9
    page = read(client, language)
    assert IN_NINE_DAYS[language] in page and AT_ONCE[language] not in page


@pytest.mark.parametrize(
    ("given", "is_ours", "days"),
    [
        ({}, False, 0),
        ({"VISAVIS_CONTINUOUS_KEY": "x"}, True, 9),
        ({"VISAVIS_CONTINUOUS_DAYS": "30"}, False, 30),
    ],
)
def test_what_setup_writes_is_what_the_page_and_the_signs_follow(
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
    given: dict[str, str],
    is_ours: bool,
    days: int,
) -> None:
    """Where setup was told to archive the log, the site knows by the secret that lies with its variables."""
    for name, value in (given | {"VISAVIS_VAR": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    read = runpy.run_path(str(ROOT / "src/visavis/config/settings.py"))
    assert (read["VISAVIS_CONTINUOUS"], read["VISAVIS_CONTINUOUS_DAYS"]) == (is_ours, days)
    settings.VISAVIS_CONTINUOUS = is_ours
    monkeypatch.setattr(waiting, "APPS", [])
    monkeypatch.setattr(signs, "SIGNS", {})
    apps.get_app_config("operations").ready()
    assert ("continuous" in signs.SIGNS) is is_ours


def test_the_sign_tells_how_old_the_last_whole_copy_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.continuous().level == "look", "none has been made"
    beat("continuous")
    assert machine.continuous().level == "well"
    for days, level in ((2, "look"), (4, "wrong")):
        Beat.objects.filter(part="continuous").update(at=clock.now() - dt.timedelta(days=days))
        assert machine.continuous().level == level
    beat("continuous")
    monkeypatch.setattr(machine, "log_fails", lambda: True)
    assert machine.continuous().level == "wrong" and "PostgreSQL" in str(machine.continuous().words)


@pytest.mark.database
def test_the_unit_says_that_a_copy_was_made(tmp_path: Path) -> None:
    """After the copy, never before: systemd runs it only where that went well."""
    assert machine.log_fails() is False, "a log that goes well is no alarm"
    (tmp_path / "etc/postgresql/17/main").mkdir(parents=True)
    files = continuous.files(ANSWERS, VARIABLES, Places(root=tmp_path))
    unit = next(one.text for one in files if one.path.name == "visavis-continuous.service")
    last = unit.split("ExecStartPost=")[1].splitlines()[0]
    statement = last.split('--command="')[1].rstrip('"')
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute(statement)
        assert machine.continuous().level == "well"
    assert Beat._meta.db_table in statement and "'continuous'" in statement


@pytest.mark.database
def test_the_audit_finds_a_page_that_says_at_once_beside_an_archived_log(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert of_time.keys_leave_copies().held is Held.KEPT
    with monkeypatch.context() as patched:
        patched.setattr(of_time, "log_is_archived", lambda: True)
        assert of_time.keys_leave_copies().held is Held.BROKEN
    settings.VISAVIS_CONTINUOUS_DAYS = 30
    assert of_time.keys_leave_copies().held is Held.UNSEEN, "whose copies they are can say"
    settings.VISAVIS_CONTINUOUS, settings.VISAVIS_CONTINUOUS_DAYS = True, 9
    assert of_time.keys_leave_copies().held is Held.BROKEN, "no copy throws old ones away"
    beat("continuous")
    assert of_time.keys_leave_copies().held is Held.KEPT
