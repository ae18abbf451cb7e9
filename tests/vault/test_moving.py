"""A database of before, in plain text, is sealed in batches; stopped it goes on; and there is a way back."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection

from tests.common import migrating
from tests.personas import Town
from visavis.cvs.models import CvReading
from visavis.introductions.models import Introduction, Step
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.searches.models import Alert
from visavis.vacancies.models.watched import Report
from visavis.vault import keys, moving

BEFORE = [("people", "0004_sign_outs"), ("jobseekers", "0004_found_by_change")]
PLAIN = [
    ("cvs", "0001_cv_reading"),
    ("introductions", "0008_delayed"),
    ("searches", "0005_small_rows"),
    ("vacancies", "0013_feed_falls"),
]
TEXTS = [
    ("cvs_cvreading", "facts"),
    ("introductions_introduction", "meeting_address"),
    ("introductions_step", "before"),
    ("searches_alert", "params"),
    ("vacancies_report", "words"),
]
WORDS = "Je répare des vélos « à façon »."


def migrate(to: migrating.Targets) -> None:
    with ExitStack() as stack:
        if connection.vendor == "postgresql":
            # All lies in one transaction: what is still to be checked would keep a table from being changed.
            stack.enter_context(connection.cursor()).execute("SET CONSTRAINTS ALL IMMEDIATE")
            stack.enter_context(patch.object(connection, "check_constraints"))
        migrating.migrate(to)
    keys.forget()


def resting(table: str, column: str) -> dict[int, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table} ORDER BY id")
        return dict(cursor.fetchall())


def all_resting() -> str:
    return " ".join(str(value) for table, column in TEXTS for value in resting(table, column).values())


@pytest.fixture
def plain(town: Town) -> Iterator[dict[int, str]]:
    """Words of everybody and an empty list, which rest as before: SQLite looks at no constraint meanwhile."""
    words = {row.pk: f"Mot {row.pk}" for row in (town.jobseeker, *Jobseeker.objects.all())}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for number, text in words.items():
            cursor.execute("UPDATE jobseekers_jobseeker SET about = %s WHERE id = %s", [text, number])
        cursor.execute("UPDATE searches_alert SET params = '[]' WHERE id = %s", [town.alert.pk])
        keys.forget()
        yield words
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL holds to its constraints")
def test_rows_are_sealed_in_batches_stopped_it_goes_on_and_there_is_a_way_back(
    plain: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    words = moving.seal_columns("jobseekers.Jobseeker", "about", with_rows=("user",))
    seal, calls = moving._seal, []

    def stopped(rows: list[Any], fields: list[Any]) -> None:
        calls.append(rows)
        if len(calls) == 2:
            raise KeyboardInterrupt
        seal(rows, fields)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(moving, "_seal", stopped)
        words.code(apps, None)
    half = resting("jobseekers_jobseeker", "about")
    done = {pk for pk, text in half.items() if text != plain[pk]}
    assert [len(rows) for rows in calls] == [1, 1] and len(done) == 1
    words.code(apps, None)
    whole = resting("jobseekers_jobseeker", "about")
    assert all(whole[pk] == half[pk] for pk in done), "what was done is not done again"
    assert not set(whole.values()) & set(plain.values())
    assert {row.pk: row.about for row in Jobseeker.objects.all()} == plain
    lists = moving.seal_columns("searches.Alert", "params")
    lists.code(apps, None)
    (kept,) = resting("searches_alert", "params").values()
    assert kept != "[]" and Alert.objects.get().params == []
    for operation in (words, lists):
        operation.reverse_code(apps, None)
    assert resting("jobseekers_jobseeker", "about") == plain
    assert list(resting("searches_alert", "params").values()) == ["[]"]


class Texts:
    """Sentences of hers and of the employer's in every column of TEXTS, and what they were when they were written."""

    def __init__(self, town: Town) -> None:
        self.row = town.introduction
        self.row.meeting_address = "3 quai des Docks"
        self.row.save()
        self.row.steps.create(number=7, act="meet", side="employer", to_state="put", before=self.row.held())
        self.row.steps.create(number=8, act="meet", side="employer", to_state="put")
        Report.objects.create(vacancy=town.vacancy, why="other", words="quai des Brumes")
        self.facts, self.alert = town.cv_reading.facts, town.alert.params
        assert self.facts and self.alert

    def rest_in_plain(self) -> bool:
        before = all_resting()
        return before.count("quai des") == 3 and "~1~" not in before and self.alert[0][1] in before

    def are_sealed_and_read_as_they_were(self) -> None:
        after = all_resting()
        assert "quai des" not in after and self.alert[0][1] not in after
        before = [one.before.get("meeting_address") for one in Step.objects.filter(number__in=[7, 8])]
        assert before == ["3 quai des Docks", None]
        assert Introduction.objects.get(pk=self.row.pk).meeting_address == "3 quai des Docks"
        assert CvReading.objects.get().facts == self.facts and CvReading.objects.get().added == {}
        assert Alert.objects.get().params == self.alert
        assert Report.objects.get().words == "quai des Brumes"


# SQLite changes no table inside a transaction; PostgreSQL does, and would refuse to empty the journal after it.
@pytest.mark.again
@pytest.mark.database
@pytest.mark.django_db(transaction=connection.vendor == "sqlite")
def test_a_database_of_before_is_sealed_whole(town: Town) -> None:
    """Back in two steps and forth in one: the tables change for seconds each time, so one way serves all of it."""
    # All: going back takes along what other apps have built on it since.
    latest = migrating.latest()
    texts = Texts(town)
    town.jobseeker.about = WORDS
    town.jobseeker.save()
    contacts = {one.pk: (one.email, one.phone) for one in User.objects.all()}
    try:
        migrate(PLAIN)
        assert texts.rest_in_plain()
        migrate(BEFORE)
        assert resting("jobseekers_jobseeker", "about")[town.jobseeker.pk] == WORDS
        plain = resting("people_user", "email")
        assert plain == {pk: email for pk, (email, _phone) in contacts.items()}
    finally:
        migrate(latest)
    assert not set(resting("people_user", "email").values()) & set(plain.values()) - {None}
    assert WORDS not in resting("jobseekers_jobseeker", "about").values()
    assert {one.pk: (one.email, one.phone) for one in User.objects.all()} == contacts
    assert Jobseeker.objects.get(pk=town.jobseeker.pk).about == WORDS
    texts.are_sealed_and_read_as_they_were()
