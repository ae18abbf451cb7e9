"""Many answers at the same moment, on real connections and a database of their own (crowd.py)."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.introductions.crowd import ANSWERS, POSITIONS

pytestmark = pytest.mark.database


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """The variables of an empty database, of the kind that the tests run on."""
    if connection.vendor != "postgresql":
        file = tmp_path / "crowd.sqlite3"
        # The tables are there already, and nothing in them.
        file.write_bytes(connection.connection.serialize())
        yield {"VISAVIS_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{file}"}
        return
    wanted = connection.get_connection_params() | {"dbname": "postgres"}
    for unknown in ("context", "cursor_factory", "prepare_threshold"):
        wanted.pop(unknown, None)
    with psycopg.connect(**wanted, autocommit=True) as server:
        name = f"crowd_{connection.settings_dict['NAME']}"
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        user, host, port = wanted.get("user", ""), wanted.get("host", ""), wanted.get("port", "")
        password = f":{wanted['password']}" if wanted.get("password") else ""
        place = f"?host={host}" if str(host).startswith("/") else ""
        address = "" if place else f"{host}:{port}"
        yield {
            "VISAVIS_VAR": str(tmp_path),
            "DATABASE_URL": f"postgresql://{user}{password}@{address}/{name}{place}",
        }
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def wrong_positions(found: Found) -> list[str]:
    return wrong(
        told=found["told"].pop("done", 0) == POSITIONS and set(found["told"]) <= {"AllFilled", "NotNow"},
        seats=found["seats"] == list(range(1, POSITIONS + 1)),
        hired=(found["hired"], found["closed"]) == (POSITIONS, ANSWERS - POSITIONS),
        vacancy=found["vacancy"] == "filled",
    )


def wrong_pair(found: Found) -> list[str]:
    return wrong(
        told=found["told"] == {"done": 1, "AlreadyIntroduced": 29}, introductions=found["introductions"] == 1
    )


def test_many_answers_fill_exactly_the_positions(database: dict[str, str]) -> None:
    guarded, unguarded = played("tests.introductions.crowd", "last-positions", database)
    assert [wrong_positions(found) for found in guarded] == [[]] * ROUNDS
    assert wrong_positions(unguarded)


def test_thirty_beginnings_at_once_make_one_introduction(database: dict[str, str]) -> None:
    guarded, unguarded = played("tests.introductions.crowd", "one-pair", database)
    assert [wrong_pair(found) for found in guarded] == [[]] * ROUNDS
    assert wrong_pair(unguarded)
