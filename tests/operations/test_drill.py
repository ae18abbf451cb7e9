"""A monthly drill that fails in a way that nobody foresaw is told like any other."""

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
