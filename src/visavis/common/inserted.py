"""A row written down with a statement that is written once in a process: what each page notes of what it showed."""

from functools import lru_cache
from typing import Any

from django.db import connections, models, router


def insert(row: models.Model) -> None:
    """Write one new row, as `bulk_create` would, and give it its number."""
    using = router.db_for_write(type(row))
    connection: Any = connections[using]
    sql, fields = _statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        [row.pk] = cursor.fetchone()
    row._state.adding, row._state.db = False, using


@lru_cache(maxsize=16)
def _statement(model: type[models.Model], _vendor: str) -> tuple[str, list[Any]]:
    """Write the statement of a model whose number the database draws."""
    quote = connections[router.db_for_write(model)].ops.quote_name
    fields: list[Any] = [one for one in model._meta.concrete_fields if not one.primary_key]
    columns, places = ", ".join(quote(one.column) for one in fields), ", ".join(["%s"] * len(fields))
    table, number = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    # Names of our own table and columns; the values are parameters.
    written = f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {number}"  # noqa: S608  # nosec B608
    return written, fields
