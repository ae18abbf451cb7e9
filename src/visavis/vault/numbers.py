"""Row numbers that are known before the row is written: what is sealed is bound to its row."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

if TYPE_CHECKING:
    Numbers = models.BigAutoField[Any, int]
else:
    Numbers = models.BigAutoField


class NumberedField(Numbers):
    """A row's number, drawn from the table's own sequence just before the row is written."""

    def get_pk_value_on_save(self, instance: models.Model) -> int:
        return drawn(type(instance))

    def has_default(self) -> bool:
        """Let Django insert a new row at once, without trying to update one of its number first."""
        return True

    def get_default(self) -> None:
        return None


def drawn(model: type[models.Model]) -> int:
    """Draw the next number of a table: two at once never draw the same."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [quoted, model._meta.pk.column])
            return int(cursor.fetchone()[0])
        return _next(cursor, table) or _first(cursor, model)


def number_all(rows: Sequence[models.Model]) -> None:
    """Give each of these new rows of one table its number, all drawn in one question."""
    if not rows:
        return
    model, many = type(rows[0]), len(rows)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            named = [connection.ops.quote_name(table), model._meta.pk.column, many]
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", named
            )
            numbers = [int(number) for (number,) in cursor.fetchall()]
        else:
            last = _next(cursor, table, many) or _first(cursor, model, many)
            numbers = list(range(last - many + 1, last + 1))
    for row, number in zip(rows, numbers, strict=True):
        row.pk = number


def _next(cursor: Any, table: str, many: int = 1) -> int | None:
    cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [many, table])
    found = cursor.fetchone()
    return int(found[0]) if found else None


def _first(cursor: Any, model: type[models.Model], many: int = 1) -> int:
    """Begin the sequence of a table that never had a row; a transaction of SQLite writes alone."""
    table = model._meta.db_table
    with transaction.atomic():
        if (number := _next(cursor, table, many)) is not None:
            return number
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, many])
    return many
