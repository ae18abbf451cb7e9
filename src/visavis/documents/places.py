"""Where sealed files rest: a folder of this machine, or a bucket of a store that speaks S3. Each is whole or absent."""

import datetime as dt
import os
import uuid
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from visavis.common import bucket

# A page waits no longer for a store; the worker tries again.
TIME_OUT, TRIES = "20s", 2


class Lost(RuntimeError):
    """A file that a row names is not there, or its key was erased."""


class Away(OSError):
    """The store does not answer: nothing is kept, and what is kept cannot be read now."""


class Place(Protocol):
    """What is asked of a place."""

    def put(self, name: uuid.UUID, sealed: bytes) -> None:
        """Keep bytes; when this returns they are there for good. Raises OSError."""

    def get(self, name: uuid.UUID) -> bytes:
        """Return bytes. Raises Lost, Away."""

    def delete(self, name: uuid.UUID) -> None:
        """Delete what may be there. Raises OSError."""

    def older(self, than: dt.datetime) -> Iterator[tuple[str, Any]]:
        """Return what was written before, each with what deletes it."""


class Folder:
    """A folder: written beside, forced to the disk and renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, name: uuid.UUID) -> Path:
        return self.root / name.hex[:2] / name.hex

    def put(self, name: uuid.UUID, sealed: bytes) -> None:
        path = self.path_of(name)
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

    def get(self, name: uuid.UUID) -> bytes:
        try:
            return self.path_of(name).read_bytes()
        except FileNotFoundError as error:
            raise Lost from error

    def delete(self, name: uuid.UUID) -> None:
        self.path_of(name).unlink(missing_ok=True)

    def older(self, than: dt.datetime) -> Iterator[tuple[str, Any]]:
        before = than.timestamp()
        for path in self.root.glob("*/*"):
            if path.stat().st_mtime < before:
                yield path.name, lambda path=path: path.unlink(missing_ok=True)


class Bucket:
    """A folder of a bucket: a store has an object whole or not at all, and keeps it before it says so."""

    def __init__(self, place: str, told_of: str) -> None:
        self.store, self.place = bucket.reached(place, told_of, time_out=TIME_OUT, tries=TRIES), place

    def put(self, name: uuid.UUID, sealed: bytes) -> None:
        try:
            with bucket.told(self.place):
                self.store.put(name.hex, sealed)
        except bucket.NoStore as error:
            raise Away(str(error)) from error

    def get(self, name: uuid.UUID) -> bytes:
        try:
            with bucket.told(self.place):
                return bytes(self.store.get(name.hex).bytes())
        except bucket.NoStore as error:
            if isinstance(error, bucket.Missing):
                raise Lost from error
            raise Away(str(error)) from error

    def delete(self, name: uuid.UUID) -> None:
        self._delete(name.hex)

    def _delete(self, path: str) -> None:
        try:
            with bucket.told(self.place):
                self.store.delete(path)
        except bucket.NoStore as error:
            raise Away(str(error)) from error

    def older(self, than: dt.datetime) -> Iterator[tuple[str, Any]]:
        try:
            with bucket.told(self.place):
                for batch in self.store.list():
                    for one in batch:
                        if one["last_modified"] < than:
                            yield one["path"], lambda path=one["path"]: self._delete(path)
        except bucket.NoStore as error:
            raise Away(str(error)) from error

    def answers(self) -> bool:
        """Say whether the store answers: it says that what is nowhere is not there."""
        try:
            self.get(uuid.uuid4())
        except Lost:
            return True
        except Away:
            return False
        return True


def place() -> Folder | Bucket:
    """Return where files rest, as the settings say. Raises bucket.NoStore."""
    if settings.VISAVIS_DOCUMENTS:
        return _bucket(settings.VISAVIS_DOCUMENTS, settings.VISAVIS_S3)
    return Folder(Path(settings.MEDIA_ROOT) / "documents")


@lru_cache(maxsize=4)
def _bucket(where: str, told_of: str) -> Bucket:
    return Bucket(where, told_of)
