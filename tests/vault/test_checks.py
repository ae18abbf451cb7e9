"""Keys that are not the database's own are refused at the start, with what to do, and nothing is drawn beside them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tests import factories
from visavis.vault import checks, keys, ring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_ring(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_the_databases_own_keys_and_an_empty_database_are_welcome() -> None:
    assert checks.keys_fit(None) == []
    factories.JobseekerFactory(user__email="lison@example.org", about="Mot")
    keys.forget()
    checks.refuse_other_keys()
    # While keys are changed both are welcome.
    for purpose in ring.FILES:
        ring.add(purpose)
    keys.forget()
    checks.refuse_other_keys()


@pytest.mark.parametrize(
    ("name", "number"), [("VISAVIS_DATA_KEYS", "E001"), ("VISAVIS_CONTACT_KEYS", "E002")]
)
def test_other_keys_are_refused_with_what_to_do(settings: Any, name: str, number: str) -> None:
    factories.JobseekerFactory(user__email="lison@example.org")
    # As a new process reads its keys.
    keys.forget()
    setattr(settings, name, "another")
    with pytest.raises(ImproperlyConfigured, match=f"Put {name}, or the file .* back as it was"):
        checks.refuse_other_keys()
    with pytest.raises(SystemCheckError, match=f"vault.{number}"):
        call_command("check", databases=["default"])
    with pytest.raises(ImproperlyConfigured):
        call_command("work")


@pytest.mark.parametrize("purpose", ["data", "contacts"])
def test_lost_keys_are_refused_and_no_others_are_drawn(purpose: str) -> None:
    factories.JobseekerFactory(user__email="lison@example.org")
    keys.forget()
    ring.file_of(purpose).unlink()
    with pytest.raises(ImproperlyConfigured, match="are missing"):
        checks.refuse_other_keys()
    assert not ring.file_of(purpose).exists()
    if purpose == "data":
        with pytest.raises(ring.Unknown):
            keys.made(7)
