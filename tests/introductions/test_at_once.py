"""Many answers at the same moment, on real connections and a database of their own (crowd.py)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.introductions.crowd import ANSWERS, POSITIONS

pytestmark = pytest.mark.database

ROOT = Path(__file__).resolve().parents[2]


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


def crowd(scene: str, database: dict[str, str]) -> dict[str, Any]:
    variables = os.environ | database | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.introductions.crowd", scene]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_many_answers_fill_exactly_the_positions(database: dict[str, str]) -> None:
    found = crowd("last-positions", database)
    assert found["told"].pop("done") == POSITIONS
    assert set(found["told"]) <= {"AllFilled", "NotNow"}
    assert found["seats"] == list(range(1, POSITIONS + 1))
    assert (found["hired"], found["closed"]) == (POSITIONS, ANSWERS - POSITIONS)
    assert found["vacancy"] == "filled"


def test_thirty_beginnings_at_once_make_one_introduction(database: dict[str, str]) -> None:
    found = crowd("one-pair", database)
    assert found == {"told": {"done": 1, "AlreadyIntroduced": 29}, "introductions": 1}
