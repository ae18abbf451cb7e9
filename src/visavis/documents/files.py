"""Files that rest sealed by the key of a person: whole or absent, on the disk or in a store (`places.py`).

A file is there for good before the row that names it is written. What stops in between leaves a file without a row,
which the sweep deletes a day later. Erasing her key makes them nothing.
"""

import datetime as dt
import re
import secrets
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from visavis.common import clock
from visavis.documents import places
from visavis.documents.models import Original, Page
from visavis.documents.places import Away, Lost
from visavis.vault import keys, ring

__all__ = ["Away", "Lost", "content", "keep", "sweep", "throw_away"]

# Who is writing a file has a day to write its row.
ORPHAN = dt.timedelta(days=1)
NAME = re.compile(r"[0-9a-f]{32}")


def _of_documents(names: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    columns = ((Original, "file"), (Page, "file"), (Page, "as_taken"))
    found = (
        model.objects.filter(**{f"{column}__in": names}).values_list(column, flat=True)
        for model, column in columns
    )
    return {name for some in found for name in some}


# Which of some files a row names: an app above that keeps files here adds itself, else the sweep throws them away.
NAMED_BY: list[Callable[[Sequence[uuid.UUID]], set[uuid.UUID]]] = [_of_documents]


def keep(content: bytes, *, person: int) -> uuid.UUID:
    """Seal and keep bytes, and return their name; they are kept for good when this returns. Raises OSError."""
    name = uuid.uuid4()
    nonce = secrets.token_bytes(ring.NONCE)
    sealed = nonce + keys.drawn(person).encrypt(nonce, content, _place(name))
    places.place().put(name, sealed)
    return name


def content(name: uuid.UUID, *, person: int) -> bytes:
    """Return the bytes of a file. Raises Lost, Away, cryptography.exceptions.InvalidTag where it was changed."""
    key = keys.of(person)
    sealed = places.place().get(name)
    if key is None:
        raise Lost
    return key.decrypt(sealed[: ring.NONCE], sealed[ring.NONCE :], _place(name))


def throw_away(names: Iterable[uuid.UUID]) -> None:
    """Delete files that no row names any more; what cannot be deleted now, the sweep deletes."""
    with suppress(Away):
        for name in names:
            places.place().delete(name)


def sweep() -> int:
    """Delete the files that no row names, a day after they were written; return how many."""
    old = dict(places.place().older(clock.now() - ORPHAN))
    names = [uuid.UUID(name) for name in old if NAME.fullmatch(name)]
    known: set[str] = set()
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        for name_of in NAMED_BY:
            known |= {name.hex for name in name_of(part)}
    orphans = [delete for name, delete in old.items() if name not in known]
    for delete in orphans:
        delete()
    return len(orphans)


def _place(name: uuid.UUID) -> bytes:
    return f"documents|{name.hex}".encode()
