"""The town that `pages.py` is asked in: the demonstration's, fifty times as large, in SQLite, copied to PostgreSQL."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.models import F

from visavis.common import clock
from visavis.demo import people as demo_people
from visavis.demo import quiet, town
from visavis.operations import planning
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.searches.index import writing

PEOPLE_OF_ONE = 250
VACANCIES_OF_ONE = 10
AT_ONCE = 2_000
LEFT = {"contenttypes", "sessions", "django_tasks_db"}


def fill(people: int, vacancies: int, seed: int) -> None:
    """Fill an empty SQLite with the town, so many people a counsellor and vacancies an employer."""
    call_command("migrate", verbosity=0)
    more = tuple(
        (f"Counsellor {number}", Role.COUNSELLOR, number % 2) for number in range(people // PEOPLE_OF_ONE)
    )
    size = town.Size(people, vacancies, vacancies // VACANCIES_OF_ONE)
    with (
        mock.patch.object(town, "STAFF", (*town.STAFF, *more)),
        mock.patch.object(demo_people, "_user", _each_address_once(demo_people._user)),
        # Nobody reads here what the lines of ideal profiles do to groups, which takes a third of the time.
        mock.patch.object(town, "_audit"),
        mock.patch.object(quiet, "fall_silent", _as_in_the_demonstration(quiet.fall_silent)),
    ):
        town.fill(seed=seed, size=size)
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Migrate a town that was filled before, and let SQLite look at its rows as the worker of a site does."""
    call_command("migrate", verbosity=0)
    planning.look()


def _as_in_the_demonstration(fall_silent: Callable[[], None]) -> Callable[[], None]:
    """Let one in five be unreached for weeks: nearly nobody of so many has a history, and all the others would be."""

    def made() -> None:
        newly = clock.now() - dt.timedelta(days=7)
        User.objects.annotate(fifth=F("pk") % 5).exclude(fifth=0).update(joined_at=newly)
        fall_silent()

    return made


def _each_address_once(make: Callable[..., User]) -> Callable[..., User]:
    """Leave out what somebody else has already: so many people share the numbers that nobody has."""
    taken: set[str | None] = set()

    def made(*of: Any) -> User:
        user = make(*of)
        user.email = None if user.email in taken else user.email
        user.phone = None if user.phone in taken else user.phone
        taken.update((user.email, user.phone))
        return user

    return made


def copy(file: Path) -> None:
    """Copy every row of a SQLite file into an empty PostgreSQL, and write its own full text."""
    call_command("migrate", verbosity=0)
    kept = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    with connection.cursor() as cursor:
        cursor.execute("SET TimeZone = 'UTC'")
        # Neither triggers nor foreign keys are asked: these rows have passed them once.
        cursor.execute("SET session_replication_role = replica")
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _models())
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        for model in _models():
            _copy(kept, cursor, model)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SET TimeZone = DEFAULT")
    writing.rebuild()
    with connection.cursor() as cursor:
        # As the server does by itself some minutes after a town is filled.
        cursor.execute("VACUUM ANALYZE")


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.app_label not in LEFT:
            yield model


def _copy(kept: sqlite3.Connection, cursor: Any, model: type[models.Model]) -> None:
    quote = connection.ops.quote_name
    table, fields = quote(model._meta.db_table), model._meta.concrete_fields
    names = ", ".join(quote(field.column) for field in fields)
    rows = kept.execute(f"SELECT {names} FROM {table}")
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as written:
        while some := rows.fetchmany(AT_ONCE):
            for row in some:
                written.write_row([_value(field, value) for field, value in zip(fields, row, strict=True)])
    if isinstance(model._meta.pk, models.AutoField):
        column = model._meta.pk.column
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({quote(column)}), 1)) FROM {table}",
            [model._meta.db_table, column],
        )


def _value(field: Any, value: Any) -> Any:
    """Give a value of SQLite as PostgreSQL reads it in words."""
    if isinstance(field, models.BooleanField) and value is not None:
        return bool(value)
    if isinstance(field, models.JSONField) and value is not None:
        return json.dumps(json.loads(value))
    return value
