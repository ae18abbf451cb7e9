"""A departure killed in the middle: all of it or nothing, once, and back, with counts; half of it is found out."""

from pathlib import Path

import pytest

from tests.agencies.killed import KILLS, ROUNDS
from tests.common.at_once import played
from tests.common.own_database import own_database

pytestmark = pytest.mark.database


@pytest.mark.again("sqlite")
def test_who_leaves_on_friday_is_killed_in_the_middle_and_nothing_is_half(tmp_path: Path, db: None) -> None:
    with own_database(tmp_path, "killed_departure") as variables:
        rounds, careless = played("tests.agencies.killed", "departure", variables)
    assert len(rounds) == ROUNDS
    for found in rounds:
        assert found.pop("kills") >= KILLS
        assert found == {
            "halves": 0,
            "is_once": True,
            "is_back": True,
            "told twice": 0,
            "not told once": 0,
            "untold": 0,
            "missed": 0,
        }
    assert careless["halves"], "half a departure was not seen: does this test see anything?"
