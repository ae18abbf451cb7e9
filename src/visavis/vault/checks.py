"""Keys that are not those of the database are refused when something starts, not found when somebody reads."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from visavis.vault import ring
from visavis.vault.fields import EncryptedContact, Sealed
from visavis.vault.models import PersonKey

VARIABLES = {"data": "VISAVIS_DATA_KEYS", "contacts": "VISAVIS_CONTACT_KEYS"}
LOOKED_AT = 5
HINT = (
    "Put {variable}, or the file {file}, back as it was: a copy lies with the backup's keys or in the safe. "
    "Nothing was changed. docs/security/at-rest.md"
)


def keys_fit(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Say which of the installation's rings does not open its database; nothing where there is none yet."""
    try:
        if not PersonKey.objects.exists():
            return []
        return [_error(purpose, words) for purpose in ring.FILES if (words := _fault(purpose))]
    except DatabaseError:
        return []


def refuse_other_keys() -> None:
    """Stop what starts where the keys are not those of the database. Raises ImproperlyConfigured."""
    if found := keys_fit(None):
        raise ImproperlyConfigured(" ".join(f"{one.msg} {one.hint}" for one in found))


def _error(purpose: str, words: str) -> CheckMessage:
    hint = HINT.format(variable=VARIABLES[purpose], file=ring.file_of(purpose))
    return Error(words, hint=hint, id=f"vault.E00{1 + list(ring.FILES).index(purpose)}")


def _fault(purpose: str) -> str:
    if not ring.is_there(purpose):
        return f"The installation's {purpose} keys are missing, and its database is sealed."
    if purpose == "data":
        known = [key.name for key in ring.keys("data")]
        number = PersonKey.objects.exclude(ring__in=known).count()
        return f"{number} people's keys were sealed by data keys that are not here." if number else ""
    return "E-mails and phones were marked by contact keys that are not here." if _is_foreign() else ""


def _is_foreign() -> bool:
    """Look at the last contacts: say whether none has a mark of this ring."""
    marked = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedContact):
                rows = model._base_manager.exclude(**{f"{field.name}__isnull": True}).order_by("-pk")
                marked += [_is_marked_here(field, row) for row in rows[:LOOKED_AT]]
    known = [one for one in marked if one is not None]
    return bool(known) and not any(known)


def _is_marked_here(field: EncryptedContact, row: Any) -> bool | None:
    value = row.__dict__[field.attname]
    if not isinstance(value, Sealed):
        return None
    try:
        plain = field.unsealed_in(value, row.pk)
    except ring.Unknown:
        # Told of the other ring already.
        return None
    return None if plain is None else value.mark in field.marks_of(plain)
