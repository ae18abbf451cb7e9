"""The pool of the site's connections."""

import logging
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
