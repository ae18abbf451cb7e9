"""The town of the personas, made once by its factories and put up again in every test: the same rows, written at once.

What was now when it was made is now when it is put up.
"""

import datetime as dt
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import IntegrityError

from tests import personas
from visavis.common import clock
from visavis.people.models import NameWord
from visavis.vault import keys as keys_of_people
from visavis.vault.fields import EncryptedText

type Build = Callable[[], Any]

# In one statement; PostgreSQL takes twice as many.
MOST_VALUES = 32_000
# The database writes them itself when the rows they follow are written.
BY_TRIGGER: set[type[models.Model]] = {NameWord}


@dataclass(frozen=True)
class Rows:
    """What one table holds: its statement, and the values as the database takes them."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]] = field(repr=False)

    def write(self) -> None:
        quote = connection.ops.quote_name
        columns = ", ".join(map(quote, self.columns))
        place = "(" + ", ".join(["%s"] * len(self.columns)) + ")"
        with connection.cursor() as cursor:
            for rows in batched(self.values, MOST_VALUES // len(self.columns), strict=False):
                given = [adapted(value) for row in rows for value in row]
                places = ", ".join([place] * len(rows))
                cursor.execute(f"INSERT INTO {quote(self.table)} ({columns}) VALUES {places}", given)


def adapted(value: Any) -> Any:
    """Return a moment or a day as the database takes it; everything else is so already."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


class Keeper(pickle.Pickler):
    """Keep a town, and say where it says now or today."""

    def __init__(self, file: io.BytesIO, since: dt.datetime) -> None:
        super().__init__(file, protocol=5)
        self.since, self.until, self.today = since, clock.now(), clock.today()

    def persistent_id(self, thing: Any) -> str | None:
        if isinstance(thing, dt.datetime):
            return "now" if self.since <= thing <= self.until else None
        return "today" if isinstance(thing, dt.date) and thing == self.today else None


class Finder(pickle.Unpickler):
    """Put the present instant and day where a town says now and today."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.values: dict[str, object] = {"now": clock.now(), "today": clock.today()}

    def persistent_load(self, said: str) -> object:
        return self.values[said]


def keep(build: Build = personas.build, *, moves: bool = True) -> bytes:
    """Make the town in an empty database, and return it with its rows; nothing stays in the database.

    One that does not move keeps its own moments: those that are signed, for example.
    """
    # What another test's rows opened, and what this one's open, is not for the next.
    keys_of_people.forget()
    with transaction.atomic():
        # A view has no rows of its own.
        found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
        tables = {model: set(keys(model)) for model in found if model not in BY_TRIGGER}
        since = clock.now()
        town = build()
        rows = [new for model, before in tables.items() if (new := new_rows(model, before)).values]
        transaction.set_rollback(True)
    keys_of_people.forget()
    kept = io.BytesIO()
    (Keeper(kept, since) if moves else pickle.Pickler(kept, protocol=5)).dump((town, rows))
    return kept.getvalue()


def keys(model: type[models.Model]) -> Any:
    return model._base_manager.values_list("pk", flat=True)


def new_rows(model: type[models.Model], before: set[object]) -> Rows:
    """Return the rows of a model that were not there before."""
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    rows = [
        tuple(prepared(one, row) for one in fields)
        for row in model._base_manager.exclude(pk__in=before).order_by("pk")
    ]
    return Rows(model._meta.db_table, tuple(one.column for one in fields), rows)


def prepared(field: models.Field[Any, Any], row: models.Model) -> Any:
    """Return a value as the database takes it; a moment and a day as they are, for they move."""
    if isinstance(field, EncryptedText):
        return field.get_db_prep_save(field.at_rest(row), connection)
    value = getattr(row, field.attname)
    if isinstance(value, dt.date | bytes | memoryview):
        return bytes(value) if isinstance(value, memoryview) else value
    return field.get_db_prep_save(value, connection)


def put_up(kept: bytes, build: Build = personas.build) -> Any:
    """Put the town up; where something of it stands already, it is built as it was."""
    town, rows = Finder(io.BytesIO(kept)).load()
    try:
        with transaction.atomic():
            for one in rows:
                one.write()
    except IntegrityError:
        return build()
    return town


def settle() -> None:
    """Check the keys of what stands for many tests now, which each of them would check anew at its end.

    SQLite looks through its tables each time, whatever was checked before.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
