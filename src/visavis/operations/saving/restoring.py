"""Bring a backup back: looked at first, then database, keys, files; who was erased since is erased again."""

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from visavis.common.errors import Refused
from visavis.journal import granting
from visavis.journal.checks import owns_the_journal
from visavis.journal.models import Link
from visavis.operations.saving import databases, sealing
from visavis.operations.saving.backup import ERASED_FILE, KEYS_FILE, LIST
from visavis.people.models import User
from visavis.vault import keys, ring

type Report = Callable[[str], object]


class NotWhole(Refused):
    """The backup is not whole, or of another kind of database."""


class NotOwner(Refused):
    """Only the owner of the tables can put others in their place."""


def restore(
    *, folder: Path, keys_from: Path, identity: Path, over: bool = False, report: Report = str
) -> None:
    """Bring a backup back into the present, empty database. Raises Refused; looked at whole before anything changes."""
    if not owns_tables():
        raise NotOwner(
            "This role owns no table: bring it back as their owner, visavis --environment /etc/visavis/owner restore …"
        )
    told = looked_at(folder)
    key = sealing.identity(identity)
    if not over and has_people():
        raise databases.NotEmpty("There are people in this database. To write over them, say --over.")
    with tempfile.TemporaryDirectory(dir=room(), prefix="restore-") as place:
        copy, files, wrapped = unsealed(folder, keys_from, key, Path(place))
        open_all(wrapped)
        report("Everything could be opened.")
        databases.bring_back(copy)
        report("The database is back.")
        call_command("migrate", interactive=False, verbosity=0)
        if settings.VISAVIS_SITE_ROLE:
            # What came back belongs to who brought it back: the site's role reads none of it yet.
            granting.grant(settings.VISAVIS_SITE_ROLE)
        compare(told["rows"])
        count = databases.put_keys(json.loads(line) for line in wrapped.splitlines())
        report(f"The keys of {count} people are back.")
        put_files(files)
    # Those of the last copy, and those since, where this is the same machine.
    lists = (keys_from / ERASED_FILE, Path(settings.VISAVIS_ERASED))
    again = erase_again(lists, datetime.fromisoformat(told["at"]))
    report(f"{again} people who were erased since are erased again.")


def room() -> Path:
    """Return the site's own folder, where copies may lie for a moment."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    return Path(settings.VAR)


def looked_at(folder: Path) -> dict[str, Any]:
    """Return what the list of a backup says, once every part is as it says."""
    try:
        told: dict[str, Any] = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotWhole(f"{folder} is no whole backup: its {LIST} is missing or broken.") from error
    if told["vendor"] != connection.vendor:
        raise NotWhole(f"This backup is of {told['vendor']}, the database here is {connection.vendor}.")
    for name in ("database", "files"):
        path = folder / f"{name}.age"
        if not path.exists() or sealing.digest_of(path) != told[name]["sha256"]:
            raise NotWhole(f"{path.name} is missing, cut or changed: take another backup.")
    return told


def unsealed(folder: Path, keys_from: Path, key: Any, place: Path) -> tuple[Path, Path, str]:
    """Open every part beside its place, before anything is changed."""
    copy, files = place / "database", place / "files"
    for path, name in ((copy, "database.age"), (files, "files.age")):
        with path.open("xb") as out:
            sealing.unseal(folder / name, out, key)
    out_of_keys = io.BytesIO()
    sealing.unseal(keys_from / KEYS_FILE, out_of_keys, key)
    return copy, files, out_of_keys.getvalue().decode()


def open_all(wrapped: str) -> None:
    """Open everybody's key by the installation's own, before anything is changed. Raises NotWhole."""
    try:
        for line in wrapped.splitlines():
            row = json.loads(line)
            keys.unwrapped(row["person_id"], row["ring"], bytes.fromhex(row["wrapped"]))
    except (ring.Unknown, InvalidTag, ValueError, KeyError) as error:
        raise NotWhole(
            "People's keys are not of this installation: set VISAVIS_DATA_KEYS and VISAVIS_CONTACT_KEYS as they were."
        ) from error


def owns_tables() -> bool:
    """Say whether the present role may put other tables in the place of those there are."""
    return Link._meta.db_table not in connection.introspection.table_names() or (
        connection.vendor == "sqlite" or owns_the_journal()
    )


def has_people() -> bool:
    """Say whether the database holds anybody."""
    return User._meta.db_table in connection.introspection.table_names() and User.objects.exists()


def compare(rows: dict[str, int]) -> None:
    """Compare what came back with what the list counted. Raises NotWhole."""
    there = databases.counted()
    # Upgrades since may have filled tables; Django's own lists of tables and rights grow with them.
    missing = sorted(name for name, number in rows.items() if there.get(name, 0) < number and name in there)
    if missing:
        raise NotWhole(f"Rows are missing in {', '.join(missing)}: take another backup.")


def put_files(path: Path) -> None:
    """Unpack the files into their place; what stood there stands beside until all is there."""
    place = Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory(dir=room(), prefix="files-") as beside:
        with tarfile.open(path, mode="r") as tar:
            tar.extractall(beside, filter="data")
        came = Path(beside) / "files"
        if not came.exists():
            return
        before = place.with_name(f"{place.name}.before")
        shutil.rmtree(before, ignore_errors=True)
        if place.exists():
            place.rename(before)
        place.parent.mkdir(parents=True, exist_ok=True)
        came.rename(place)
        shutil.rmtree(before, ignore_errors=True)


def erase_again(lists: tuple[Path, ...], since: datetime) -> int:
    """Erase again whom the site erased after the backup; return how many."""
    numbers = {number for path in lists for number, at in erased_in(path) if at >= since}
    found = list(User.objects.filter(pk__in=numbers))
    for user in found:
        number = user.pk
        user.delete()
        keys.erase(number)
    return len(found)


def erased_in(path: Path) -> Iterator[tuple[int, datetime]]:
    """Yield the numbers of who was erased, and when. A last line that was cut is left out."""
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii").splitlines():
        try:
            told = json.loads(line)
            yield int(told["person"]), datetime.fromisoformat(told["at"])
        except (ValueError, KeyError):
            continue
