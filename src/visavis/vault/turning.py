"""Turn to a new key: people's keys are wrapped anew, or contacts marked anew, in batches; stopped, it goes on."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from visavis.common.progress import Report
from visavis.vault import keys, ring
from visavis.vault.fields import EncryptedContact, Sealed
from visavis.vault.models import PersonKey

AT_ONCE = 500
# What makes the marks of an app's words anew (`words.marks`), by the key that writes; done again, it changes nothing.
WORDS_ANEW: list[Callable[[Report], None]] = []


def wrap_anew(tell: Report) -> int:
    """Wrap by the ring's first key what another wrapped; return how many. What people wrote is not touched."""
    done, total = 0, waiting("data")
    while rows := list(_of_former_keys()[:AT_ONCE]):
        for row in rows:
            turned = keys.wrap(row.pk, keys.unwrapped(row.pk, row.ring, bytes(row.wrapped)))
            row.ring, row.wrapped = turned.ring, turned.wrapped
        PersonKey.objects.bulk_update(rows, ["ring", "wrapped"])
        done += len(rows)
        tell(done, total)
    keys.forget()
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
    return _of_former_keys().count() if purpose == "data" else sum(1 for _ in _of_former_marks())


def _of_former_keys() -> models.QuerySet[PersonKey]:
    return PersonKey.objects.exclude(ring=ring.writing("data").name).order_by("pk")


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
