"""Make a backup: a folder whose list comes last, so that what was cut short is no backup; throw old ones away."""

import datetime as dt
import io
import json
import os
import re
import shutil
import tarfile
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.operations.models import beat
from visavis.operations.saving import databases, sealing, stores

# Backups die after so long (the promise of erasure: docs/operations.md).
KEPT_FOR = dt.timedelta(days=35)
PREFIX, LIST = "visavis-", "list.json"
NAMED = "%Y%m%dT%H%M%S.%fZ"
NAMES = re.compile(rf"{PREFIX}\d{{8}}T\d{{6}}\.\d{{6}}Z")
KEYS_FILE, ERASED_FILE = "person-keys.age", "erased.jsonl"

APART = "People's keys must not lie with the backups: give --keys-to a place that is copied elsewhere."

type Report = Callable[[str], object]


class NotApart(Refused):
    """People's keys would lie beside their data."""


def save(*, to: str, keys_to: str, recipients: list[str], report: Report = str) -> str:
    """Make a backup in a folder or a store and return where it is. Raises Refused; nothing half made is left."""
    if stores.is_store(keys_to) and (f"{keys_to.rstrip('/')}/").startswith(f"{to.rstrip('/')}/"):
        raise NotApart(APART)
    with stores.beside(to) as folder, stores.beside(keys_to) as keys_folder:
        made = make(to=folder, keys_to=keys_folder, recipients=recipients, report=report)
        if stores.is_store(to):
            store = stores.Store(to)
            store.send(made, made.name, last=LIST)
            for old in expired_names(store.names(), clock.now()):
                store.throw_away(old)
                report(f"{old} was thrown away: older than {KEPT_FOR.days} days.")
        if stores.is_store(keys_to):
            stores.Store(keys_to).send(keys_folder, "", last=ERASED_FILE)
    beat("backup")
    return f"{to.rstrip('/')}/{made.name}"


def make(*, to: Path, keys_to: Path, recipients: list[str], report: Report = str) -> Path:
    """Make a backup and return its folder. Raises Refused where it cannot; nothing half made is left."""
    key = [sealing.recipient(one) for one in recipients]
    to.mkdir(parents=True, exist_ok=True)
    keys_to.mkdir(parents=True, exist_ok=True)
    if to.resolve() in (keys_to.resolve(), *keys_to.resolve().parents):
        raise NotApart(APART)
    now = clock.now()
    folder = to / f"{PREFIX}{now.astimezone(dt.UTC).strftime(NAMED)}"
    folder.mkdir(mode=0o700)
    try:
        written = parts(folder, key, report)
        write(
            folder / LIST,
            json.dumps({"at": now.isoformat(), "version": version("visavis")} | written, indent=1),
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    copy_keys(keys_to, key)
    for old in expired(to, now):
        shutil.rmtree(old)
        report(f"{old.name} was thrown away: older than {KEPT_FOR.days} days.")
    return folder


def parts(folder: Path, key: Any, report: Report) -> dict[str, Any]:
    """Seal database and files; return what the list says of them."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with databases.copied(settings.VAR) as (stream, counts):
        database = sealing.seal(stream, folder / "database.age", key)
    report(f"database: {sum(counts.values())} rows in {len(counts)} tables, {database['bytes']} bytes")
    files = seal_files(Path(settings.MEDIA_ROOT), folder / "files.age", key)
    report(f"files: {files['bytes']} bytes")
    if settings.VISAVIS_DOCUMENTS:
        report(
            f"documents: they rest in {settings.VISAVIS_DOCUMENTS}, and are saved there by its versions alone"
        )
    return {"vendor": connection.vendor, "rows": counts, "database": database, "files": files}


def seal_files(source: Path, path: Path, key: Any) -> dict[str, Any]:
    """Seal the folder of files as a tar, piece by piece."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as tar:
                if source.exists():
                    tar.add(source, arcname="files")
        except BaseException as error:  # noqa: BLE001  (raised again where it is waited for)
            failed.append(error)

    packer = threading.Thread(target=pack, name="files", daemon=True)
    packer.start()
    with os.fdopen(reading, "rb") as stream:
        found = sealing.seal(stream, path, key)
    packer.join()
    if failed:
        raise failed[0]
    return found


def copy_keys(to: Path, key: Any) -> None:
    """Write people's keys and the numbers of who was erased, the present state only, over yesterday's."""
    lines = "".join(f"{json.dumps(row)}\n" for row in databases.wrapped_keys())
    beside = to / f".{KEYS_FILE}"
    beside.unlink(missing_ok=True)
    sealing.seal(io.BytesIO(lines.encode()), beside, key)
    beside.replace(to / KEYS_FILE)
    erased = Path(settings.VISAVIS_ERASED)
    write(to / ERASED_FILE, erased.read_text(encoding="ascii") if erased.exists() else "")


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    beside = path.with_name(f".{path.name}")
    beside.unlink(missing_ok=True)
    with beside.open("x", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def all_in(folder: Path) -> list[Path]:
    """Return the whole backups of a folder, the newest last."""
    return sorted(one.parent for one in folder.glob(f"{PREFIX}*/{LIST}") if is_named(one.parent.name))


def lying(place: str, now: dt.datetime) -> tuple[int, int]:
    """Return how many whole backups a folder or a store holds, and how many past their time. Raises stores.NoStore."""
    if not stores.is_store(place):
        return len(all_in(Path(place))), len(expired(Path(place), now))
    paths = stores.Store(place).names()
    return sum(one.endswith(f"/{LIST}") for one in paths), len(expired_names(paths, now))


def expired(folder: Path, now: dt.datetime) -> list[Path]:
    """Return the backups that are past their time, and what was begun a day ago and never ended."""
    whole = [one for one in all_in(folder) if now - moment_of(one) > KEPT_FOR]
    begun = [one for one in folder.glob(f"{PREFIX}*") if is_named(one.name) and not (one / LIST).exists()]
    return whole + [one for one in begun if now - moment_of(one) > dt.timedelta(days=1)]


def expired_names(paths: list[str], now: dt.datetime) -> list[str]:
    """Return the backups of a store that are past their time, and those begun a day ago and never ended."""
    found = {name for path in paths if is_named(name := path.partition("/")[0])}
    day = dt.timedelta(days=1)
    ages = {name: now - moment_of(Path(name)) for name in found}
    return sorted(
        name for name, age in ages.items() if age > KEPT_FOR or (age > day and f"{name}/{LIST}" not in paths)
    )


def is_named(name: str) -> bool:
    """Say whether a name is a backup's: what else lies beside is left alone."""
    return bool(NAMES.fullmatch(name))


def moment_of(folder: Path) -> dt.datetime:
    """Return when a backup was begun, by its name."""
    return dt.datetime.strptime(folder.name.removeprefix(PREFIX), NAMED).replace(tzinfo=dt.UTC)
