"""Files that rest sealed by the key of a person: whole or absent, on the disk or wherever Django's storage keeps them.

A file is written beside its place, forced to the disk and renamed; the row that names it is written after. What stops
in between leaves a file without a row, which the sweep deletes a day later. Erasing her key makes them nothing.
"""

import datetime as dt
import os
import secrets
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.conf import settings

from visavis.common import clock
from visavis.documents.models import Original, Page
from visavis.vault import keys, ring

# Who is writing a file has a day to write its row.
ORPHAN = dt.timedelta(days=1)


class Lost(RuntimeError):
    """A file that a row names is not there, or its key was erased."""


def _of_documents(names: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    found = (
        model.objects.filter(file__in=names).values_list("file", flat=True) for model in (Original, Page)
    )
    return {name for some in found for name in some}


# Which of some files a row names: an app above that keeps files here adds itself, else the sweep throws them away.
NAMED_BY: list[Callable[[Sequence[uuid.UUID]], set[uuid.UUID]]] = [_of_documents]


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "documents"


def path_of(name: uuid.UUID) -> Path:
    return root() / name.hex[:2] / name.hex


def keep(content: bytes, *, person: int) -> uuid.UUID:
    """Seal and keep bytes, and return their name; they are on the disk when this returns. Raises OSError."""
    name = uuid.uuid4()
    nonce = secrets.token_bytes(ring.NONCE)
    sealed = nonce + keys.drawn(person).encrypt(nonce, content, _place(name))
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    try:
        with beside.open("xb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return name


def content(name: uuid.UUID, *, person: int) -> bytes:
    """Return the bytes of a file. Raises Lost, cryptography.exceptions.InvalidTag where it was changed."""
    key = keys.of(person)
    try:
        sealed = path_of(name).read_bytes()
    except FileNotFoundError as error:
        raise Lost from error
    if key is None:
        raise Lost
    return key.decrypt(sealed[: ring.NONCE], sealed[ring.NONCE :], _place(name))


def throw_away(names: Iterable[uuid.UUID]) -> None:
    """Delete files that no row names any more."""
    for name in names:
        path_of(name).unlink(missing_ok=True)


def sweep() -> int:
    """Delete the files that no row names, a day after they were written; return how many."""
    before = clock.now().timestamp() - ORPHAN.total_seconds()
    old = {path.stem: path for path in root().glob("*/*") if path.stat().st_mtime < before}
    names = [uuid.UUID(stem) for stem in old]
    known: set[uuid.UUID] = set()
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        for name_of in NAMED_BY:
            known |= name_of(part)
    orphans = [path for stem, path in old.items() if path.suffix or uuid.UUID(stem) not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _place(name: uuid.UUID) -> bytes:
    return f"documents|{name.hex}".encode()
