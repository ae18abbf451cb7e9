"""Turn to a new key: what a former one wraps, seals or marks is done anew, in batches; stopped, it goes on.

What people wrote is sealed by their own keys: only these are wrapped anew. What is sealed otherwise, apps name in
`OTHERWISE`; `tests/vault/test_turning.py` is red for a sealed column that is neither.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from visavis.common.progress import Report
from visavis.vault import keys, ring
from visavis.vault.fields import EncryptedContact, Sealed
from visavis.vault.models import PersonKey

AT_ONCE = 500


@dataclass(frozen=True)
class Otherwise:
    """Columns of a table that no person's key seals, but the ring (`data`) or the site's own secret (`secret`)."""

    model: type[models.Model]
    names: tuple[str, ...]
    purpose: str
    is_of_former: Callable[[Any], bool]
    """Say whether a row needs a former key."""
    seal_anew: Callable[[Any], None]
    """Seal its values by the key that writes."""


OTHERWISE: list[Otherwise] = []
# What makes the marks of an app's words anew (`words.marks`), by the key that writes; done again, it changes nothing.
WORDS_ANEW: list[Callable[[Report], None]] = []


def wrap_anew(tell: Report) -> int:
    """Wrap and seal by the ring's first key what another did; return how many. What people wrote is not touched."""
    done, total = 0, waiting("data")
    while rows := list(_of_former_keys()[:AT_ONCE]):
        for row in rows:
            turned = keys.wrap(row.pk, keys.unwrapped(row.pk, row.ring, bytes(row.wrapped)))
            row.ring, row.wrapped = turned.ring, turned.wrapped
        PersonKey.objects.bulk_update(rows, ["ring", "wrapped"])
        done += len(rows)
        tell(done, total)
    keys.forget()
    return done + seal_anew(tell, purpose="data")


def seal_anew(tell: Report, purpose: str = "secret") -> int:
    """Seal by the key that writes what the site's own secret, or the ring, sealed before; return how many."""
    done, total = 0, sum(1 for _ in _of_former_seals(purpose))
    for one, pk in _of_former_seals(purpose):
        with transaction.atomic():
            row = one.model._base_manager.select_for_update().filter(pk=pk).first()
            if row is not None and one.is_of_former(row):
                one.seal_anew(row)
                row.save(update_fields=one.names)
        done += 1
        tell(done, total)
    return done


def mark_anew(tell: Report) -> int:
    """Mark by the first key of marks every contact that another marked; return how many."""
    done, total = 0, waiting("contacts")
    for row, names in _of_former_marks():
        with transaction.atomic():
            held = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
            if held is not None:
                for name in names:
                    # Said again, it is sealed and marked again.
                    setattr(held, name, getattr(held, name))
                held.save(update_fields=names)
        done += 1
        tell(done, total)
    for words_anew in WORDS_ANEW:
        words_anew(tell)
    return done


def waiting(purpose: str) -> int:
    """Return how many still need a former key."""
    if purpose == "contacts":
        return sum(1 for _ in _of_former_marks())
    sealed = sum(1 for _ in _of_former_seals(purpose))
    return sealed + (_of_former_keys().count() if purpose == "data" else 0)


def _of_former_keys() -> models.QuerySet[PersonKey]:
    return PersonKey.objects.exclude(ring=ring.writing("data").name).order_by("pk")


def _of_former_seals(purpose: str) -> Iterator[tuple[Otherwise, Any]]:
    """Give the rows that a former key sealed, by their numbers."""
    for one in OTHERWISE:
        if one.purpose == purpose:
            rows = one.model._base_manager.order_by("pk")
            yield from [(one, row.pk) for row in rows.iterator() if one.is_of_former(row)]


def _of_former_marks() -> Iterator[tuple[Any, list[str]]]:
    """Give the rows with contacts that the first key did not mark, and which of their columns."""
    for model in apps.get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, EncryptedContact)]
        last = 0
        while fields and (rows := list(model._base_manager.filter(pk__gt=last).order_by("pk")[:AT_ONCE])):
            last = rows[-1].pk
            sealed = [(row, {one: row.__dict__[one.attname] for one in fields}) for row in rows]
            for row, values in sealed:
                names = [one.name for one, value in values.items() if _is_of_former(one, row, value)]
                if names:
                    yield row, names
        keys.forget()


def _is_of_former(field: EncryptedContact, row: models.Model, value: Any) -> bool:
    if not isinstance(value, Sealed):
        return False
    plain = field.unsealed_in(value, row.pk)
    return plain is not None and value.mark != field.mark_of(plain)
