"""An empty database for what a test starts as programs, of the kind that the tests run on."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Give the variables of a database that goes afterwards; on SQLite its tables are there, and empty."""
    if connection.vendor != "postgresql":
        file = folder / f"{name}.sqlite3"
        file.write_bytes(connection.connection.serialize())
        yield {"VISAVIS_VAR": str(folder), "DATABASE_URL": f"sqlite:///{file}"}
        return
    wanted = connection.get_connection_params() | {"dbname": "postgres"}
    for unknown in ("context", "cursor_factory", "prepare_threshold"):
        wanted.pop(unknown, None)
    with closing(psycopg.connect(**wanted, autocommit=True)) as server:
        name = f"{name}_{connection.settings_dict['NAME']}"
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
        user, host, port = wanted.get("user", ""), str(wanted.get("host", "")), wanted.get("port", "")
        password = f":{wanted['password']}" if wanted.get("password") else ""
        place = f"?host={host}" if host.startswith("/") else ""
        address = "" if place else f"{host}:{port}"
        url = f"postgresql://{user}{password}@{address}/{name}{place}"
        yield {"VISAVIS_VAR": str(folder), "DATABASE_URL": url}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
