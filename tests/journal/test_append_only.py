"""The journal only grows, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from visavis.journal import services
from visavis.journal.append_only import statements
from visavis.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def entry(number: int = 1) -> Entry:
    return services.record(services.Act("read", "jobseeker", number, person_id=number), by=7)


def test_an_entry_cannot_be_changed_even_by_update() -> None:
    entry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(note="never happened")


def test_an_entry_cannot_be_deleted() -> None:
    kept = entry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=kept.pk).delete()
    assert Entry.objects.filter(pk=kept.pk).exists()


def test_an_entry_past_its_retention_can_be_deleted(time_machine: object) -> None:
    time_machine.move_to("2020-01-01")  # type: ignore[attr-defined]
    old = entry()
    Entry.objects.filter(pk=old.pk).delete()
    assert not Entry.objects.exists()


def test_the_chain_is_whole() -> None:
    for number in range(5):
        entry(number)
    assert services.broken_links() == []


def test_a_rewritten_entry_shows() -> None:
    entries = [entry(number) for number in range(5)]
    with without_guard():
        Entry.objects.filter(pk=entries[2].pk).update(note="rewritten")
    assert services.broken_links() == [entries[2].pk]


def test_an_entry_taken_out_shows() -> None:
    entries = [entry(number) for number in range(5)]
    with without_guard():
        Entry.objects.filter(pk=entries[2].pk).delete()
    assert services.broken_links() == [entries[3].pk]


@contextmanager
def without_guard() -> Iterator[None]:
    """Take the guard down as an owner of the database could; the test's rollback puts it back."""
    with connection.cursor() as cursor:
        for sql in statements(connection.vendor, back=True):
            cursor.execute(sql.format(table="journal_entry", months=12))
    yield
