"""The site's own role on PostgreSQL, which owns nothing, and what it can reach of the journal from its database."""

import sqlite3
from contextlib import closing, suppress
from typing import Any
from urllib.parse import quote

import psycopg

ROLE, PASSWORD = "site_of_two_processes", "nothing-of-its-own"
# Each changes what was written; all are tried as the site's role, on SQLite as who may write the file.
CHANGES = (
    "UPDATE journal_entry SET note = 'x' WHERE id = {0}",
    "DELETE FROM journal_entry WHERE id = {0}",
    "DELETE FROM journal_link WHERE entry_id = {0}",
)
ON_POSTGRESQL = (
    "TRUNCATE journal_entry",
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_entry_rows ON journal_entry",
)
ON_SQLITE = ("INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE id = {0}",)


def made(url: str) -> str:
    """Make the role, where this is PostgreSQL; return the address at which the site comes in as it."""
    if not url.startswith("postgresql:"):
        return url
    with closing(psycopg.connect(url, autocommit=True)) as server:
        with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            server.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
        told = psycopg.conninfo.conninfo_to_dict(url)
    host, port, name = str(told.get("host", "")), told.get("port", ""), told["dbname"]
    by = f"{ROLE}:{quote(PASSWORD)}"
    if host.startswith("/"):
        return f"postgresql://{by}@/{name}?host={host}"
    return f"postgresql://{by}@{host}:{port}/{name}"


def changed(url: str, last: int) -> list[str]:
    """Try every change of an entry as the site's role could; return those that were let through."""
    is_postgresql = url.startswith("postgresql:")
    tried = [one.format(last) for one in (*CHANGES, *(ON_POSTGRESQL if is_postgresql else ON_SQLITE))]
    if is_postgresql:
        with closing(psycopg.connect(made(url), autocommit=True)) as server:
            return [sql for sql in tried if done(server, sql)]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30, isolation_level=None)) as file:
        return [sql for sql in tried if done(file, sql)]


def done(database: Any, sql: str) -> bool:
    try:
        database.execute(sql)
    except (psycopg.Error, sqlite3.Error):
        return False
    return True


def as_owner(url: str, *statements: str) -> None:
    """Do something as who owns the tables, with the guard taken down: what only a signature and a seal can tell."""
    if url.startswith("postgresql:"):
        with closing(psycopg.connect(url, autocommit=True)) as server:
            server.execute("SET session_replication_role = replica")
            for sql in statements:
                server.execute(sql)
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)) as file:
        kept = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in kept:
            file.execute(f'DROP TRIGGER "{name}"')
        for sql in statements:
            file.execute(sql)
        for _name, sql in kept:
            file.execute(sql)
        file.commit()
