"""`visavis audit_privacy` tells each promise that is broken: each is broken here, one after another."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests import factories
from tests.personas import Town
from visavis.catalog.models import Interest
from visavis.common import clock
from visavis.consents.models import Consent
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import ApprovedInterest
from visavis.journal import chain
from visavis.journal import services as journal
from visavis.leaving import services as leaving
from visavis.leaving.models import Hold
from visavis.operations.management.commands.audit_privacy import PROMISES
from visavis.operations.promises import of_secrecy
from visavis.operations.saving import backup
from visavis.people.models import User
from visavis.traces import periods
from visavis.traces.models import Figure, Period, Permit, Standing
from visavis.tries.models import Spent
from visavis.vacancies import reporting
from visavis.vault.models import PersonKey

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def audited() -> dict[str, tuple[str, str]]:
    """Return what the command says of each promise, and whether it exits as it says."""
    out, code = StringIO(), 0
    try:
        call_command("audit_privacy", "--json", stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    found = {one["code"]: (one["held"], one["evidence"]) for one in json.loads(out.getvalue())["promises"]}
    assert code == int(any(held == "broken" for held, _evidence in found.values()))
    return found


@pytest.fixture
def sound(town: Town, tmp_path: Path, settings: Any) -> Town:
    """A town that keeps everything it promises, where the audit looks; what is nobody's own is sealed there too."""
    reporting.report(vacancy=town.vacancy, why="other", words="They ask for money")
    settings.VISAVIS_BACKUP_TO = str(tmp_path / "backups")
    settings.VISAVIS_ERASED = str(tmp_path / "erased.jsonl")
    settings.VISAVIS_JOURNAL_SEALS = str(tmp_path / "seals.jsonl")
    settings.VAR = tmp_path / "var"
    settings.VISAVIS_NIGHT_FOLDER = str(tmp_path / "night")
    settings.SITE_URL, settings.DEMO, settings.DEBUG = "https://emploi.example", False, False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    Path(settings.VISAVIS_BACKUP_TO).mkdir(mode=0o700)
    return town


def test_where_everything_is_kept_it_says_so_in_words(sound: Town) -> None:
    assert {held for held, _evidence in audited().values()} == {"kept"}
    out = StringIO()
    call_command("audit_privacy", stdout=out)
    assert f"{len(PROMISES)} promises: {len(PROMISES)} kept, 0 broken, 0 not looked at." in out.getvalue()


# Ways to break each promise --------------------------------------------------------------------------


def late(town: Town) -> None:
    with clock.moved(clock.now() - dt.timedelta(days=9)):
        Spent.objects.create(key="x")


def left_behind(town: Town) -> None:
    """The number of somebody who is still there stands among those who were erased."""
    leaving.write_down(town.people["amelie"].pk)


def key_of_nobody(town: Town) -> None:
    PersonKey.objects.create(person_id=99_999_999, wrapped=b"x", ring="x")


def old_backup(town: Town) -> None:
    from django.conf import settings as ours  # noqa: PLC0415  (as the test changed them)

    moment = clock.now() - dt.timedelta(days=40)
    folder = Path(ours.VISAVIS_BACKUP_TO) / f"{backup.PREFIX}{moment.strftime(backup.NAMED)}"
    folder.mkdir()
    (folder / backup.LIST).write_text("{}")


def held_for_ever(town: Town) -> None:
    Hold.objects.create(
        user=town.people["amelie"], why="request", until=clock.today() + dt.timedelta(days=900)
    )


def plain_words(town: Town) -> None:
    with unguarded("jobseekers_jobseeker", "own_words_are_sealed"), connection.cursor() as cursor:
        cursor.execute("UPDATE jobseekers_jobseeker SET about = 'plain' WHERE id = %s", [town.jobseeker.pk])


