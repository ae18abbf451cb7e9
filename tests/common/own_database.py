"""An empty database for what a test starts as programs, of the kind that the tests run on."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

# On PostgreSQL: copied from the tests' own before anything is written, since a database in use cannot be.
EMPTY = "empty_{}"


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Give the variables of a database that goes afterwards; its tables are there, and empty."""
    if connection.vendor != "postgresql":
        file = folder / f"{name}.sqlite3"
        connection.ensure_connection()
        file.write_bytes(connection.connection.serialize())
        yield {"VISAVIS_VAR": str(folder), "DATABASE_URL": f"sqlite:///{file}"}
        return
    ours = connection.settings_dict["NAME"]
    wanted, name = access(), f"{name}_{ours}"
    with closing(psycopg.connect(**wanted, autocommit=True)) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{EMPTY.format(ours)}"')
        user, host, port = wanted.get("user", ""), str(wanted.get("host", "")), wanted.get("port", "")
        password = f":{wanted['password']}" if wanted.get("password") else ""
        place = f"?host={host}" if host.startswith("/") else ""
        address = "" if place else f"{host}:{port}"
        url = f"postgresql://{user}{password}@{address}/{name}{place}"
        yield {"VISAVIS_VAR": str(folder), "DATABASE_URL": url}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def access() -> dict[str, Any]:
    """Return how the server is reached, by the database that is always there."""
    wanted = connection.get_connection_params() | {"dbname": "postgres"}
    for unknown in ("context", "cursor_factory", "prepare_threshold"):
        wanted.pop(unknown, None)
    return wanted


def keep_empty() -> str:
    """Copy the tests' database, whose tables were just made, and return the copy's name."""
    ours = connection.settings_dict["NAME"]
    connection.close()
    with closing(psycopg.connect(**access(), autocommit=True)) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{EMPTY.format(ours)}"')
        server.execute(f'CREATE DATABASE "{EMPTY.format(ours)}" TEMPLATE "{ours}"')
    return EMPTY.format(ours)


def forget(name: str) -> None:
    with closing(psycopg.connect(**access(), autocommit=True)) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
