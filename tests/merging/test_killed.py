"""A merge and its undo are killed in the middle: all of it or nothing, byte for byte; half of it is found out."""

from pathlib import Path

import pytest

from tests.common.at_once import played
from tests.common.own_database import own_database
from tests.merging.killed import KILLS, ROUNDS

pytestmark = pytest.mark.database


@pytest.mark.again
def test_a_merge_killed_in_the_middle_is_whole_or_absent(tmp_path: Path, db: None) -> None:
    with own_database(tmp_path, "killed_merge") as variables:
        rounds, careless = played("tests.merging.killed", "merged", variables)
    assert len(rounds) == ROUNDS
    for found in rounds:
        assert found.pop("kills") >= KILLS
        assert found == {"is_whole": True, "merges": 1, "differs": [], "left in the book": 0}
    assert careless["is_half"], "half a merge was not seen: does this test see anything?"
