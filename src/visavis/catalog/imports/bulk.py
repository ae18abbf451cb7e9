"""Write many rows at once, and only those that differ."""

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from django.db.models import Model, QuerySet

from visavis.catalog.imports.report import Counts

BATCH = 2_000

type Values = dict[str, Any]
type Key = tuple[Any, ...]
type Merge = Callable[[Mapping[str, Any] | None, Values], Values]


def take_new(old: Mapping[str, Any] | None, new: Values) -> Values:
    """Let the file win."""
    return new


def upsert(
    model: type[Model], key: tuple[str, ...], rows: Iterable[Values], counts: Counts, merge: Merge = take_new
) -> set[Key]:
    """Create what is missing, change what differs, touch nothing else. Return the keys seen.

    The rows all name the same columns; `merge` says what to keep of a row that is there already.
    """
    known: dict[Key, Values] | None = None
    seen: set[Key] = set()
    pending: list[Model] = []
    fields: list[str] = []
    for row in rows:
        if known is None:
            fields = [name for name in row if name not in key]
            known = existing(model, key, fields)
        its_key = tuple(row[name] for name in key)
        if its_key in seen:
            continue
        seen.add(its_key)
        old = known.get(its_key)
        wanted = merge(old, row)
        if old is None:
            counts.created += 1
        elif all(old[name] == wanted[name] for name in fields):
            counts.unchanged += 1
            continue
        else:
            counts.changed += 1
        pending.append(model(**wanted))
        if len(pending) >= BATCH:
            write(model, pending, key, fields)
            pending = []
    write(model, pending, key, fields)
    return seen


def existing(model: type[Model], key: tuple[str, ...], fields: Iterable[str]) -> dict[Key, Values]:
    """Read the rows that are there, by key."""
    names = [*key, *fields]
    rows = model._default_manager.values_list(*names).iterator(chunk_size=BATCH)
    return {tuple(row[: len(key)]): dict(zip(names, row, strict=True)) for row in rows}


def write(model: type[Model], rows: list[Model], key: tuple[str, ...], fields: list[str]) -> None:
    if not rows:
        return
    if fields:
        model._default_manager.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=list(key), update_fields=fields
        )
    else:
        model._default_manager.bulk_create(rows, BATCH, ignore_conflicts=True)


def retire(queryset: QuerySet[Any], key: str, seen: Set[Any], counts: Counts) -> None:
    """Mark as no longer current what is in the queryset and was not seen. Nothing is deleted."""
    lost = [pk for pk, value in queryset.filter(is_current=True).values_list("pk", key) if value not in seen]
    for start in range(0, len(lost), 500):
        queryset.model._default_manager.filter(pk__in=lost[start : start + 500]).update(is_current=False)
    counts.gone += len(lost)


def remove_links(queryset: QuerySet[Any], key: tuple[str, str], seen: Set[Key], counts: Counts) -> None:
    """Delete the links in the queryset that were not seen. No other row points to a link."""
    lost = [pk for pk, *ends in queryset.values_list("pk", *key) if tuple(ends) not in seen]
    for start in range(0, len(lost), 500):
        queryset.model._default_manager.filter(pk__in=lost[start : start + 500]).delete()
    counts.gone += len(lost)
