"""A journal that was emptied together with its seals is found: other tables tell of days on which it says nothing.

Red before: `visavis audit_privacy` called it whole, with 0 entries and 0 seals.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.journal.test_append_only import without_guard
from visavis.common import clock
from visavis.consents.models import Consent
from visavis.journal import seals, witnesses
from visavis.journal.models import Entry, Link
from visavis.operations.promises.of_secrecy import journal_whole
from visavis.operations.promises.promise import Held
from visavis.people import services as people
from visavis.people.addresses import Address
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: Any) -> Path:
    file = tmp_path / "seals.jsonl"
    settings.VISAVIS_JOURNAL_SEALS, settings.DEMO = str(file), False
    return file


@pytest.fixture
def lived(kept: Path) -> Path:
    """A service in which an account was opened on each of three days, each written down and sealed."""
    for days in (9, 6, 5):
        with clock.moved(clock.now() - dt.timedelta(days=days)):
            address = Address("email", f"person{days}@emploi.example")
            people.open_account(name="Nadia Perrin", address=address, language="fr")
            seals.sweep()
    return kept


def emptied(file: Path, *, since_days: int = 400) -> None:
    """Take entries, links and seals away, as an owner of the database and of the machine could."""
    since = clock.now() - dt.timedelta(days=since_days)
    with without_guard("journal_entry"), without_guard("journal_link"):
        Entry.objects.filter(at__gte=since).delete()
        Link.objects.filter(at__gte=since).delete()
    lines = [
        line
        for line in file.read_text().splitlines()
        if (seal := seals.read(line)) and seal.at < since.isoformat()
    ]
    file.write_text("".join(f"{line}\n" for line in lines))


def test_what_was_lived_is_whole_a_yes_tells_too_and_what_may_be_forgotten_is_no_alarm(lived: Path) -> None:
    assert journal_whole().held is Held.KEPT, journal_whole().evidence
    call_command("verify_journal")
    User.objects.update(joined_at=clock.now() - dt.timedelta(days=366))
    assert witnesses.silent_days() == []
    with clock.moved(clock.now() - dt.timedelta(days=30)):
        Consent.objects.create(
            user=User.objects.order_by("pk")[0], purpose="interests", language="fr", how="web", words="Yes",
            words_sha256="0" * 64, until=clock.today() + dt.timedelta(days=300),
        )  # fmt: skip
    assert len(witnesses.silent_days()) == 1


def test_emptied_with_its_seals_it_is_found_and_begun_anew_since_too(lived: Path, settings: Any) -> None:
    emptied(lived)
    assert not Entry.objects.exists() and not seals.kept_in(lived)
    found = journal_whole()
    assert found.held is Held.BROKEN and "On 3 days" in found.evidence
    with pytest.raises(CommandError, match="no entry is left"):
        call_command("verify_journal")
    emptied(lived)
    people.open_account(name="Marc Blanc", address=None, language="fr")
    seals.sweep()
    assert len(seals.kept_in(lived)) == 1
    assert journal_whole().held is Held.BROKEN
    emptied(lived)
    settings.DEMO = True
    assert witnesses.silent_days() == []


def test_a_tail_cut_with_its_seals_is_found(lived: Path) -> None:
    """Of the last two days nothing is left, and the seals that told of them are gone: the chain is whole."""
    emptied(lived, since_days=7)
    assert journal_whole().evidence.startswith("0 entries changed or gone of 1, 0 faults of 1 seals.")
    assert journal_whole().held is Held.BROKEN and "On 2 days" in journal_whole().evidence


def test_seals_taken_away_alone_are_found(lived: Path) -> None:
    lived.unlink()
    found = journal_whole()
    assert found.held is Held.BROKEN and "no seal" in found.evidence
