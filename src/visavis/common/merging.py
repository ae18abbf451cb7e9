"""What becomes of each app's rows when two files of one person are merged: each app says it in its `merging.toml`.

`moves`: columns that say whose a row is, and that say the other account from then on. `if_free`: the same, but what
the other file has already stays behind. `stays`: what goes with the emptied account. `counted`: what the page counts,
the words and the way to the account; `behind`: what both may have and one keeps, the words, the column that says
whose it is and those by which two are the same. `refused`: functions that say why two files cannot be merged; `also`:
functions that move what no column says; `back`: what is asked also of what goes back, or comes late.
`tests/merging/test_said.py` is red for a column that no app names.
"""

import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string


class Book(Protocol):
    """One act that moves rows from one account to another, or back; it keeps what each column held."""

    @property
    def former(self) -> int:
        """The account from which rows come."""

    @property
    def other(self) -> int:
        """The account to which they go."""

    def put(self, row: models.Model, **values: Any) -> None:
        """Write columns of one row, and keep what they held."""

    def put_sealed(self, row: models.Model, name: str, value: Any) -> None:
        """Write one sealed column by the key of whose the row is, and keep what it held."""

    def moved(self, model: type[models.Model]) -> list[int]:
        """Return the numbers of the rows of a table that this act has moved."""


type Refusal = Callable[[int, int], str]
"""Says why the file of the second account cannot go into that of the first; nothing where it can."""


@dataclass(frozen=True)
class Column:
    """A column that says whose a row is."""

    model: type[models.Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.name}"


@dataclass(frozen=True)
class Counted:
    """What the page counts of an account."""

    words: str
    model: type[models.Model]
    way: str

    def of(self, account: int) -> int:
        return self.model._base_manager.filter(**{self.way: account}).count()


@dataclass(frozen=True)
class Behind:
    """What both files may have, of which only the row of the one that stays goes on."""

    words: str
    column: Column
    same: tuple[str, ...]

    def rows(self, number: int | None) -> models.QuerySet[models.Model]:
        """Return the rows of an account, or of its file."""
        return self.column.model._base_manager.filter(**{self.column.name: number})

    def of_both(self, stays: int | None, goes: int | None) -> int:
        """Count those of the file that goes which the other has too."""
        there = self.rows(stays).filter(**{name: models.OuterRef(name) for name in self.same})
        return self.rows(goes).filter(models.Exists(there)).count()


@dataclass
class Said:
    """What all apps say."""

    moves: list[Column] = field(default_factory=list)
    if_free: list[Column] = field(default_factory=list)
    stays: list[Column] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    behind: list[Behind] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    also: list[Callable[[Book], None]] = field(default_factory=list)
    back: list[Callable[[Book], None]] = field(default_factory=list)


@cache
def said() -> Said:
    """Gather what every app says, the lower apps first."""
    found = Said()
    for app in reversed(list(apps.get_app_configs())):
        file = Path(app.path) / "merging.toml"
        if file.exists():
            _read(found, tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def _read(found: Said, said: dict[str, Any]) -> None:
    for name in ("moves", "if_free", "stays"):
        getattr(found, name).extend(_columns(said.get(name, ())))
    for name in ("refused", "also", "back"):
        getattr(found, name).extend(import_string(one) for one in said.get(name, ()))
    for words, place in said.get("counted", {}).items():
        label, _dot, way = place.rpartition(".")
        found.counted.append(Counted(words, apps.get_model(label), way))
    for words, (place, *same) in said.get("behind", {}).items():
        [column] = _columns([place])
        found.behind.append(Behind(words, column, tuple(same)))


def _columns(places: Iterable[str]) -> list[Column]:
    cut = [place.rpartition(".") for place in places]
    return [Column(apps.get_model(label), name) for label, _dot, name in cut]


HELD_BEFORE: list[Callable[[str, Collection[str]], set[str]]] = []
"""Asked with a column and values: which of them a row held before a merge that may still be undone."""


def held_before(column: str, values: Collection[str]) -> set[str]:
    """Return which values some row of a column held before a merge that may still be undone."""
    return {one for ask in HELD_BEFORE for one in ask(column, values)}
