"""Rows written by the hundred thousand: COPY where the database has it, else one statement a few hundred rows."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from django.db import connection
from django.db.models import Model

ROWS_AT_ONCE = 500


def write(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows as values of some fields; no object is made, nothing is checked but by the database."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = [connection.ops.quote_name(field.column) for field in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)", fields, rows)
        return
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # names of fields  # nosec B608
    with connection.cursor() as cursor:
        for some in batched(rows, ROWS_AT_ONCE, strict=False):
            cursor.executemany(statement, [_adapted(fields, row) for row in some])


def _adapted(fields: Sequence[Any], row: Sequence[Any]) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]


def _copy(statement: str, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    types = [str(field.db_type(connection)).partition("(")[0].partition(" GENERATED")[0] for field in fields]
    known = {"timestamp with time zone": "timestamptz", "double precision": "float8", "varchar": "varchar"}
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([known.get(kind, kind) for kind in types])
        for row in rows:
            copy.write_row(row)
