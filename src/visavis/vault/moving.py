"""Seal what rested in plain text, for migrations: in batches, each kept when it is done; begun again it goes on.

A migration that uses it is not atomic, and does nothing else (`atomic = False`).
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, migrations, models, transaction

from visavis.vault import keys
from visavis.vault.fields import EncryptedJSON, EncryptedText, Sealed

log = logging.getLogger(__name__)

AT_ONCE = 500


def seal_columns(label: str, *names: str, with_rows: tuple[str, ...] = ()) -> migrations.RunPython:
    """Return the operation that seals some columns of a model, and the way back; `with_rows` is fetched with it."""

    def seal(apps: Any, editor: Any) -> None:
        model = apps.get_model(label)
        number = _in_batches(model, names, with_rows, _seal)
        if number:
            _write_anew(model)

    def unseal(apps: Any, editor: Any) -> None:
        _in_batches(apps.get_model(label), names, with_rows, _unseal)

    return migrations.RunPython(seal, unseal)


def _in_batches(
    model: Any, names: tuple[str, ...], with_rows: tuple[str, ...], move: Callable[[list[Any], Any], None]
) -> int:
    """Move every row, by its number, in transactions of their own."""
    fields = [model._meta.get_field(name) for name in names]
    moved = 0
    for rows in _batches(model, with_rows):
        with transaction.atomic():
            move(rows, fields)
        keys.forget()
        moved += len(rows)
        if moved % (AT_ONCE * 100) == 0:
            log.info("%s: %s rows", model._meta.db_table, moved)
    if connection.in_atomic_block and connection.vendor == "postgresql":
        # PostgreSQL changes no table whose rows are still to be checked.
        connection.check_constraints()
    return moved


def _batches(model: Any, with_rows: tuple[str, ...]) -> Iterator[list[Any]]:
    asked, last = model._base_manager.order_by("pk"), 0
    if with_rows:
        asked = asked.select_related(*with_rows)
    while rows := list(asked.filter(pk__gt=last)[:AT_ONCE]):
        yield rows
        last = rows[-1].pk


def _seal(rows: list[Any], fields: list[EncryptedText]) -> None:
    """Seal what is not; the keys of all are drawn at once."""
    plain = [(row, [one for one in fields if _is_plain(row, one)]) for row in rows]
    keys.draw_missing({one.whose(row) for row, some in plain for one in some if row.__dict__[one.attname]})
    for row, some in plain:
        if some:
            row.save(update_fields=[one.name for one in some])


def _is_plain(row: models.Model, field: EncryptedText) -> bool:
    value = row.__dict__[field.attname]
    # An empty list of before rests as `[]`: it is written anew too.
    return not isinstance(value, Sealed) and (bool(value) or isinstance(field, EncryptedJSON))


def _unseal(rows: list[Any], fields: list[EncryptedText]) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for row in rows:
            values = [_plain(row, field) for field in fields]
            columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
            table = quote(row._meta.db_table)
            cursor.execute(f"UPDATE {table} SET {columns} WHERE id = %s", [*values, row.pk])  # noqa: S608  # nosec B608


def _plain(row: models.Model, field: EncryptedText) -> Any:
    value = getattr(row, field.attname)
    return field.as_plain(value).decode() if isinstance(field, EncryptedJSON) else value


def _write_anew(model: Any) -> None:
    """Write a table anew, so that no file of the database holds what it held before."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
