"""A row written with words written once is the row that Django would write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.personas import Town
from visavis.common import clock
from visavis.common.inserted import insert
from visavis.matches.models import Showing

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_row_is_the_one_that_django_writes(town: Town) -> None:
    said = {
        "actor_id": 7,
        "page": "openings",
        "engine_version": "1",
        "inputs": {"a": None},
        "shown": [[1, 2.5]],
    }
    ours, theirs = (Showing(at=clock.now(), **said) for _time in range(2))
    with CaptureQueriesContext(connection) as asked:
        insert(ours)
    theirs.save()
    assert len(asked) == 1
    read, other = (dict(Showing.objects.filter(pk=one.pk).values()[0]) for one in (ours, theirs))
    for unlike in ("id", "at"):
        read.pop(unlike), other.pop(unlike)
    assert read == other
    assert Showing.objects.get(pk=ours.pk) == ours and not ours._state.adding
