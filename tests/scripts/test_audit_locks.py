"""The audit of locked versions: what a database knows, whether it is late, and what could not be known."""

import datetime as dt
import importlib.util
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("audit_locks", ROOT / "scripts" / "audit_locks.py")
assert SPEC
assert SPEC.loader
audit_locks = importlib.util.module_from_spec(SPEC)
# Its dataclasses look their module up by its name.
sys.modules["audit_locks"] = audit_locks
SPEC.loader.exec_module(audit_locks)
TODAY = dt.date(2026, 11, 28)


def advisory(name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges}
    return {"id": "PYSEC-2026-1", "summary": "It opens every door.", "affected": [affected]} | more


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    return tmp_path


def put(database: Path, *told: dict[str, Any]) -> None:
    for number, one in enumerate(told):
        (database / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")


@pytest.mark.parametrize(
    ("version", "events", "is_known"),
    [
        ("6.1.3", [{"introduced": "0"}, {"fixed": "6.1.4"}], True),
        ("6.1.3", [{"introduced": "0"}, {"fixed": "6.1.3"}], False),
        ("6.1.3", [{"introduced": "6.1"}, {"last_affected": "6.1.3"}], True),
        ("6.1.3", [{"introduced": "6.1"}, {"last_affected": "6.1.2"}], False),
        ("6.1.3", [{"introduced": "6.2"}], False),
        ("6.1.3", [{"introduced": "0"}, {"fixed": "5.2"}, {"introduced": "6.1"}, {"fixed": "6.1.9"}], True),
        ("6.1.10", [{"introduced": "0"}, {"fixed": "6.1.9"}], False),
    ],
)
def test_a_version_is_found_in_its_range(
    database: Path, version: str, events: list[dict[str, str]], is_known: bool
) -> None:
    put(database, advisory("Django", *events))
    assert bool(audit_locks.audit(database, {"django": {version}}, TODAY).found) is is_known


def test_names_are_compared_as_registries_do_and_withdrawn_ones_are_passed_over(database: Path) -> None:
    put(database, advisory("Django_Allauth", {"introduced": "0"}))
    assert audit_locks.audit(database, {"django-allauth": {"65.21"}}, TODAY).found
    put(database, advisory("Django_Allauth", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"))
    found = audit_locks.audit(database, {"django-allauth": {"65.21"}}, TODAY)
    assert (found.read, found.found) == (0, [])


def test_a_vulnerable_lock_is_an_error_and_a_zip_is_read(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked = audit_locks.locked(ROOT / "requirements")
    name = next(iter(locked))
    assert len(locked) > 100 and locked["django"]
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.json", json.dumps(advisory(name, {"introduced": "0"})))
    assert audit_locks.main([str(file)], TODAY) == 1
    assert f"{name} " in capsys.readouterr().out


def test_without_a_database_it_says_that_it_audited_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VISAVIS_ADVISORIES", raising=False)
    for words in ([], [str(tmp_path)]):
        assert audit_locks.main(words, TODAY) == 0
        said = capsys.readouterr().out
        assert "AUDITED NOTHING" in said and "Not known: whether any locked version" in said


# The times are those that SECURITY.md promises.
REMOTE = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"
WITH_HELP = "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N"
SMALL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"
REMOTE_4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N"


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({"severity": [{"score": REMOTE}]}, 2),
        ({"severity": [{"score": REMOTE_4}]}, 2),
        ({"severity": [{"score": WITH_HELP}]}, 7),
        ({"severity": [{"score": SMALL}]}, 92),
        ({"database_specific": {"severity": "HIGH"}}, 7),
        ({"database_specific": {"severity": "LOW"}}, 92),
        ({}, 7),
    ],
)
def test_an_advisory_is_answered_by_its_weight_and_one_without_is_taken_for_serious(
    more: dict[str, Any], days: int
) -> None:
    told = advisory("django", {"introduced": "0"}, published="2026-11-01T08:00:00Z", **more)
    due = dt.date(2026, 11, 1) + dt.timedelta(days=days)
    assert audit_locks.until(told, due) == f" [by {due}]"
    assert audit_locks.until(told, due + dt.timedelta(days=1)) == f" [LATE since {due}]"


def test_the_times_are_those_of_the_promise() -> None:
    promise = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "within two days" in promise and "within a week" in promise and "every quarter" in promise
    assert (audit_locks.REMOTE, audit_locks.SERIOUS, audit_locks.QUARTER) == (2, 7, 92)


def test_versions_that_nobody_raised_for_a_quarter_are_told_and_stop_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VISAVIS_ADVISORIES", raising=False)
    raised = dt.date.fromisoformat(audit_locks.RAISED_ON.read_text(encoding="ascii").strip())
    assert audit_locks.main([], raised + dt.timedelta(days=92)) == 0
    assert "LATE" not in capsys.readouterr().out
    assert audit_locks.main([], raised + dt.timedelta(days=93)) == 0
    assert "LATE" in capsys.readouterr().out
    assert audit_locks.age(TODAY, tmp_path / "gone").startswith("LATE")


def test_advisories_that_are_old_themselves_say_nothing_of_today(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(database, advisory("nobodys", {"introduced": "0"}, modified="2026-11-10T00:00:00Z"))
    assert audit_locks.main([str(database)], TODAY) == 0
    assert "what became known since 2026-11-10" in capsys.readouterr().out
    put(database, advisory("nobodys", {"introduced": "0"}, modified="2026-11-27T00:00:00Z"))
    audit_locks.main([str(database)], TODAY)
    said = capsys.readouterr().out
    assert "what became known since" not in said and "Not looked at: packages of the system" in said