@contextmanager
def unguarded(table: str, constraint: str) -> Iterator[None]:
    """Take one of the database's own guards away, as somebody with the file would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            # PostgreSQL changes no table whose rows are still to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            yield


def journal_changed(town: Town) -> None:
    entry = journal.read("jobseeker", 1, by=1, person_id=2)
    chain.link()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_never_changes")
        else:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE journal_entry SET actor_id = 77 WHERE id = %s", [entry.pk])


def session_of_who_left(town: Town) -> None:
    town.client("amelie")
    User.objects.filter(pk=town.people["amelie"].pk).update(is_active=False)
    session = SessionStore()
    session["_auth_user_id"] = str(town.people["amelie"].pk)
    session.save()


def interest_without_yes(town: Town) -> None:
    ApprovedInterest.objects.create(
        jobseeker=town.jobseeker, interest=factories.InterestFactory(kind=Interest.Kind.CENTRE)
    )


def interest_of_a_yes_run_out(town: Town) -> None:
    interest_without_yes(town)
    Consent.objects.create(
        user=town.people["amelie"], purpose="interests", language="fr", how="before",
        until=clock.today() - dt.timedelta(days=1), asked_again_at=clock.now(),
    )  # fmt: skip


def words_changed(town: Town) -> None:
    Consent.objects.create(
        user=town.people["amelie"], purpose="interests", language="fr", how="web", words="I agree to all",
        words_sha256="0" * 64, until=clock.today() + dt.timedelta(days=300),
    )  # fmt: skip


def beyond_the_budget(town: Town) -> None:
    periods.prepare()
    Permit.objects.create(
        user=town.people["amelie"],
        period=Period.objects.first(),
        epsilon_thousandths=9000,
        blinded_digest="x",
    )


def figure_of_few(town: Town) -> None:
    periods.prepare()
    of = {"period": Period.objects.first(), "group": ""}
    Standing.objects.create(**of, reports=12, more_needed=8900)
    Figure.objects.create(**of, interest="interest:diy", share=0.5, low=0.4, high=0.6)


def name_before_both_yes(town: Town) -> None:
    row = town.introduction
    said = {"state": "agreed", "jobseeker_yes_at": clock.now(), "employer_yes_at": None}
    with unguarded("introductions_introduction", "nobody_is_introduced_before_both_said_yes"):
        Introduction.objects.filter(pk=row.pk).update(**said)


BROKEN: list[tuple[str, Callable[[Town], None]]] = [
    ("retention", late),
    ("erased", left_behind),
    ("keys", key_of_nobody),
    ("backups", old_backup),
    ("holds", held_for_ever),
    ("sealed", plain_words),
    ("journal", journal_changed),
    ("sessions", session_of_who_left),
    ("interests", interest_without_yes),
    ("interests", interest_of_a_yes_run_out),
    ("consents", words_changed),
    ("noise", beyond_the_budget),
    ("figures", figure_of_few),
    ("names", name_before_both_yes),
]


@pytest.mark.parametrize(("code", "break_it"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_each_promise_that_is_broken_is_told(
    sound: Town, code: str, break_it: Callable[[Town], None]
) -> None:
    break_it(sound)
    found = audited()
    assert found[code][0] == "broken", found[code]
    assert {name for name, (held, _said) in found.items() if held == "broken"} == {code}
    assert "Am" not in found[code][1], "no name stands in the evidence"


def test_what_the_settings_open_is_told(sound: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with override_settings(DEMO=True):
        assert audited()["doors"] == ("broken", "open: DEMO")
    with override_settings(SITE_URL="http://emploi.example"):
        assert "no https" in audited()["doors"][1]
    with override_settings(SECURE_CSP={"script-src": ["'self'", "https://elsewhere.example"]}):
        assert audited()["third-parties"][0] == "broken"
    page = tmp_path / "visavis" / "page.html"
    page.parent.mkdir()
    page.write_text('<script src="https://elsewhere.example/a.js"></script>')
    with monkeypatch.context() as patched:
        patched.setattr(of_secrecy, "get_app_template_dirs", lambda _name: (page.parent,))
        assert "page.html" in audited()["third-parties"][1]
    (tmp_path / "var").mkdir(mode=0o755)
    (tmp_path / "var").chmod(0o755)
    assert audited()["files"][0] == "broken"
    with override_settings(VISAVIS_BACKUP_TO=""):
        assert audited()["backups"][0] == "not looked at"


def test_every_promise_is_broken_by_a_test() -> None:
    told = {code for code, _break_it in BROKEN} | {"doors", "third-parties", "files", "copies"}
    assert told == {one.code for one in PROMISES}
