"""How the rows of a question that is written once become what its queryset gives, worked out once as well.

Django works out anew for each call which column is converted how, and which belongs to which model; and it converts
value by value what stands here in columns.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from inspect import getattr_static
from typing import Any

from django.db import connections
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    NamedValuesListIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init  # noqa: TID251  (asked whether anybody else waits for them)
from django.db.models.utils import create_namedtuple_class

type Row = Sequence[Any]
# A column of Django's values made of a column of the database's.
type Convert = Callable[[Sequence[Any], Any], Sequence[Any]]
TRUTHS = {0: False, 1: True}


class Rows:
    """What a queryset gives of the rows that the database found for it."""

    def __init__(self, queryset: Any, compiler: Any) -> None:
        self._db, self._count = queryset.db, compiler.col_count
        self._is_longer = compiler.has_extra_select
        fields = [one[0] for one in compiler.select[: self._count]]
        if compiler.has_composite_fields(fields):
            raise TypeError("no column of a question that is written once is made of several")
        self._converts = [
            (place, _convert(some, column, connections[self._db]))
            for place, (some, column) in compiler.get_converters(fields).items()
        ]
        self._make = MAKERS[queryset._iterable_class](queryset, compiler)

    def read(self, found: Sequence[Row]) -> list[Any]:
        """Return what the rows are, in their order."""
        if not found:
            return []
        if self._is_longer:
            found = [row[: self._count] for row in found]
        if self._converts:
            connection, columns = connections[self._db], list(zip(*found, strict=True))
            for place, convert in self._converts:
                columns[place] = convert(columns[place], connection)
            found = list(zip(*columns, strict=True))
        return list(self._make(found))


def _convert(some: Sequence[Callable[..., Any]], column: Any, connection: Any) -> Convert:
    """Return how a column is converted: instants and truths of SQLite, of which a caseload has thousands, at once."""
    ops = connection.ops
    if len(some) == 1 and some[0] == getattr(ops, "convert_booleanfield_value", None):
        return lambda values, _connection: [TRUTHS.get(one, one) for one in values]
    is_instant = connection.vendor == "sqlite" and connection.timezone is dt.UTC
    if len(some) == 1 and is_instant and some[0] == ops.convert_datetimefield_value:
        return lambda values, _connection: list(map(instant, values))

    def convert(values: Sequence[Any], connection: Any) -> Sequence[Any]:
        for each in some:
            values = [each(one, column, connection) for one in values]
        return values

    return convert


def instant(value: Any) -> dt.datetime | None:
    """Return an instant as Django does: SQLite holds it in UTC, and in words where no column declares it."""
    if value is None:
        return None
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)


# What a kind of queryset makes of converted rows.
type Make = Callable[[Sequence[Row]], Iterable[Any]]


def _models(queryset: Any, compiler: Any) -> Make:
    """Make rows of models, with what was selected and annotated beside them."""
    db, select, info, mode = queryset.db, compiler.select, compiler.klass_info, queryset._fetch_mode
    if mode.track_peers:
        raise TypeError("rows of a question that is written once know nothing of each other")
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [one[0].target.attname for one in select[first:last]]
    made, beside = _made(info["model"], names, db, mode), get_related_populators(info, select, db, mode)
    for related in beside:
        _make_quickly(related, db, mode)
    annotated = [*(compiler.annotation_col_map or {}).items()]

    def make(found: Sequence[Row]) -> Iterable[Any]:
        for row in found:
            one = made(row[first:last])
            for related in beside:
                related.populate(row, one)
            for name, place in annotated:
                setattr(one, name, row[place])
            yield one

    return make


def _make_quickly(related: Any, db: str, mode: Any) -> None:
    """Have what is selected beside a row made as the row is."""
    made = _made(related.model_cls, related.init_list, db, mode)
    related.from_db = lambda _db, _names, values: made(values)
    for further in related.related_populators:
        _make_quickly(further, db, mode)


def _made(model: type[Model], names: Sequence[str], db: str, mode: Any) -> Callable[[Row], Any]:
    """Return what makes a row of a model of its values: Django asks for each of fifty columns how it is kept."""
    if not is_kept_as_given(model):
        return partial(model.from_db, db, names, fetch_mode=mode)
    keys = ("_state", *names)

    def made(values: Row) -> Any:
        one, state = model.__new__(model), ModelState()
        state.adding, state.db, state.fetch_mode = False, db, mode
        one.__dict__.update(zip(keys, (state, *values), strict=True))
        return one

    return made


def is_kept_as_given(model: type[Model]) -> bool:
    """Say whether a row of a model holds its values as they come, and nobody waits for rows to be made."""
    is_django = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    is_awaited = pre_init.has_listeners(model) or post_init.has_listeners(model)
    fields: list[Any] = [*model._meta.concrete_fields]
    return is_django and not is_awaited and all(_is_plain(model, one.attname) for one in fields)


def _is_plain(model: type[Model], name: str) -> bool:
    """Say whether a column is kept under its name: a new row has nothing yet that a value could make stale."""
    kind = type(getattr_static(model, name))
    return (
        "__set__" not in dir(kind) or kind is ForeignKeyDeferredAttribute or hasattr(kind, "keeps_as_given")
    )


def _tuples(_queryset: Any, _compiler: Any) -> Make:
    return lambda found: found


def _values(_queryset: Any, _compiler: Any) -> Make:
    return lambda found: [row[0] for row in found]


def _named(queryset: Any, _compiler: Any) -> Make:
    kind = create_namedtuple_class(*(queryset._fields or _names(queryset.query)))
    return lambda found: [tuple.__new__(kind, row) for row in found]


def _dicts(queryset: Any, _compiler: Any) -> Make:
    names = [*queryset.query.selected] if queryset.query.selected else _names(queryset.query)
    return lambda found: [dict(zip(names, row, strict=True)) for row in found]


def _names(query: Any) -> list[str]:
    return [*query.extra_select, *query.values_select, *query.annotation_select]


MAKERS: dict[Any, Callable[[Any, Any], Make]] = {
    ModelIterable: _models,
    ValuesListIterable: _tuples,
    FlatValuesListIterable: _values,
    NamedValuesListIterable: _named,
    ValuesIterable: _dicts,
}
