"""The book of one merge: what each column held, what it holds since, and how all of it is put back.

A sealed value rests by its person's key and says whose (`vault/fields.py`): what moves is opened and sealed anew by the
key of who has it now. The book keeps the former seal, which only the emptied account's key opens, so that an undo gives
back the very same bytes, and erasing that key leaves nothing of them.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction

from visavis.common.merging import Column
from visavis.merging.models import Cell, Merge
from visavis.people.models import User
from visavis.vault.fields import EncryptedText, Sealed, seal

AT_ONCE = 500
Cells = dict[tuple[str, int, str], Cell]


def at_rest(value: Any) -> str:
    """Return a value of a column as the book keeps it: a sealed one as it rests."""
    if isinstance(value, Sealed):
        return value.text
    plain = b64encode(value).decode() if isinstance(value, bytes | memoryview) else value
    return json.dumps(plain, default=str)


def held(row: models.Model, name: str) -> Any:
    """Return what a column of a row holds, as it rests: what was opened already is read again, still sealed."""
    value = row.__dict__[name]
    if isinstance(row._meta.get_field(name), EncryptedText) and value and not isinstance(value, Sealed):
        return type(row)._base_manager.get(pk=row.pk).__dict__[name]
    return value


def digest(kept: str) -> str:
    return hashlib.sha256(kept.encode()).hexdigest()


def of_rest(field: Any, kept: str) -> Any:
    """Return what `at_rest` kept, as the column takes it."""
    if isinstance(field, EncryptedText) and field.is_sealed(kept):
        return Sealed(kept)
    value = json.loads(kept)
    return value if isinstance(field, models.JSONField | EncryptedText) else field.to_python(value)


class MergeBook:
    """Writes one merge. What it writes for the second time it keeps once: what stood before all of it."""

    def __init__(self, merge: Merge, *, former: int, other: int) -> None:
        self.merge, self.former, self.other = merge, former, other
        self.cells: Cells = {}

    def put(self, row: models.Model, **values: Any) -> None:
        """Write columns of one row, and keep what they held."""
        model = type(row)
        fields: dict[str, Any] = {name: model._meta.get_field(name) for name in values}
        for name, field in fields.items():
            key = (model._meta.label, row.pk, field.attname)
            kept = self.cells.get(key)
            if kept is None:
                kept = Cell(merge=self.merge, table=key[0], row=key[1], column=key[2])
                kept.before = at_rest(held(row, field.attname))
                self.cells[key] = kept
            kept.after = digest(at_rest(values[name]))
        written = {field.attname: values[name] for name, field in fields.items()}
        model._base_manager.filter(pk=row.pk).update(**written)
        row.__dict__.update(written)

    def put_sealed(self, row: models.Model, name: str, value: Any) -> None:
        """Write one sealed column by the key of whose the row is, and keep what it held."""
        self.put(row, **{name: sealed(row, name, value)})

    def move(self, column: Column, *, if_free: bool) -> None:
        """Let the rows of one account, or of its file, be the other's; with `if_free` those that can."""
        former, other = self.numbers(column)
        if former is None or other is None:
            return
        for row in column.model._base_manager.filter(**{column.name: former}).order_by("pk"):
            if not if_free:
                self.put(row, **{column.name: other})
                continue
            try:
                with transaction.atomic():
                    self.put(row, **{column.name: other})
            except IntegrityError:
                field: Any = column.model._meta.get_field(column.name)
                del self.cells[column.model._meta.label, row.pk, field.attname]

    def numbers(self, column: Column) -> tuple[int | None, int | None]:
        """Return what a column says of each: the number of the account, or of what hangs on it once."""
        target: Any = column.model._meta.get_field(column.name).related_model
        if target is User:
            return self.former, self.other
        rows = dict(target._base_manager.filter(user__in=[self.former, self.other]).values_list("user", "pk"))
        return rows.get(self.former), rows.get(self.other)

    def moved(self, model: type[models.Model]) -> list[int]:
        """Return the numbers of the rows of a table that this act has moved."""
        return sorted({row for table, row, _column in self.cells if table == model._meta.label})

    def close(self) -> None:
        """Keep the book: what was written and is as it stood needs no line."""
        rows = [cell for cell in self.cells.values() if cell.after != digest(cell.before)]
        Cell.objects.bulk_create(rows, batch_size=AT_ONCE)

    # Seals -----------------------------------------------------------------------------------------

    def seal_anew(self) -> None:
        """Seal by its person's key what is hers now and rests by the other's."""
        for model, fields in sealed_columns():
            for way, names in fields.items():
                self._seal_anew(model, way, names)

    def _seal_anew(self, model: type[models.Model], way: str, names: list[str]) -> None:
        rows = model._base_manager.filter(**{way: self.other}).order_by("pk")
        above = way.rpartition("__")[0]
        if above:
            # So that the way from a row to the account asks nothing more.
            rows = rows.select_related(above)
        for row in rows.iterator(chunk_size=AT_ONCE):
            for name in names:
                value = row.__dict__[name]
                if isinstance(value, Sealed) and value.person == self.former:
                    self.put(row, **{name: resealed(row, name, value)})


