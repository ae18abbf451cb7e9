"""Copy a database of either kind at one instant, without people's keys and sessions; and bring it back."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from visavis.common.errors import Refused

# Apart, so that who is erased is erased in every backup; and what nobody wants back.
KEYS = "vault_personkey"
LEFT_OUT = (KEYS, "django_session", "people_session")


class DatabaseFailed(Refused):
    """A program of the database failed; the message is its last line."""


class NotEmpty(Refused):
    """There are people in the database: a restore would write over them."""


type Counts = dict[str, int]


def tables() -> list[str]:
    """Return the tables of the site that a backup holds."""
    return sorted(set(connection.introspection.table_names()) - set(LEFT_OUT))


def counted() -> Counts:
    """Return how many rows each table has, at the instant of the present transaction."""
    quote = connection.ops.quote_name
    found: Counts = {}
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f"SELECT count(*) FROM {quote(name)}")  # noqa: S608  # nosec B608  (names of our own tables)
            found[name] = cursor.fetchone()[0]
    return found


@contextmanager
def copied(folder: Path) -> Iterator[tuple[IO[bytes], Counts]]:
    """Give a stream of the database, and how many rows of each table it holds."""
    with _copied_sqlite(folder) if connection.vendor == "sqlite" else _copied_postgresql() as found:
        yield found


@contextmanager
def _copied_sqlite(folder: Path) -> Iterator[tuple[IO[bytes], Counts]]:
    """Copy page by page while the site goes on, then take out of the copy what does not belong in it."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="backup-") as place:
        path = Path(place) / "copy.sqlite3"
        source = connection.settings_dict["NAME"]
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(path)) as copy,
        ):
            here.backup(copy)
            there = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            with copy:
                for name in set(LEFT_OUT) & there:
                    copy.execute(f'DELETE FROM "{name}"')  # noqa: S608  # nosec B608  (names of our own tables)
            copy.execute("VACUUM")
            counts = {
                name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # nosec B608
                for name in tables()
            }
        with path.open("rb") as stream:
            yield stream, counts


@contextmanager
def _copied_postgresql() -> Iterator[tuple[IO[bytes], Counts]]:
    """Let pg_dump read the very instant of which the rows are counted."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        counts = counted()
        command = [
            program("pg_dump"),
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
        ]
        command += [f"--exclude-table-data={name}" for name in LEFT_OUT]
        process = subprocess.Popen(  # noqa: S603  # nosec B603
            command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout and process.stderr  # nosec B101
        with process:
            yield process.stdout, counts
            said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise DatabaseFailed(
            f"pg_dump failed: {said.strip().splitlines()[-1] if said.strip() else process.returncode}"
        )


def bring_back(path: Path) -> None:
    """Fill the present database from a copy. Raises DatabaseFailed; on PostgreSQL nothing has changed then."""
    if connection.vendor == "sqlite":
        _bring_back_sqlite(path)
    else:
        _bring_back_postgresql(path)


def _bring_back_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        try:
            said = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise DatabaseFailed(f"The copy is no database: {error}") from error
    if said != "ok":
        raise DatabaseFailed(f"The copy is damaged: {said}")
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    path.chmod(0o600)
    # Beside its place first: a rename is whole or nothing.
    beside = place.with_name(f".{place.name}.restored")
    shutil.copy2(path, beside)
    beside.replace(place)


def _bring_back_postgresql(path: Path) -> None:
    settings = connection.settings_dict
    connection.close()
    command = [program("pg_restore"), "--no-owner", "--no-privileges", "--clean", "--if-exists"]
    command += ["--single-transaction", "--exit-on-error", f"--dbname={settings['NAME']}", str(path)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
    if done.returncode:
        raise DatabaseFailed(f"pg_restore failed: {done.stderr.strip().splitlines()[-1]}")


def environment() -> Mapping[str, str]:
    """Return the environment in which PostgreSQL's programs find the database; the password is on no command line."""
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"] or settings.get("OPTIONS", {}).get("host", ""),
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"} | {
        k: v for k, v in given.items() if v
    }


def program(name: str) -> str:
    """Return PostgreSQL's program of the server's own version, as Debian keeps them, else the one on the path."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10_000
    own = Path(f"/usr/lib/postgresql/{major}/bin/{name}")
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        raise DatabaseFailed(f"{name} is not on this machine: apt-get install postgresql-client-{major}.")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603  # nosec B603
    here = next((int(one.split(".")[0]) for one in said.split() if one[0].isdigit()), 0)
    if here < major:
        raise DatabaseFailed(
            f"{name} is of version {here}, the server of {major}: install postgresql-client-{major}."
        )
    return found


def wrapped_keys() -> Iterator[dict[str, Any]]:
    """Yield the wrapped key of each person."""
    if KEYS not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person_id, ring, wrapped FROM {KEYS} ORDER BY person_id")  # noqa: S608  # nosec B608
        while rows := cursor.fetchmany(1000):
            for person, ring, wrapped in rows:
                yield {"person_id": person, "ring": ring, "wrapped": bytes(wrapped).hex()}


def put_keys(rows: Iterator[dict[str, Any]]) -> int:
    """Write people's keys; return how many."""
    found = [(row["person_id"], row["ring"], bytes.fromhex(row["wrapped"])) for row in rows]
    if not found or KEYS not in connection.introspection.table_names():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {KEYS}")  # noqa: S608  # nosec B608
        cursor.executemany(f"INSERT INTO {KEYS} (person_id, ring, wrapped) VALUES (%s, %s, %s)", found)  # noqa: S608  # nosec B608
    return len(found)
