"""What is kept of people: each app says it in its own `keeping.toml`, and here it is read as one list.

The table of retention in docs/operations.md is this list in words; tests/test_house.py compares them.
Issue 13 completes it: erasing on demand, and what a person takes away of all apps.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

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
    forget: Mapping[str, Callable[[], int]] = field(default_factory=dict)
    """A word for what the night deletes, and what deletes all that is past its time: safe at any moment."""


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
    ways = {name: import_string(way) if "." in way else way for name, way in tables.items()}
    return Kept(
        erased=Erased(said.pop("erased")),
        tables=tuple(Rows(apps.get_model(name), way, secret) for name, way in ways.items()),
        forget={word: import_string(name) for word, name in said.pop("forget", {}).items()},
        **{"law": PUBLIC_TASK} | said,
    )


def forget() -> dict[str, int]:
    """Delete what is past its time; return how many rows of each. Safe to run at any moment, and again."""
    return {name: delete() for one in kept() for name, delete in one.forget.items()}


def export(user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is about a person, by table. Nothing offers it yet: issue 13 words it for her."""
    tables = [rows for one in kept() for rows in one.tables if rows.person]
    return {rows.model._meta.label: rows.of(user_id) for rows in tables}
