"""The audit of locked versions finds what a database knows, and says when it looked nothing up."""

import importlib.util
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("audit_locks", ROOT / "scripts" / "audit_locks.py")
assert SPEC
assert SPEC.loader
audit_locks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit_locks)


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
    _read, found = audit_locks.audit(database, {"django": {version}})
    assert bool(found) is is_known


def test_names_are_compared_as_registries_do_and_withdrawn_ones_are_passed_over(database: Path) -> None:
    put(database, advisory("Django_Allauth", {"introduced": "0"}))
    assert audit_locks.audit(database, {"django-allauth": {"65.21"}})[1]
    put(database, advisory("Django_Allauth", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"))
    assert audit_locks.audit(database, {"django-allauth": {"65.21"}}) == (0, [])


def test_a_vulnerable_lock_is_an_error_and_a_zip_is_read(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = next(iter(audit_locks.locked(ROOT / "requirements")))
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("one.json", json.dumps(advisory(name, {"introduced": "0"})))
    assert audit_locks.main([str(file)]) == 1
    assert f"{name} " in capsys.readouterr().out


@pytest.mark.parametrize("is_empty", [True, False])
def test_without_a_database_it_says_that_it_audited_nothing(
    tmp_path: Path, is_empty: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VISAVIS_ADVISORIES", raising=False)
    assert audit_locks.main([str(tmp_path)] if is_empty else []) == 0
    assert "AUDITED NOTHING" in capsys.readouterr().out


def test_every_lock_is_read() -> None:
    found = audit_locks.locked(ROOT / "requirements")
    assert len(found) > 100
    assert found["django"]
