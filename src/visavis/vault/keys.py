"""Draw, keep, open and erase people's keys.

Opened keys are held in memory for one request, or half a minute of work without one. What was read of somebody's
sealed text is remembered, so that the keys of a whole list are asked for in one question.
"""

import secrets
import threading
import time
from collections.abc import Iterable

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.db import transaction

from visavis.common.prepared import Prepared
from visavis.vault import ring
from visavis.vault.models import PersonKey

SIZE = 32
# Whose key seals what is nobody's own: words of reports, numbers of firms. No account has this number.
HOUSE = 0
KEYS = Prepared(lambda people: PersonKey.objects.filter(pk__in=people).values_list("pk", "ring", "wrapped"))
HELD_S = 30.0
HELD_AT_MOST, ASKED_AT_ONCE = 10_000, 900


class Held(threading.local):
    """What one thread holds: wrapped keys read, keys opened, and the people whose sealed text was read."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.wrapped: dict[int, tuple[str, bytes] | None] = {}
        self.opened: dict[int, AESGCMSIV] = {}
        self.awaited: set[int] = set()
        # Drawn in a transaction that may still be taken back: asked for each time.
        self.fresh: set[int] = set()
        self.since = time.monotonic()

    def refresh(self) -> None:
        """Forget what was held too long, or too much of it."""
        if time.monotonic() - self.since > HELD_S or len(self.wrapped) > HELD_AT_MOST:
            fresh = self.fresh
            self.forget()
            self.fresh = fresh


HELD = Held()


def await_one(person: int) -> None:
    """Remember that a sealed text of somebody was read: her key is asked for with the others'."""
    if len(HELD.awaited) < HELD_AT_MOST:
        HELD.awaited.add(person)


def of(person: int) -> AESGCMSIV | None:
    """Return the key of a person; nothing when it was erased."""
    HELD.refresh()
    if person in HELD.opened:
        return HELD.opened[person]
    if person not in HELD.wrapped:
        _read({person, *HELD.awaited} - HELD.wrapped.keys())
    found = HELD.wrapped.pop(person) if person in HELD.fresh else HELD.wrapped[person]
    if found is None:
        return None
    opened = AESGCMSIV(unwrapped(person, *found))
    if person not in HELD.fresh:
        HELD.opened[person] = opened
    return opened


def drawn(person: int) -> AESGCMSIV:
    """Return the key of a person, drawn if she has none."""
    found = of(person)
    if found is not None:
        return found
    HELD.wrapped.pop(person, None)
    HELD.fresh.add(person)
    PersonKey.objects.bulk_create([made(person)], ignore_conflicts=True)
    transaction.on_commit(lambda: HELD.fresh.discard(person))
    found = of(person)
    if found is None:
        raise LookupError("a key that was just drawn is not there")
    return found


def made(person: int) -> PersonKey:
    """Draw a key, not kept yet."""
    return wrap(person, secrets.token_bytes(SIZE))


def wrap(person: int, key: bytes) -> PersonKey:
    """Return a person's key as it is kept: sealed by the ring's first key, bound to her number. Raises Unknown."""
    if not ring.is_there("data") and PersonKey.objects.exists():
        raise ring.Unknown(
            "The installation's data keys are missing: none are drawn beside a sealed database."
        )
    by = ring.writing("data")
    return PersonKey(person_id=person, ring=by.name, wrapped=by.seal(key, _place(person)))


def unwrapped(person: int, name: str, wrapped: bytes) -> bytes:
    """Return a person's key. Raises Unknown, InvalidTag."""
    return ring.named(name).open(bytes(wrapped), _place(person))


def draw_missing(people: Iterable[int]) -> None:
    """Draw keys for whom has none, many at once."""
    PersonKey.objects.bulk_create([made(person) for person in people], batch_size=500, ignore_conflicts=True)


def erase(person: int) -> None:
    """Erase the key of a person: nothing that it sealed can be read any more, here or in a backup."""
    PersonKey.objects.filter(pk=person).delete()
    HELD.wrapped.pop(person, None)
    HELD.opened.pop(person, None)


def forget() -> None:
    """Forget what this thread holds: a request has ended."""
    HELD.forget()


def _read(people: set[int]) -> None:
    asked = sorted(people)
    HELD.awaited -= people
    for start in range(0, len(asked), ASKED_AT_ONCE):
        part = asked[start : start + ASKED_AT_ONCE]
        HELD.wrapped |= dict.fromkeys(part)
        HELD.wrapped |= {person: (name, bytes(wrapped)) for person, name, wrapped in KEYS(part)}


def _place(person: int) -> bytes:
    return f"{PersonKey._meta.db_table}|{person}".encode()
