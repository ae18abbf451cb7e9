"""What was shown is kept as it was, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from visavis.matches.models import Showing

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def shown(shown: list[list[int]]) -> Showing:
    return Showing.objects.create(actor_id=7, page="openings", engine_version="1", inputs={}, shown=shown)


def test_a_showing_cannot_be_replaced() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    row = shown([[1, 1, 5, 1]])
    columns = [field.column for field in Showing._meta.fields]
    kept = list(Showing.objects.filter(pk=row.pk).values_list(*columns)[0])
    kept[columns.index("shown")] = "[]"
    kept[columns.index("inputs")] = "{}"
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    replace = f"INSERT OR REPLACE INTO matches_showing ({names}) VALUES ({marks})"
    with pytest.raises(IntegrityError, match="replaced"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace, kept)
    row.refresh_from_db()
    assert row.shown == [[1, 1, 5, 1]]


def test_showings_go_on_being_written_and_none_can_be_changed_or_deleted() -> None:
    assert [row.pk is not None for row in (shown([]), shown([]))] == [True, True]
    assert Showing.objects.count() == 2
    row = Showing.objects.filter(pk=shown([[1, 1, 5, 1]]).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(shown=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
