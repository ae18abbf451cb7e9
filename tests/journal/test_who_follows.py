"""Who is new to a counsellor is found among the few entries that say so, however long the journal is."""

import pytest
from django.db import connection

from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.waiting import is_new

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
