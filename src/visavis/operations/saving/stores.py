"""Backups elsewhere: a store that speaks S3 (s3://bucket/folder), beside plain folders of this machine.

A backup is made in the site's own folder and sent part after part, the list last: a backup without its list is none,
there as here. What comes back is looked at like any other.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from visavis.common.bucket import NoStore, is_store, reached, told

__all__ = ["NoStore", "Store", "beside", "brought", "is_store", "reached", "told"]


class Store:
    """A folder of a bucket."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/")
        self.store = reached(self.place, settings.VISAVIS_S3)

    def send(self, folder: Path, name: str, *, last: str) -> None:
        """Send every file of a folder, `last` when all others are there. Raises NoStore."""
        files = sorted(
            (one for one in folder.iterdir() if one.is_file()), key=lambda one: (one.name == last, one.name)
        )
        with told(self.place):
            for one in files:
                self.store.put("/".join(filter(None, (name, one.name))), one)

    def names(self) -> list[str]:
        """Return every path of the folder. Raises NoStore."""
        with told(self.place):
            return sorted(one["path"] for batch in self.store.list() for one in batch)

    def fetch(self, name: str, to: Path) -> None:
        """Write a file of the store into a folder. Raises NoStore."""
        with told(self.place), (to / Path(name).name).open("xb") as file:
            for piece in self.store.get(name).stream():
                file.write(piece)

    def throw_away(self, name: str) -> None:
        """Delete everything of one backup, the list first. Raises NoStore."""
        with told(self.place):
            for path in sorted(self.names(), key=lambda one: not one.endswith(".json")):
                if path.startswith(f"{name}/"):
                    self.store.delete(path)


@contextmanager
def beside(place: str) -> Iterator[Path]:
    """Give a folder of this machine for a place: the place itself, or one that is thrown away."""
    if not is_store(place):
        yield Path(place)
        return
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix="store-") as folder:
        yield Path(folder)


@contextmanager
def brought(place: str, *, prefix: str, last: str) -> Iterator[Path]:
    """Give a folder with the newest whole backup of a store, or with the files that lie in it; or a folder as it is."""
    with beside(place) as folder:
        if is_store(place):
            store = Store(place)
            names = store.names()
            whole = [one.removesuffix(f"/{last}") for one in names if one.endswith(f"/{last}")]
            newest = max((one for one in whole if one.startswith(prefix)), default="")
            for name in names:
                if name.startswith(f"{newest}/") if newest else "/" not in name:
                    (folder / newest).mkdir(exist_ok=True)
                    store.fetch(name, folder / newest)
        yield folder
