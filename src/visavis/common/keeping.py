"""What is kept of people: each app says it in its own `keeping.toml`, and here it is read as one list.

The table of retention in docs/operations.md and the page `/privacy/kept/` are this list in words; what is past its
time is found by the functions that it names, and deleted by the night.
"""

import datetime as dt
import logging
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import import_string

from visavis.common import clock

log = logging.getLogger(__name__)

AT_ONCE = 500
# Why it may be kept at all, when nothing else is said.
PUBLIC_TASK = "GDPR art. 6(1)(e), a public task"
NOBODY = "about nobody"


class Erased(Enum):
    """What the database does to the rows when the account of the person goes."""

    WITH_ACCOUNT = "deleted with the account"
    FORGETS_AUTHOR = "kept, its author forgotten"
    BY_TIME = "kept until its time is over"
    NEVER = "no row says whose it is"


@dataclass(frozen=True)
class Rows:
    """A table, the way from a row to the number of the person it is about, and what is never taken away."""

    model: type[models.Model]
    person: str | Callable[[int], models.Q] = ""
    secret: frozenset[str] = frozenset()

    def of(self, user_id: int) -> list[dict[str, Any]]:
        """Return the rows about a person as plain data."""
        if not self.person:
            return []
        about = models.Q((self.person, user_id)) if isinstance(self.person, str) else self.person(user_id)
        columns = [one.attname for one in self.model._meta.concrete_fields if one.attname not in self.secret]
        rows = self.model._base_manager.filter(about).order_by("pk")
        return [{name: getattr(row, name) for name in columns} for row in rows]


@dataclass(frozen=True)
class File:
    """A file about a person: a name to know it by, and its bytes, read when they are taken; None if it is gone."""

    name: str
    content: Callable[[], bytes | None]


type Over = Callable[[dt.datetime], models.QuerySet[Any]]
type Ends = Callable[[models.Model], int]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One class of data: what it is, how long, why, by which law, how it ends; and the tables it is in."""

    what: str
    until: str
    why: str
    law: str
    how: str
    erased: Erased
    tables: tuple[Rows, ...] = ()
    over: Mapping[str, Over] = field(default_factory=dict)
    """A word for what the night deletes, and what finds all that is past its time at a moment."""
    end: Mapping[str, Ends] = field(default_factory=dict)
    """What ends it, by the same word, where that is more than deleting the rows."""
    files: Callable[[int], Iterable[File]] | None = None
    """What gives the files about a person, where more is kept than rows."""


@cache
def kept() -> tuple[Kept, ...]:
    """Gather what every app keeps, the lower apps first."""
    files = [Path(one.path) / "keeping.toml" for one in apps.get_app_configs()]
    return tuple(read(one) for file in reversed(files) if file.exists() for one in _said(file))


def _said(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["kept"]
    return found


def read(said: dict[str, Any]) -> Kept:
    """Read one class of data; a way to the person, or what deletes, may be a function by its dotted name."""
    tables: dict[str, str] = said.pop("tables", {})
    secret = frozenset(said.pop("secret", ()))
    files: str = said.pop("files", "")
    ways = {name: import_string(way) if "." in way else way for name, way in tables.items()}
    return Kept(
        erased=Erased(said.pop("erased")),
        tables=tuple(Rows(apps.get_model(name), way, secret) for name, way in ways.items()),
        over={word: import_string(name) for word, name in said.pop("over", {}).items()},
        end={word: import_string(name) for word, name in said.pop("end", {}).items()},
        files=import_string(files) if files else None,
        **{"law": PUBLIC_TASK} | said,
    )


def overdue(now: dt.datetime) -> dict[str, int]:
    """Count what was past its time at a moment and is still there, by the words of the table."""
    return {word: find(now).order_by().count() for one in kept() for word, find in one.over.items()}


@dataclass(frozen=True)
class Forgotten:
    """So many rows of one kind are gone; `failed` where some could not be deleted."""

    word: str
    rows: int
    failed: bool = False


def forgetting() -> Iterator[Forgotten]:
    """Delete what is past its time, some rows at once, telling of each some; every word is told once at least.

    Nothing is kept of how far it came: what is still there is what is still to do, whoever stopped in the middle.
    One kind that fails is logged, and the next is deleted all the same.
    """
    for one in kept():
        for word, find in one.over.items():
            try:
                yield from _forget(word, find, one.end.get(word))
            except Exception as error:  # noqa: BLE001  (in any way: the others are deleted all the same)
                log.error("what is past its time stays: %s (%s)", word, type(error).__qualname__)
                yield Forgotten(word, 0, failed=True)


def forget() -> dict[str, int]:
    """Delete all that is past its time; return how many rows of each. Safe to run at any moment, and again."""
    told: dict[str, int] = {}
    for some in forgetting():
        told[some.word] = told.get(some.word, 0) + some.rows
    return told


def _forget(word: str, find: Over, end: Ends | None) -> Iterator[Forgotten]:
    last: Any = None
    while True:
        rows = find(clock.now()).order_by("pk")
        some = list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE])
        yield _ended(word, end, some) if end else Forgotten(word, _delete(rows, some))
        if len(some) < AT_ONCE:
            return
        last = some[-1].pk


def _ended(word: str, end: Ends, some: list[Any]) -> Forgotten:
    """End each by itself: one that fails is logged, and the next ends all the same."""
    gone, failed = 0, False
    for row in some:
        try:
            with transaction.atomic():
                gone += end(row)
        except Exception as error:  # noqa: BLE001  (in any way: the others end all the same)
            log.error("what is past its time stays: %s, one of it (%s)", word, type(error).__qualname__)
            failed = True
    return Forgotten(word, gone, failed)


def _delete(rows: models.QuerySet[Any], some: list[Any]) -> int:
    """Delete some rows that are still past their time, and return how many of them, without what went along."""
    still = rows.order_by().filter(pk__in=[row.pk for row in some])
    with transaction.atomic():
        return still.delete()[1].get(rows.model._meta.label, 0) if some else 0


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is about a person, by table."""
    tables = [rows for one in kept() for rows in one.tables if rows.person]
    return {rows.model._meta.label: rows.of(user_id) for rows in tables}


def files(user_id: int) -> Iterator[File]:
    """Give every file that is about a person; each is read when its content is asked for."""
    for one in kept():
        if one.files is not None:
            yield from one.files(user_id)
