"""Seals kept outside tell of a cut, an emptying and another chain."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from tests.journal.test_append_only import entry, without_guard
from visavis.journal import chain, seals
from visavis.journal.checks import guards_hold
from visavis.journal.models import Entry, Link

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: object) -> Path:
    """A file of seals of the test's own."""
    file = tmp_path / "folder" / "seals.jsonl"
    settings.VISAVIS_JOURNAL_SEALS = str(file)  # type: ignore[attr-defined]
    return file


def sealed(number: int = 3) -> None:
    for one in range(number):
        entry(one)
    seals.sweep()


def cut(last: int) -> None:
    """Take the last entries out with their links, as an owner of the database could."""
    links = list(Link.objects.order_by("-pk")[:last])
    with without_guard("journal_entry"), without_guard("journal_link"):
        Entry.objects.filter(pk__in=[one.entry_id for one in links]).delete()
        Link.objects.filter(pk__in=[one.pk for one in links]).delete()


def test_a_whole_journal_is_called_whole_and_one_without_a_seal_is_told(
    capsys: pytest.CaptureFixture[str], kept: Path
) -> None:
    sealed()
    call_command("verify_journal")
    assert "whole: 3 entries, 1 seals" in capsys.readouterr().out
    sealed()
    kept.unlink()
    with pytest.raises(CommandError, match="holds no seal"):
        call_command("verify_journal")


@pytest.mark.parametrize("last", [1, 3])
def test_a_cut_and_an_emptying_show(last: int) -> None:
    sealed()
    cut(last)
    assert chain.broken() == []
    with pytest.raises(CommandError, match="which is gone"):
        call_command("verify_journal")


def test_a_chain_begun_anew_shows(kept: Path) -> None:
    sealed()
    numbers = list(Link.objects.values_list("pk", flat=True))
    cut(3)
    for number, pk in enumerate(numbers):
        made = entry(number + 10)
        link = Link(pk=pk, entry_id=made.pk, at=made.at)
        link.digest = "x" * 20
        link.save(force_insert=True)
    assert any("was another" in one for one in seals.faults(seals.kept_in(kept)))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda seal: seal | {"last": seal["last"] - 1},
        lambda seal: seal | {"digest": "another"},
        lambda seal: seal | {"signature": "00" * 64},
        lambda seal: seal | {"key": "11" * 32},
        lambda seal: {"no": "seal"},
        lambda seal: [],
    ],
)
def test_a_seal_that_was_changed_is_none(kept: Path, spoilt: Callable[[dict[str, object]], object]) -> None:
    sealed()
    kept.write_text(json.dumps(spoilt(json.loads(kept.read_text()))))
    assert seals.faults(seals.kept_in(kept)) == ["Line 1 is no seal of this service."]


def test_an_outsider_verifies_with_the_public_key_alone(kept: Path) -> None:
    sealed()
    key = json.loads(kept.read_text())["key"]
    call_command("verify_journal", "--key", key)
    with pytest.raises(CommandError, match="no seal of this service"):
        call_command("verify_journal", "--key", "22" * 32)


def test_a_seal_an_hour_and_a_mail_a_day(kept: Path, settings: object, time_machine: object) -> None:
    settings.VISAVIS_JOURNAL_WITNESS = "witness@elsewhere.example"  # type: ignore[attr-defined]
    for when in ("08:00", "08:30", "09:10", "10:20"):
        time_machine.move_to(f"2026-03-02T{when}:00+00:00")  # type: ignore[attr-defined]
        sealed(1)
    assert (len(seals.kept_in(kept)), len(mail.outbox)) == (3, 1)
    assert seals.read(mail.outbox[0].body.splitlines()[-1]) == seals.read(seals.kept_in(kept)[0])
    assert kept.stat().st_mode & 0o077 == 0


def test_a_quiet_night_needs_no_seal(kept: Path, time_machine: object) -> None:
    for when in ("08:00", "11:00"):
        time_machine.move_to(f"2026-03-02T{when}:00+00:00")  # type: ignore[attr-defined]
        sealed(1 if when == "08:00" else 0)
    assert len(seals.kept_in(kept)) == 1


def test_a_change_in_the_middle_is_named_by_the_command() -> None:
    sealed()
    changed = Entry.objects.order_by("pk")[1]
    with without_guard("journal_entry"):
        Entry.objects.filter(pk=changed.pk).update(note="another")
    with pytest.raises(
        CommandError, match=f"1 entries are not as they were written, or are gone: {changed.pk}"
    ):
        call_command("verify_journal")


def test_seals_on_another_machine_tell_of_a_cut_of_the_journal_and_of_its_own_seals(
    kept: Path, tmp_path: Path
) -> None:
    """Who holds this machine cuts both: the copy elsewhere is asked."""
    sealed()
    copy = tmp_path / "elsewhere.jsonl"
    copy.write_text(kept.read_text())
    sealed(1)
    cut(4)
    kept.write_text("")
    with pytest.raises(CommandError, match=r"elsewhere\.jsonl: .*which is gone"):
        call_command("verify_journal", seals=[copy])


def test_warnings_say_that_seals_stay_here_and_that_the_site_owns_its_journal(settings: object) -> None:
    settings.VISAVIS_JOURNAL_WITNESS = ""  # type: ignore[attr-defined]
    assert "visavis.W010" in {one.id for one in guards_hold(None, [])}
    settings.VISAVIS_JOURNAL_WITNESS = "witness@elsewhere.example"  # type: ignore[attr-defined]
    assert guards_hold(None, []) == []
    """SQLite has no roles; on PostgreSQL the tests are the owner, as a site without a role of its own is."""
    said = {one.id for one in guards_hold(None, ["default"])}
    assert ("visavis.W011" in said) == (connection.vendor == "postgresql")
