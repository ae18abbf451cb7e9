"""A monthly drill that fails in a way that nobody foresaw is told like any other."""

from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.core import mail

from tests.personas import Town
from visavis.operations.health import machine
from visavis.operations.saving import backup, drill

pytestmark = pytest.mark.django_db


def test_a_disk_that_is_full_is_told_to_the_head(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_told: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "save", full)
    with pytest.raises(OSError, match="No space left"):
        drill.monthly(to="/backups", keys_to="/keys", recipient="age1")
    assert [one.to for one in mail.outbox] == [[town.people["hugo"].email]]
    assert "visavis-drill" in mail.outbox[0].body and machine.drill().level == "wrong"


def test_what_failed_is_said_where_the_heads_cannot_be_told(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With another ring neither the backup comes back nor can the address of a head be read."""

    def fails(*_told: Any, **_more: Any) -> None:
        raise drill.DrillFailed("The drill failed: another ring")

    monkeypatch.setattr(backup, "save", lambda **_told: "made")
    monkeypatch.setattr(drill, "try_it", fails)
    monkeypatch.setattr(drill, "_tell_heads", fails)
    with pytest.raises(drill.DrillFailed, match="another ring"):
        drill.monthly(to="/backups", keys_to="/keys", recipient="age1")
    assert "the heads were not told" in caplog.text and machine.drill().level == "wrong"


@pytest.mark.parametrize(("said", "why"), [("begun\nno key opens it\n", "no key opens it"), ("", "7")])
def test_a_restore_that_does_not_go_well_is_quoted(
    said: str, why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(drill.subprocess, "run", lambda *_told, **_more: CompletedProcess([], 7, "", said))
    with pytest.raises(drill.DrillFailed, match=f"^The drill failed: {why}$"):
        drill.try_it("/backups", keys_from="/keys", identity=tmp_path / "key")
