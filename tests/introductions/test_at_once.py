"""Many answers at the same moment, on real connections and a database of their own (crowd.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.common.own_database import own_database
from tests.introductions.crowd import ANSWERS, POSITIONS

pytestmark = pytest.mark.database


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    with own_database(tmp_path, "crowd") as variables:
        yield variables


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


@pytest.mark.again("sqlite")
def test_thirty_beginnings_at_once_make_one_introduction(database: dict[str, str]) -> None:
    guarded, unguarded = played("tests.introductions.crowd", "one-pair", database)
    assert [wrong_pair(found) for found in guarded] == [[]] * ROUNDS
    assert wrong_pair(unguarded)
