"""The journal only grows, whoever asks, and shows what was done to it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from visavis.journal import chain, keys, services
from visavis.journal.append_only import statements
from visavis.journal.models import Entry, Link

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def entry(number: int = 1) -> Entry:
    return services.record(services.Act("read", "jobseeker", number, person_id=number), by=7)


@pytest.fixture
def entries() -> list[Entry]:
    made = [entry(number) for number in range(5)]
    chain.link()
    return made


@pytest.mark.parametrize("model", [Entry, Link])
def test_a_row_cannot_be_changed_even_by_update(entries: list[Entry], model: type[Entry | Link]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(digest="never happened")


@pytest.mark.parametrize("model", [Entry, Link])
def test_a_row_cannot_be_deleted(entries: list[Entry], model: type[Entry | Link]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all().delete()
    assert model.objects.count() == 5


@pytest.mark.parametrize(("model", "column"), [(Entry, "id"), (Link, "id"), (Link, "entry_id")])
def test_a_row_cannot_be_replaced(entries: list[Entry], model: type[Entry | Link], column: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    row = model.objects.filter(
        **{column: entries[2].pk if column == "entry_id" else model.objects.all()[2].pk}
    )
    columns = [field.column for field in model._meta.fields]
    kept = list(row.values_list(*columns)[0])
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    table = model._meta.db_table
    with pytest.raises(IntegrityError, match="replaced"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", kept)


def test_an_entry_past_its_retention_can_be_deleted(time_machine: object) -> None:
    time_machine.move_to("2020-01-01")  # type: ignore[attr-defined]
    old = entry()
    Entry.objects.filter(pk=old.pk).delete()
    assert not Entry.objects.exists()


def test_the_chain_is_whole_linked_or_not_and_its_end_is_checked_in_four_questions(
    entries: list[Entry], django_assert_max_num_queries: Any
) -> None:
    entry()
    assert (chain.broken(), chain.broken(last=3)) == ([], [])
    assert (chain.link(), chain.link()) == (1, 0)
    assert (chain.broken(), chain.broken(last=3)) == ([], [])
    for number in range(8):
        entry(number)
    chain.link()
    entry()
    with django_assert_max_num_queries(4):
        assert chain.broken(last=10) == []


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_rewritten_entry_shows(entries: list[Entry], place: int) -> None:
    with without_guard("journal_entry"):
        Entry.objects.filter(pk=entries[place].pk).update(note="rewritten")
    assert chain.broken() == [entries[place].pk]


def test_an_entry_rewritten_before_it_is_linked_shows() -> None:
    written = entry()
    with without_guard("journal_entry"):
        Entry.objects.filter(pk=written.pk).update(actor_id=8)
    assert chain.broken() == [written.pk]


def test_the_former_key_is_believed_and_who_holds_none_cannot_sign(
    entries: list[Entry], settings: Any
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "drawn anew"
    entry()
    assert (chain.link(), chain.broken()) == (1, [])
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    forged = Entry(at=entries[2].at, actor_id=7, action="read", thing="jobseeker", thing_id="9", person_id=9)
    forged.digest = keys.digest(forged.signed())
    settings.SECRET_KEY = "the site's"
    assert not forged.is_whole()


def test_an_entry_taken_out_shows_also_with_its_link(entries: list[Entry]) -> None:
    with without_guard("journal_entry"):
        Entry.objects.filter(pk=entries[2].pk).delete()
    assert chain.broken() == [entries[2].pk]
    with without_guard("journal_entry"), without_guard("journal_link"):
        Link.objects.filter(entry_id=entries[2].pk).delete()
        Entry.objects.filter(pk=entries[2].pk).delete()
    assert chain.broken() == [entries[3].pk]


@pytest.mark.parametrize("place", [2, 4, 5, 6])
def test_a_rewritten_entry_among_the_last_shows(entries: list[Entry], place: int) -> None:
    """Linked or not yet: the page of the data protection officer checks so many of the last."""
    every = [*entries, entry(), entry()]
    with without_guard("journal_entry"):
        Entry.objects.filter(pk=every[place].pk).update(note="rewritten")
    assert chain.broken(last=5) == [every[place].pk]


def test_what_is_signed_is_written_as_it_always_was() -> None:
    """Else every entry that was signed before would show as rewritten."""
    at = dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    row = Entry(
        at=at, actor_id=7, action="read", thing="jobseeker", thing_id="é", person_id=None, mandate_id=3
    )
    assert row.signed() == (
        '{"action": "read", "actor": 7, "at": "2026-01-02T03:04:05.000006+00:00", "mandate": 3, "note": "", '
        '"person": null, "thing": "jobseeker", "thing_id": "\\u00e9"}'
    )


@contextmanager
def without_guard(table: str) -> Iterator[None]:
    """Take the guard down as an owner of the database could; the test's rollback puts it back."""
    with connection.cursor() as cursor:
        for sql in statements(connection.vendor, back=True):
            cursor.execute(sql.format(table=table, months=12))
    yield
