"""Who is new to a counsellor, and when he last looked, is found among few entries, however long the journal is."""

import pytest
from django.db import connection

from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.waiting import is_new
from visavis.portal.desk.changed import looks

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_postgresql_looks_through_no_journal_for_who_is_new(town: Town) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite asks for each person, by another index")
    with connection.cursor() as cursor:
        # In a journal of a few entries nothing is quicker than to read them all.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    rows = Jobseeker.objects.filter(is_new(town.people["bruno"]))
    assert "journal_of_who_follows" in rows.explain()


def test_no_file_is_read_whole_for_when_somebody_last_looked(town: Town) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    last = looks(town.people["bruno"].pk).filter(person_id=town.people["amelie"].pk).order_by("-at")[:1]
    assert "journal_of_looks" in last.explain()
