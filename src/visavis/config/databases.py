"""The database as each part asks it: pages hold few connections and wait for none long, jobs and commands may."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from visavis.config import environment, wires
from visavis.operations import connections

# A network that went silent is noticed within a minute (libpq's manual, 32.1.2).
ALIVE = {"keepalives": 1, "keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}
UNACKNOWLEDGED_MS = 30_000
# How long a page waits for a connection.
POOL_WAIT_S = 5
# Each try of the pool ends soon: the next one is made for whoever asks then.
POOL_TRIES_S = 2


class Part:
    """Which part of the service this process is: `config/wsgi.py` says so before the settings are read."""

    is_site = False


def found(var: Path) -> dict[str, Any]:
    """SQLite in VAR by default; PostgreSQL by DATABASE_URL."""
    url = environment.text("DATABASE_URL", f"sqlite:///{var / 'visavis.sqlite3'}")
    try:
        read: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: see docs/operations.md for its form."
        ) from error
    if read["ENGINE"].endswith("sqlite3"):
        var.mkdir(parents=True, exist_ok=True)
        read["OPTIONS"] = of_sqlite()
    elif read["ENGINE"].endswith("postgresql"):
        read["OPTIONS"] = of_postgresql() | read.get("OPTIONS", {})
        read["OPTIONS"] |= wires.of_database(read["HOST"], read["OPTIONS"])
        if Part.is_site:
            read["CONN_MAX_AGE"] = 0
            read["OPTIONS"]["pool"] = of_pool()
    return read


def of_sqlite() -> dict[str, Any]:
    """Readers wait for nobody (WAL); who writes waits for who writes."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A page asks up to forty questions, and to read the words of one takes SQLite longer than to answer it: a
        # connection keeps the plans of so many (Python's own 128 would be gone from page to page). Never an answer.
        "cached_statements": 512,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # What is deleted is overwritten where that costs no more writing.
        "PRAGMA secure_delete=FAST; "
        # The file is read where it lies in memory: through its own 2 MB of pages, which each act of somebody else
        # empties, SQLite asked the system four thousand times for a counsellor's list.
        f"PRAGMA mmap_size={1 << 30};",
    }


def of_postgresql() -> dict[str, Any]:
    """Nothing waits without end: not for an answer, not for a lock, not for whoever forgot a transaction."""
    if Part.is_site:
        limits = {
            "statement_timeout": environment.whole("VISAVIS_SITE_STATEMENT_S", 15),
            "lock_timeout": environment.whole("VISAVIS_SITE_LOCK_S", 5),
            "idle_in_transaction_session_timeout": environment.whole("VISAVIS_SITE_IDLE_S", 30),
        }
    else:
        limits = {
            "statement_timeout": environment.whole("VISAVIS_WORK_STATEMENT_S", 3600),
            "lock_timeout": environment.whole("VISAVIS_WORK_LOCK_S", 60),
            "idle_in_transaction_session_timeout": environment.whole("VISAVIS_WORK_IDLE_S", 3600),
        }
    return {
        "connect_timeout": 5,
        "tcp_user_timeout": UNACKNOWLEDGED_MS,
        "application_name": "visavis site" if Part.is_site else "visavis work",
        "options": " ".join(f"-c {name}={seconds * 1000}" for name, seconds in limits.items()),
        **ALIVE,
    }


def of_pool() -> dict[str, Any]:
    """As many connections as threads and what runs beside them, opened when they are asked for."""
    try:
        most = connections.of_process(os.environ)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
    return {
        "min_size": 1,
        "max_size": most,
        "timeout": POOL_WAIT_S,
        # No limit: threads are few, and who gave up counts as waiting until a connection comes (psycopg_pool 3.3). Full
        # of them, the pool asks for none any more.
        "max_waiting": 0,
        "max_lifetime": 3600,
        "max_idle": 300,
        "reconnect_timeout": POOL_TRIES_S,
    }
