"""The pool of the site's connections."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from psycopg_pool import ConnectionPool, PoolTimeout

from visavis.config import databases


def test_a_database_that_was_away_for_long_is_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Who gave up is forgotten: each try asks the database, however many were in vain."""
    caplog.set_level(logging.CRITICAL, "psycopg.pool")
    options = databases.of_pool() | {"timeout": 0.02, "reconnect_timeout": 0.01}
    with ConnectionPool(f"host={tmp_path}", open=True, **options) as pool:
        for _try in range(5 * options["max_size"]):
            with pytest.raises(PoolTimeout), pool.connection():
                pass
        tried = pool.get_stats()["connections_num"]
        with pytest.raises(PoolTimeout), pool.connection(timeout=1):
            pass
        assert pool.get_stats()["connections_num"] > tried


def reads_of(file: Path, settings: str) -> int:
    """Read rows here and there in a file of 8 MB; return how often the system was asked for a piece of it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(settings)
        before = calls_to_read()
        for _time in range(3):
            for number in range(1, 8_000, 4):
                connection.execute("SELECT words FROM things WHERE id = ?", [number]).fetchone()
        return calls_to_read() - before


def calls_to_read() -> int:
    return int(dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())["syscr"])


def test_sqlite_reads_a_file_where_it_lies_in_memory(tmp_path: Path) -> None:
    settings = databases.of_sqlite()["init_command"]
    with closing(sqlite3.connect(tmp_path / "things")) as connection:
        connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, words TEXT)")
        connection.executemany(
            "INSERT INTO things (words) VALUES (?)", (["a" * 1_000] for _row in range(8_000))
        )
        connection.commit()
    assert reads_of(tmp_path / "things", settings) < 100
    assert reads_of(tmp_path / "things", settings + "PRAGMA mmap_size=0;") > 2_000