def sealed(row: models.Model, name: str, value: Any) -> Any:
    """Return a value as a column of a row rests; what is not sealed there, as it is."""
    field = row._meta.get_field(name)
    if not isinstance(field, EncryptedText) or not value:
        return value
    plain, mark = field.as_plain(value), field.mark_of(value)
    return seal(plain, column=field.place, row=row.pk, person=field.whose(row), mark=mark)


def resealed(row: models.Model, name: str, value: Sealed) -> Any:
    """Return a sealed value of a row by the key of whose it is now; nothing where its key was erased."""
    field: Any = row._meta.get_field(name)
    plain = value.content(field.place, row.pk)
    if plain is None:
        return None if field.null else ""
    return seal(plain, column=field.place, row=row.pk, person=field.whose(row), mark=value.mark)


def sealed_columns() -> Iterator[tuple[type[models.Model], dict[str, list[str]]]]:
    """Give the tables with sealed columns of people, the columns by the way to the account that each says."""
    for model in apps.get_models():
        fields: dict[str, list[str]] = {}
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedText) and field.person and field.person != "pk":
                way = field.person.replace(".", "__")
                if _leads_to_account(model, way):
                    fields.setdefault(way, []).append(field.attname)
        if fields:
            yield model, fields


def _leads_to_account(model: type[models.Model], way: str) -> bool:
    found: Any = model
    for step in way.split("__"):
        try:
            field = found._meta.get_field(step)
        except FieldDoesNotExist:
            # A key of its own, which no account has.
            return False
        found = field.related_model
    return found is User


# Back -------------------------------------------------------------------------------------------------


class UndoBook(MergeBook):
    """Puts back what a merge moved; `former` is the file that stays, `other` the one that gets its own again.

    A column that somebody changed since stays as it is.
    """

    def __init__(self, merge: Merge, *, former: int, other: int) -> None:
        super().__init__(merge, former=former, other=other)
        self.kept: list[Cell] = list(merge.cells.order_by("pk"))

    def put_back(self) -> None:
        """Write what still holds what the merge wrote as it was, a row at once; accounts come last (`facts.py`)."""
        for table in dict.fromkeys(cell.table for cell in self.kept if cell.table != User._meta.label):
            by_row: dict[int, list[Cell]] = {}
            for cell in self.kept:
                if cell.table == table:
                    by_row.setdefault(cell.row, []).append(cell)
            rows = apps.get_model(table)._base_manager.in_bulk(list(by_row))
            for number, cells in by_row.items():
                if number in rows and (values := unchanged(rows[number], cells)):
                    self.put(rows[number], **values)

    def close(self) -> None:
        """Keep nothing of an undo: what it put back is the book of the merge."""


def unchanged(row: models.Model, cells: list[Cell]) -> dict[str, Any]:
    """Return what a row held before, of its columns that nobody has changed since."""
    still = [one for one in cells if digest(at_rest(held(row, one.column))) == one.after]
    return {one.column: of_rest(row._meta.get_field(one.column), one.before) for one in still}


def held_before(column: str, values: Collection[str]) -> set[str]:
    """Return which values a column held before a merge that may still be undone."""
    label, _dot, name = column.rpartition(".")
    kept = {json.dumps(one): one for one in values}
    rows = Cell.objects.filter(table=label, column=name, before__in=list(kept))
    return {kept[before] for before in rows.values_list("before", flat=True)}
